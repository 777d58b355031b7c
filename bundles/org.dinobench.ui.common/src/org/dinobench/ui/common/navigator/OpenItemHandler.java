package org.dinobench.ui.common.navigator;

import org.dinobench.ui.common.workspace.WorkspaceItem;
import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.ui.handlers.HandlerUtil;

/** Opens the selected item in its view. */
public final class OpenItemHandler extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) {
        Object selected = HandlerUtil.getCurrentStructuredSelection(event).getFirstElement();
        if (selected instanceof WorkspaceItem item) {
            ItemViews.open(HandlerUtil.getActiveWorkbenchWindow(event).getActivePage(), item);
        }
        return null;
    }
}
