package org.dinobench.ui.trainer.editor;

import org.dinobench.core.workspace.RunDirectory;
import org.dinobench.ui.common.workspace.ItemKind;
import org.dinobench.ui.common.workspace.WorkspaceItem;
import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.ui.handlers.HandlerUtil;

/** Opens the spec of the chosen run. */
public final class EditSpecHandler extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) {
        Object first = HandlerUtil.getCurrentStructuredSelection(event).getFirstElement();
        if (first instanceof WorkspaceItem run && run.kind() == ItemKind.RUN) {
            SpecEditors.open(RunDirectory.open(run.folder()).specFile());
        }
        return null;
    }
}
