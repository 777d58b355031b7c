package org.dinobench.ui.common.navigator;

import org.dinobench.ui.common.workspace.ActiveWorkspace;
import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;

/** Looks at the workspace's files again. */
public final class RefreshHandler extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) {
        ActiveWorkspace.refreshIfOpen();
        return null;
    }
}
