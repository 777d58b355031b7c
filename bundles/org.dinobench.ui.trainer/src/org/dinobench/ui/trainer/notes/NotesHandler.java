package org.dinobench.ui.trainer.notes;

import java.io.IOException;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.ui.common.workspace.ActiveWorkspace;
import org.dinobench.ui.common.workspace.ItemKind;
import org.dinobench.ui.common.workspace.WorkspaceItem;
import org.dinobench.ui.trainer.Messages;
import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.runtime.Status;
import org.eclipse.jface.window.Window;
import org.eclipse.osgi.util.NLS;
import org.eclipse.ui.handlers.HandlerUtil;
import org.eclipse.ui.statushandlers.StatusManager;

/** Opens the notes of the chosen run. */
public final class NotesHandler extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) {
        Object first = HandlerUtil.getCurrentStructuredSelection(event).getFirstElement();
        if (first instanceof WorkspaceItem run && run.kind() == ItemKind.RUN) {
            try {
                NotesDialog dialog =
                        new NotesDialog(HandlerUtil.getActiveShell(event), run.name(), RunNotes.read(run.folder()));
                if (dialog.open() == Window.OK) {
                    dialog.notes().write(run.folder());
                    ActiveWorkspace.refreshIfOpen();
                }
            } catch (IOException | BadInputException e) {
                StatusManager.getManager()
                        .handle(
                                Status.error(NLS.bind(Messages.Notes_Failed, run.name(), e.getMessage()), e),
                                StatusManager.SHOW | StatusManager.LOG);
            }
        }
        return null;
    }
}
