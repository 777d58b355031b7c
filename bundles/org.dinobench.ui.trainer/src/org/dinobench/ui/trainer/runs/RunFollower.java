package org.dinobench.ui.trainer.runs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.dinobench.ui.common.workspace.ActiveWorkspace;
import org.dinobench.ui.common.workspace.ItemKind;
import org.dinobench.ui.common.workspace.WorkspaceItem;
import org.dinobench.ui.common.workspace.WorkspaceSnapshot;
import org.eclipse.jface.viewers.ISelection;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.ISelectionListener;
import org.eclipse.ui.IViewPart;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchPart;

/**
 * Follows which runs are chosen in the window, and in which state they are. Before anybody has chosen, it takes a run
 * that is alive, or else the first readable one.
 */
public final class RunFollower {
    private final IViewPart part;
    private final Consumer<List<WorkspaceItem>> onChange;
    private List<WorkspaceItem> chosen = List.of();

    /**
     * Starts to follow; the first call comes at once, also when there is no run.
     *
     * @param part the view that follows; its own selections do not count
     * @param owner following ends when this control is disposed
     * @param onChange gets the chosen runs as they are now, called on the UI thread after each change
     */
    public RunFollower(IViewPart part, Control owner, Consumer<List<WorkspaceItem>> onChange) {
        this.part = part;
        this.onChange = onChange;
        IWorkbenchPage page = part.getSite().getPage();
        ISelectionListener listener = this::selected;
        page.addPostSelectionListener(listener);
        owner.addListener(SWT.Dispose, e -> page.removePostSelectionListener(listener));
        onChange.accept(chosen);
        if (ActiveWorkspace.isOpen()) {
            ActiveWorkspace.get().follow(owner, this::workspaceChanged);
        }
        selected(null, page.getSelection());
    }

    /**
     * Chooses a run.
     *
     * @param item any item; others than runs are passed over
     */
    public void show(WorkspaceItem item) {
        if (item.kind() == ItemKind.RUN && !(chosen.size() == 1 && item.sameAs(chosen.get(0)))) {
            tell(List.of(item));
        }
    }

    private void selected(IWorkbenchPart from, ISelection selection) {
        if (from == part || !(selection instanceof IStructuredSelection structured)) {
            return;
        }
        List<WorkspaceItem> runs = new ArrayList<>();
        for (Object element : structured) {
            if (element instanceof WorkspaceItem item && item.kind() == ItemKind.RUN) {
                runs.add(item);
            }
        }
        if (!runs.isEmpty() && !runs.equals(chosen)) {
            tell(List.copyOf(runs));
        }
    }

    private void workspaceChanged(WorkspaceSnapshot snapshot) {
        List<WorkspaceItem> now =
                chosen.stream().flatMap(r -> snapshot.now(r).stream()).toList();
        if (now.isEmpty()) {
            List<WorkspaceItem> runs = snapshot.of(ItemKind.RUN);
            Optional<WorkspaceItem> living = runs.stream()
                    .filter(r -> r.status().map(s -> s.state().isAlive()).orElse(false))
                    .findFirst();
            now = living.or(() -> runs.stream().filter(WorkspaceItem::readable).findFirst()).stream()
                    .toList();
        }
        if (!now.equals(chosen)) {
            tell(now);
        }
    }

    private void tell(List<WorkspaceItem> runs) {
        chosen = runs;
        onChange.accept(runs);
    }
}
