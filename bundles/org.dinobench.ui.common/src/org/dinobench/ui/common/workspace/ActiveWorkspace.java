package org.dinobench.ui.common.workspace;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.dinobench.core.workspace.Workspace;
import org.eclipse.core.runtime.ListenerList;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;

/**
 * The workspace that this workbench shows: its folder, what is in it, and who wants to know when that changes. A
 * background thread looks at the files about once a second; workers on other machines need not tell anybody.
 */
public final class ActiveWorkspace {
    private static ActiveWorkspace active;

    private final WorkspaceFolder folder;
    private final ListenerList<Consumer<WorkspaceSnapshot>> listeners = new ListenerList<>();
    private final WorkspaceWatch watch;
    private volatile WorkspaceSnapshot snapshot = WorkspaceSnapshot.EMPTY;

    private ActiveWorkspace(WorkspaceFolder folder) {
        this.folder = folder;
        this.watch = new WorkspaceWatch(folder, this::changed);
    }

    /**
     * Opens a workspace and takes it for this process.
     *
     * @param root its folder; made when it does not exist
     * @throws org.dinobench.core.problem.BadInputException when it cannot be used: another workbench has it, it cannot
     *     be written, or a newer version made it
     */
    public static synchronized void open(Path root) {
        close();
        active = new ActiveWorkspace(WorkspaceFolder.take(root));
        active.watch.start();
    }

    /** Gives the workspace back. */
    public static synchronized void close() {
        if (active != null) {
            active.watch.stop();
            active.folder.close();
            active = null;
        }
    }

    /**
     * The open workspace.
     *
     * @return it
     * @throws IllegalStateException when none is open
     */
    public static synchronized ActiveWorkspace get() {
        if (active == null) {
            throw new IllegalStateException("No workspace is open"); // $NON-NLS-1$
        }
        return active;
    }

    /** {@return whether a workspace is open} */
    public static synchronized boolean isOpen() {
        return active != null;
    }

    /** Looks at the files again soon, if a workspace is open. */
    public static synchronized void refreshIfOpen() {
        if (active != null) {
            active.refresh();
        }
    }

    /** {@return the workspace's folder} */
    public Path root() {
        return folder.workspace().folder();
    }

    /** {@return the workspace, for its folders and names} */
    public Workspace workspace() {
        return folder.workspace();
    }

    /** {@return whether the workspace has neither datasets nor runs yet} */
    public boolean isNew() {
        try {
            return workspace().datasets().isEmpty() && workspace().runs().isEmpty();
        } catch (IOException e) {
            // the look in the background will tell
            return false;
        }
    }

    /** {@return what the workspace held at the last look} */
    public WorkspaceSnapshot snapshot() {
        return snapshot;
    }

    /** Looks at the files again soon. */
    public void refresh() {
        watch.lookNow();
    }

    /**
     * Tells a control of changes, on the UI thread, until it is disposed; the first call comes at once.
     *
     * @param owner the control
     * @param listener gets the new look
     */
    public void follow(Control owner, Consumer<WorkspaceSnapshot> listener) {
        Display display = owner.getDisplay();
        Consumer<WorkspaceSnapshot> onUi = s -> {
            if (!display.isDisposed()) {
                display.asyncExec(() -> {
                    if (!owner.isDisposed()) {
                        listener.accept(s);
                    }
                });
            }
        };
        listeners.add(onUi);
        owner.addListener(SWT.Dispose, e -> listeners.remove(onUi));
        listener.accept(snapshot);
    }

    private void changed(WorkspaceSnapshot now) {
        snapshot = now;
        for (Consumer<WorkspaceSnapshot> listener : listeners) {
            listener.accept(now);
        }
    }
}
