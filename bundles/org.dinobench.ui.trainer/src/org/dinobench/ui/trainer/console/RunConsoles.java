package org.dinobench.ui.trainer.console;

import java.nio.file.Path;
import org.dinobench.ui.common.theme.Icons;
import org.dinobench.ui.common.workspace.ItemKind;
import org.dinobench.ui.common.workspace.WorkspaceItem;
import org.dinobench.ui.trainer.Messages;
import org.eclipse.jface.viewers.ISelection;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.osgi.util.NLS;
import org.eclipse.ui.ISelectionListener;
import org.eclipse.ui.IStartup;
import org.eclipse.ui.IWorkbenchPart;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.console.ConsolePlugin;
import org.eclipse.ui.console.IConsole;
import org.eclipse.ui.console.IConsoleManager;

/** Shows the log of the run that is selected anywhere in the Console view. */
public final class RunConsoles implements IStartup, ISelectionListener {
    @Override
    public void earlyStartup() {
        PlatformUI.getWorkbench().getDisplay().asyncExec(() -> {
            IWorkbenchWindow window = PlatformUI.getWorkbench().getActiveWorkbenchWindow();
            if (window != null) {
                window.getSelectionService().addPostSelectionListener(this);
                selectionChanged(null, window.getSelectionService().getSelection());
            }
        });
    }

    @Override
    public void selectionChanged(IWorkbenchPart part, ISelection selection) {
        if (selection instanceof IStructuredSelection structured
                && structured.getFirstElement() instanceof WorkspaceItem item
                && item.kind() == ItemKind.RUN) {
            show(item.name(), item.folder().resolve("log.txt")); // $NON-NLS-1$
        }
    }

    /**
     * Shows a log and closes the logs of other runs.
     *
     * @param run name of the run
     * @param log the file
     */
    public static void show(String run, Path log) {
        IConsoleManager manager = ConsolePlugin.getDefault().getConsoleManager();
        for (IConsole console : manager.getConsoles()) {
            if (console instanceof LogConsole other) {
                if (other.file().equals(log)) {
                    return;
                }
                manager.removeConsoles(new IConsole[] {console});
            }
        }
        LogConsole console = new LogConsole(NLS.bind(Messages.Console_Name, run), log, Icons.CONSOLE.descriptor());
        manager.addConsoles(new IConsole[] {console});
    }
}
