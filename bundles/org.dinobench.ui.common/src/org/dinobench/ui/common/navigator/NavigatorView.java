package org.dinobench.ui.common.navigator;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.dinobench.ui.common.Messages;
import org.dinobench.ui.common.parts.Commands;
import org.dinobench.ui.common.parts.EmptyState;
import org.dinobench.ui.common.parts.ViewStack;
import org.dinobench.ui.common.properties.FactsPage;
import org.dinobench.ui.common.theme.Icons;
import org.dinobench.ui.common.workspace.ActiveWorkspace;
import org.dinobench.ui.common.workspace.WorkspaceItem;
import org.dinobench.ui.common.workspace.WorkspaceSnapshot;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.action.Separator;
import org.eclipse.jface.viewers.DelegatingStyledCellLabelProvider;
import org.eclipse.jface.viewers.ITreeContentProvider;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.viewers.TreeViewer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.IWorkbenchActionConstants;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.part.ViewPart;
import org.eclipse.ui.views.properties.IPropertySheetPage;

/** Everything in the workspace: datasets, curations, runs, evaluations, exports. */
public final class NavigatorView extends ViewPart {
    /** The view's id. */
    public static final String ID = "org.dinobench.ui.common.navigator"; // $NON-NLS-1$

    private TreeViewer tree;
    private ViewStack stack;
    private EmptyState empty;
    private WorkspaceSnapshot shown = WorkspaceSnapshot.EMPTY;

    @Override
    public void createPartControl(Composite parent) {
        stack = new ViewStack(parent);
        empty = new EmptyState(stack, Icons.WORKSPACE);
        empty.say(Messages.Navigator_Empty, Messages.Navigator_EmptyText);
        empty.action(Messages.Navigator_Quickstart, () -> Commands.run("org.dinobench.app.quickstart")); // $NON-NLS-1$
        empty.action(Messages.Navigator_Import, () -> Commands.run("org.dinobench.ui.curator.import")); // $NON-NLS-1$
        tree = new TreeViewer(stack, SWT.MULTI | SWT.V_SCROLL | SWT.H_SCROLL);
        tree.setContentProvider(new Content());
        tree.setLabelProvider(new DelegatingStyledCellLabelProvider(new NavigatorLabels()));
        tree.setComparer(new SameItem());
        tree.setInput(this);
        tree.addDoubleClickListener(e -> open(tree.getStructuredSelection().getFirstElement()));
        MenuManager menu = new MenuManager();
        menu.add(new Separator("open")); // $NON-NLS-1$
        menu.add(new Separator(IWorkbenchActionConstants.MB_ADDITIONS));
        tree.getControl().setMenu(menu.createContextMenu(tree.getControl()));
        getSite().registerContextMenu(menu, tree);
        getSite().setSelectionProvider(tree);
        PlatformUI.getWorkbench().getHelpSystem().setHelp(parent, "org.dinobench.ui.common.navigator"); // $NON-NLS-1$
        stack.show(empty);
        if (ActiveWorkspace.isOpen()) {
            ActiveWorkspace.get().follow(stack, this::update);
        }
    }

    private void update(WorkspaceSnapshot snapshot) {
        boolean first = shown.items().isEmpty();
        shown = snapshot;
        stack.show(snapshot.items().isEmpty() ? empty : tree.getControl());
        tree.refresh(true);
        if (first) {
            tree.expandAll();
        }
        reselect();
    }

    /** The tree keeps old items in its selection: they are replaced by their present state. */
    private void reselect() {
        List<Object> now = new ArrayList<>();
        boolean different = false;
        for (Object element : tree.getStructuredSelection()) {
            if (element instanceof WorkspaceItem item) {
                WorkspaceItem fresh = shown.now(item).orElse(null);
                different |= !Objects.equals(fresh, item);
                if (fresh != null) {
                    now.add(fresh);
                }
            } else {
                now.add(element);
            }
        }
        if (different) {
            tree.setSelection(new StructuredSelection(now));
        }
    }

    private void open(Object element) {
        if (element instanceof WorkspaceItem item) {
            ItemViews.open(getSite().getPage(), item);
        } else {
            tree.setExpandedState(element, !tree.getExpandedState(element));
        }
    }

    /** {@return the viewer, for tests} */
    public TreeViewer viewer() {
        return tree;
    }

    /** {@return the words of the empty state when it is shown, else an empty text} */
    public String emptyWords() {
        return stack.shown() == empty ? empty.words() : ""; // $NON-NLS-1$
    }

    @Override
    public <T> T getAdapter(Class<T> adapter) {
        return adapter == IPropertySheetPage.class ? adapter.cast(new FactsPage()) : super.getAdapter(adapter);
    }

    @Override
    public void setFocus() {
        stack.shown().setFocus();
    }

    private final class Content implements ITreeContentProvider {
        @Override
        public Object[] getElements(Object input) {
            List<NavigatorGroup> groups = new ArrayList<>();
            for (NavigatorGroup group : NavigatorGroup.values()) {
                if (!shown.of(group.kind()).isEmpty()) {
                    groups.add(group);
                }
            }
            return groups.toArray();
        }

        @Override
        public Object[] getChildren(Object parent) {
            return parent instanceof NavigatorGroup group
                    ? shown.of(group.kind()).toArray()
                    : new Object[0];
        }

        @Override
        public Object getParent(Object element) {
            return element instanceof WorkspaceItem item ? NavigatorGroup.of(item.kind()) : null;
        }

        @Override
        public boolean hasChildren(Object element) {
            return element instanceof NavigatorGroup;
        }
    }
}
