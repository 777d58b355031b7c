package org.dinobench.ui.common.navigator;

import org.dinobench.ui.common.workspace.WorkspaceItem;
import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.swt.program.Program;
import org.eclipse.ui.handlers.HandlerUtil;

/** Shows the selected item's folder in the desktop's file manager. */
public final class ShowFolderHandler extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) {
        Object selected = HandlerUtil.getCurrentStructuredSelection(event).getFirstElement();
        if (selected instanceof WorkspaceItem item) {
            Program.launch(item.folder().toString());
        }
        return null;
    }
}
