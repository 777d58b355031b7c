package org.dinobench.ui.curator.view;

import org.dinobench.ui.common.parts.Commands;
import org.dinobench.ui.common.parts.EmptyState;
import org.dinobench.ui.common.parts.ViewStack;
import org.dinobench.ui.common.properties.FactsPage;
import org.dinobench.ui.common.theme.Icons;
import org.dinobench.ui.common.theme.Themes;
import org.dinobench.ui.common.workspace.ShowsItem;
import org.dinobench.ui.common.workspace.WorkspaceItem;
import org.dinobench.ui.curator.Messages;
import org.dinobench.ui.curator.model.CuratorModel;
import org.dinobench.ui.curator.model.DatasetContent;
import org.eclipse.jface.viewers.ISelection;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.ISelectionListener;
import org.eclipse.ui.IWorkbenchPart;
import org.eclipse.ui.part.ViewPart;
import org.eclipse.ui.views.properties.IPropertySheetPage;

/** What the views of the curator share: they follow the selected dataset, and say what to do when there is none. */
abstract class DatasetView extends ViewPart implements ShowsItem {
    private final ISelectionListener onSelection = this::selected;
    private ViewStack stack;
    private EmptyState noDataset;
    private EmptyState nothing;
    private Control main;

    @Override
    public final void createPartControl(Composite parent) {
        stack = new ViewStack(parent);
        noDataset = new EmptyState(stack, Icons.DATASET);
        noDataset.action(Messages.Action_Import, () -> Commands.run("org.dinobench.ui.curator.import")); // $NON-NLS-1$
        nothing = new EmptyState(stack, icon());
        fillEmpty(nothing);
        main = createMain(stack);
        getSite().getPage().addPostSelectionListener(onSelection);
        CuratorModel.shared().follow(stack, this::update);
        Themes.onChange(stack, this::themeChanged);
        getSite().getWorkbenchWindow().getWorkbench().getHelpSystem().setHelp(parent, helpContext());
        if (getSite().getPage().getSelection() instanceof IStructuredSelection now) {
            selected(null, now);
        }
    }

    /** Makes what is shown when there is something to show. */
    abstract Control createMain(Composite parent);

    /** The icon of the state in which the dataset has nothing for this view. */
    abstract Icons icon();

    /** Shows a dataset; answers whether there is anything to show of it. */
    abstract boolean fill(DatasetContent content);

    /** Says why there is nothing to show of a dataset. */
    abstract void explain(EmptyState state, String dataset);

    abstract String helpContext();

    /** Adds buttons to the state in which the dataset has nothing for this view. */
    void fillEmpty(EmptyState state) {
        state.action(Messages.Action_Quickstart, () -> Commands.run("org.dinobench.app.quickstart")); // $NON-NLS-1$
    }

    void themeChanged() {
        main.redraw();
    }

    @Override
    public <T> T getAdapter(Class<T> adapter) {
        return adapter == IPropertySheetPage.class ? adapter.cast(new FactsPage()) : super.getAdapter(adapter);
    }

    @Override
    public void show(WorkspaceItem item) {
        CuratorModel.shared().open(item);
    }

    /** Shows the main control, or the state without anything, after the content was filled in another way. */
    final void showMain(boolean something) {
        stack.show(something ? main : nothing);
    }

    /** {@return the words of the state without content, empty when there is content} */
    public final String emptyWords() {
        return stack.shown() instanceof EmptyState state ? state.words() : ""; // $NON-NLS-1$
    }

    private void update() {
        CuratorModel model = CuratorModel.shared();
        if (model.content().isPresent()) {
            boolean something = fill(model.content().get());
            if (!something) {
                explain(nothing, model.name());
            }
            showMain(something);
        } else {
            if (!model.problem().isEmpty()) {
                noDataset.say(NLS.bind(Messages.Dataset_Broken, model.name()), model.problem());
            } else if (model.reading()) {
                noDataset.say(NLS.bind(Messages.Dataset_Loading, model.name()), Messages.Dataset_LoadingText);
            } else {
                noDataset.say(Messages.Dataset_None, Messages.Dataset_NoneText);
            }
            stack.show(noDataset);
        }
    }

    private void selected(IWorkbenchPart part, ISelection selection) {
        if (part != this
                && selection instanceof IStructuredSelection structured
                && structured.getFirstElement() instanceof WorkspaceItem item) {
            CuratorModel.shared().open(item);
        }
    }

    @Override
    public void setFocus() {
        stack.shown().setFocus();
    }

    @Override
    public void dispose() {
        getSite().getPage().removePostSelectionListener(onSelection);
        super.dispose();
    }
}
