package org.dinobench.ui.common.parts;

import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.commands.NotEnabledException;
import org.eclipse.core.commands.NotHandledException;
import org.eclipse.core.commands.common.NotDefinedException;
import org.eclipse.core.runtime.ILog;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.handlers.IHandlerService;

/** Runs workbench commands by id, so that buttons of one bundle reach commands of another. */
public final class Commands {
    private Commands() {}

    /**
     * Runs a command.
     *
     * @param id its id
     * @return whether it is there and could be run
     */
    public static boolean run(String id) {
        IHandlerService handlers = PlatformUI.getWorkbench().getService(IHandlerService.class);
        try {
            handlers.executeCommand(id, null);
            return true;
        } catch (ExecutionException | NotDefinedException | NotEnabledException | NotHandledException e) {
            ILog.of(Commands.class).error("The command " + id + " could not be run", e); // $NON-NLS-1$ //$NON-NLS-2$
            return false;
        }
    }
}
