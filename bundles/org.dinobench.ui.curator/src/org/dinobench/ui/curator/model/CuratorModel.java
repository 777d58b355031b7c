package org.dinobench.ui.curator.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.workspace.DatasetDirectory;
import org.dinobench.ui.common.workspace.ActiveWorkspace;
import org.dinobench.ui.common.workspace.ItemKind;
import org.dinobench.ui.common.workspace.WorkspaceItem;
import org.dinobench.ui.common.workspace.WorkspaceSnapshot;
import org.dinobench.ui.curator.Messages;
import org.eclipse.core.runtime.ListenerList;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;

/**
 * The dataset that the views of the curator show together. The first dataset of the workspace is opened by itself; a
 * dataset that changes on disk is read again.
 */
public final class CuratorModel {
    private static final CuratorModel SHARED = new CuratorModel();

    private final ListenerList<Runnable> listeners = new ListenerList<>();
    private final ListenerList<Runnable> focusListeners = new ListenerList<>();
    private Set<Long> focus = Set.of();
    private Likeness likeness;
    private WorkspaceItem shown;
    private WorkspaceItem loading;
    private DatasetContent content;
    private boolean again;
    private String problem = ""; // $NON-NLS-1$

    private CuratorModel() {}

    /** {@return the one model} */
    public static CuratorModel shared() {
        return SHARED;
    }

    /** {@return the dataset, once it has been read} */
    public Optional<DatasetContent> content() {
        return Optional.ofNullable(content);
    }

    /** {@return name of the dataset that is shown or being read, empty for none} */
    public String name() {
        WorkspaceItem item = loading != null ? loading : shown;
        return item == null ? "" : item.name(); // $NON-NLS-1$
    }

    /** {@return whether a dataset is being read for the first time} */
    public boolean reading() {
        return loading != null && content == null;
    }

    /** {@return why the dataset cannot be shown, empty when it can} */
    public String problem() {
        return problem;
    }

    /**
     * Tells a control of every change until it is disposed.
     *
     * @param owner the control
     * @param listener called on the UI thread, and at once
     */
    public void follow(Control owner, Runnable listener) {
        listeners.add(listener);
        owner.addListener(SWT.Dispose, e -> listeners.remove(listener));
        if (ActiveWorkspace.isOpen()) {
            ActiveWorkspace.get().follow(owner, this::workspaceChanged);
        }
        listener.run();
    }

    /** {@return ids of the images that were chosen on the map, empty when all are to be shown} */
    public Set<Long> focus() {
        return focus;
    }

    /**
     * Narrows other views to the images that were chosen on the map; UI thread only.
     *
     * @param ids their ids, empty for all images
     */
    public void setFocus(Set<Long> ids) {
        if (likeness != null || !ids.equals(focus)) {
            likeness = null;
            narrow(ids);
        }
    }

    /**
     * Narrows other views to the images that are like one, the most alike first; UI thread only.
     *
     * @param found the images
     */
    public void setLikeness(Likeness found) {
        likeness = found;
        narrow(found.similarity().keySet());
    }

    /** {@return the images that others are narrowed to because they are like one; empty when that is not so} */
    public Optional<Likeness> likeness() {
        return Optional.ofNullable(likeness);
    }

    private void narrow(Set<Long> ids) {
        focus = Set.copyOf(ids);
        for (Runnable listener : focusListeners) {
            listener.run();
        }
    }

    /**
     * Tells a control when the focus changes, until it is disposed.
     *
     * @param owner the control
     * @param listener called on the UI thread
     */
    public void followFocus(Control owner, Runnable listener) {
        focusListeners.add(listener);
        owner.addListener(SWT.Dispose, e -> focusListeners.remove(listener));
    }

    /**
     * Shows a dataset, or the dataset of a curation; other items change nothing. Must be called on the UI thread.
     *
     * @param item an item of the workspace
     */
    public void open(WorkspaceItem item) {
        WorkspaceItem dataset = datasetOf(item);
        if (dataset == null || dataset.equals(shown) || dataset.equals(loading)) {
            return;
        }
        load(dataset);
    }

    /** Reads the dataset again, after something beside its catalog has changed; UI thread only. */
    public void reload() {
        if (loading != null) {
            // what is being read may be from before the change
            again = true;
        } else if (shown != null) {
            load(shown);
        }
    }

    private void load(WorkspaceItem dataset) {
        if (!dataset.sameAs(shown)) {
            content = null;
            setFocus(Set.of());
        }
        loading = dataset;
        problem = ""; // $NON-NLS-1$
        tell();
        Display display = Display.getCurrent();
        Job.createSystem(NLS.bind(Messages.Dataset_LoadJob, dataset.name()), monitor -> {
                    read(dataset, display);
                    return Status.OK_STATUS;
                })
                .schedule();
    }

    private void read(WorkspaceItem dataset, Display display) {
        DatasetContent read = null;
        String failure = ""; // $NON-NLS-1$
        try {
            read = DatasetContent.read(new DatasetDirectory(dataset.folder()));
        } catch (IOException | BadInputException e) {
            failure = e.getMessage();
        }
        DatasetContent result = read;
        String why = failure;
        if (!display.isDisposed()) {
            display.asyncExec(() -> {
                if (dataset.equals(loading)) {
                    loading = null;
                    shown = dataset;
                    content = result;
                    problem = why;
                    tell();
                    if (again) {
                        again = false;
                        reload();
                    }
                }
            });
        }
    }

    private void workspaceChanged(WorkspaceSnapshot snapshot) {
        List<WorkspaceItem> datasets = snapshot.of(ItemKind.DATASET);
        WorkspaceItem known = loading != null ? loading : shown;
        Optional<WorkspaceItem> now = known == null ? Optional.empty() : snapshot.now(known);
        if (now.isPresent()) {
            open(now.get());
        } else if (!datasets.isEmpty()) {
            open(datasets.stream().filter(WorkspaceItem::readable).findFirst().orElse(datasets.get(0)));
        } else if (known != null) {
            loading = null;
            shown = null;
            content = null;
            problem = ""; // $NON-NLS-1$
            tell();
        }
    }

    private static WorkspaceItem datasetOf(WorkspaceItem item) {
        if (item.kind() == ItemKind.DATASET) {
            return item;
        }
        if (item.kind() == ItemKind.CURATION) {
            Path folder = item.folder().getParent().getParent();
            return ActiveWorkspace.get().snapshot().of(ItemKind.DATASET).stream()
                    .filter(d -> d.folder().equals(folder))
                    .findFirst()
                    .orElse(null);
        }
        return null;
    }

    private void tell() {
        for (Runnable listener : listeners) {
            listener.run();
        }
    }
}
