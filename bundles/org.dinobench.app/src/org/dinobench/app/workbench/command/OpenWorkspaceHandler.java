package org.dinobench.app.workbench.command;

import java.nio.file.Path;
import org.dinobench.app.workbench.Messages;
import org.dinobench.ui.common.workspace.ActiveWorkspace;
import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.swt.widgets.DirectoryDialog;
import org.eclipse.ui.handlers.HandlerUtil;

/** Asks for another workspace folder and restarts on it. */
public final class OpenWorkspaceHandler extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) {
        DirectoryDialog dialog = new DirectoryDialog(HandlerUtil.getActiveShell(event));
        dialog.setText(Messages.OpenWorkspace_Title);
        dialog.setMessage(Messages.OpenWorkspace_Message);
        Path here = ActiveWorkspace.get().root();
        dialog.setFilterPath(here.toString());
        String chosen = dialog.open();
        if (chosen != null && !Path.of(chosen).equals(here)) {
            WorkspaceSwitch.to(Path.of(chosen));
        }
        return null;
    }
}
