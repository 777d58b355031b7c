package org.dinobench.ui.trainer.runs;

import java.io.IOException;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.run.RunCommand;
import org.dinobench.core.workspace.RunDirectory;
import org.dinobench.ui.common.workspace.WorkspaceItem;
import org.dinobench.ui.trainer.Messages;
import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExecutableExtension;
import org.eclipse.core.runtime.Status;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.handlers.HandlerUtil;
import org.eclipse.ui.statushandlers.StatusManager;

/** Leaves a request for the chosen runs: pause, resume, stop or checkpoint, as the extension says. */
public final class ControlHandler extends AbstractHandler implements IExecutableExtension {
    private RunCommand command = RunCommand.CHECKPOINT;

    @Override
    public void setInitializationData(IConfigurationElement element, String property, Object data) {
        command = RunCommand.of(String.valueOf(data));
    }

    @Override
    public Object execute(ExecutionEvent event) {
        for (Object element : HandlerUtil.getCurrentStructuredSelection(event)) {
            if (element instanceof WorkspaceItem item && confirmed(HandlerUtil.getActiveShell(event), item)) {
                request(item);
            }
        }
        return null;
    }

    private boolean confirmed(Shell shell, WorkspaceItem run) {
        return command != RunCommand.STOP
                || MessageDialog.open(
                                MessageDialog.QUESTION,
                                shell,
                                Messages.Control_StopTitle,
                                NLS.bind(Messages.Control_StopQuestion, run.name()),
                                0,
                                Messages.Control_Stop,
                                org.eclipse.jface.dialogs.IDialogConstants.CANCEL_LABEL)
                        == 0;
    }

    private void request(WorkspaceItem run) {
        try {
            RunDirectory.open(run.folder()).control().request(command);
        } catch (IOException | BadInputException e) {
            StatusManager.getManager()
                    .handle(
                            Status.error(NLS.bind(Messages.Control_Failed, run.name(), e.getMessage()), e),
                            StatusManager.SHOW | StatusManager.LOG);
        }
    }
}
