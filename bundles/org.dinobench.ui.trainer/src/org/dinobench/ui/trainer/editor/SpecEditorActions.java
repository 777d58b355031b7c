package org.dinobench.ui.trainer.editor;

import org.eclipse.ui.IActionBars;
import org.eclipse.ui.IEditorPart;
import org.eclipse.ui.actions.ActionFactory;
import org.eclipse.ui.part.MultiPageEditorActionBarContributor;
import org.eclipse.ui.texteditor.ITextEditor;

/** Undo and redo work on both pages; the clipboard and Find on the source page, as fields have their own. */
public final class SpecEditorActions extends MultiPageEditorActionBarContributor {
    private SpecEditor editor;

    @Override
    public void setActiveEditor(IEditorPart part) {
        editor = part instanceof SpecEditor spec ? spec : null;
        super.setActiveEditor(part);
    }

    @Override
    public void setActivePage(IEditorPart page) {
        IActionBars bars = getActionBars();
        ITextEditor source = editor == null ? null : editor.source();
        for (ActionFactory factory : new ActionFactory[] {ActionFactory.UNDO, ActionFactory.REDO}) {
            bars.setGlobalActionHandler(factory.getId(), source == null ? null : source.getAction(factory.getId()));
        }
        ITextEditor shown = page instanceof ITextEditor text ? text : null;
        for (ActionFactory factory : new ActionFactory[] {
            ActionFactory.CUT,
            ActionFactory.COPY,
            ActionFactory.PASTE,
            ActionFactory.DELETE,
            ActionFactory.SELECT_ALL,
            ActionFactory.FIND
        }) {
            bars.setGlobalActionHandler(factory.getId(), shown == null ? null : shown.getAction(factory.getId()));
        }
        bars.updateActionBars();
    }
}
