package org.dinobench.ui.curator.view;

import org.dinobench.ui.common.parts.EmptyState;
import org.dinobench.ui.common.parts.Words;
import org.dinobench.ui.common.theme.Icons;
import org.dinobench.ui.curator.Messages;
import org.dinobench.ui.curator.model.DatasetContent;
import org.dinobench.ui.curator.model.ImageElement;
import org.eclipse.core.commands.operations.IUndoContext;
import org.eclipse.core.commands.operations.ObjectUndoContext;
import org.eclipse.core.commands.operations.OperationHistoryFactory;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.operations.UndoRedoActionGroup;

/** Near-duplicate groups side by side, those with conflicting labels first; K keeps a picture, D drops it. */
public final class DuplicatesView extends DatasetView {
    /** The view's id. */
    public static final String ID = "org.dinobench.ui.curator.duplicates"; // $NON-NLS-1$

    private final IUndoContext undo = new ObjectUndoContext(this);
    private Label summary;
    private Button conflicts;
    private DuplicateRows rows;
    private DatasetContent content;

    @Override
    Control createMain(Composite parent) {
        Composite main = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(0, 0).applyTo(main);
        Composite bar = new Composite(main, SWT.NONE);
        GridLayoutFactory.fillDefaults()
                .numColumns(2)
                .margins(10, 6)
                .spacing(16, 4)
                .applyTo(bar);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(bar);
        summary = new Label(bar, SWT.NONE);
        conflicts = new Button(bar, SWT.CHECK);
        conflicts.setText(Messages.Duplicates_OnlyConflicts);
        conflicts.addListener(SWT.Selection, e -> rows.show(content, conflicts.getSelection()));
        Label keys = new Label(bar, SWT.NONE);
        keys.setText(Messages.Duplicates_Keys);
        GridDataFactory.fillDefaults()
                .span(2, 1)
                .grab(true, false)
                .align(SWT.FILL, SWT.CENTER)
                .applyTo(keys);
        rows = new DuplicateRows(main, this::decide);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(rows);
        getSite().setSelectionProvider(rows);
        new UndoRedoActionGroup(getSite(), undo, true)
                .fillActionBars(getViewSite().getActionBars());
        return main;
    }

    @Override
    Icons icon() {
        return Icons.DUPLICATES;
    }

    @Override
    boolean fill(DatasetContent newContent) {
        content = newContent;
        rows.show(newContent, conflicts.getSelection());
        long conflicting =
                newContent.duplicates().stream().filter(d -> d.conflicting()).count();
        summary.setText(NLS.bind(
                Messages.Duplicates_Summary, Words.count(newContent.duplicates().size()), Words.count(conflicting)));
        summary.getParent().layout();
        return !newContent.duplicates().isEmpty();
    }

    @Override
    void explain(EmptyState state, String dataset) {
        state.say(Messages.Duplicates_None, NLS.bind(Messages.Duplicates_NoneText, dataset));
    }

    @Override
    String helpContext() {
        return "org.dinobench.ui.curator.duplicates"; //$NON-NLS-1$
    }

    private void decide(ImageElement image, boolean keep) {
        if (image.entry().keep() != keep) {
            KeepOperation operation = new KeepOperation(image, keep);
            operation.addContext(undo);
            operation.runOn(OperationHistoryFactory.getOperationHistory());
        }
    }

    /** {@return where decisions can be taken back, for tests} */
    public IUndoContext undoContext() {
        return undo;
    }

    /** {@return number of groups that are shown, for tests} */
    public int rows() {
        return rows.cards().size();
    }

    @Override
    public void dispose() {
        OperationHistoryFactory.getOperationHistory().dispose(undo, true, true, true);
        super.dispose();
    }
}
