package org.dinobench.app.workbench;

import java.io.IOException;
import java.nio.file.Path;
import org.dinobench.app.workbench.command.RecentWorkspaces;
import org.dinobench.app.workbench.command.WorkspaceSwitch;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.ui.common.workspace.ActiveWorkspace;
import org.eclipse.core.runtime.ILog;
import org.eclipse.equinox.app.IApplication;
import org.eclipse.equinox.app.IApplicationContext;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.PlatformUI;

/** The workbench: takes the workspace for itself, opens the window, and gives the workspace back at the end. */
public final class WorkbenchApplication implements IApplication {
    /** Exit code when the workspace cannot be used. */
    private static final int UNUSABLE_WORKSPACE = 2;

    @Override
    public Object start(IApplicationContext context) {
        Display.setAppName(Messages.WorkbenchApplication_Name);
        String[] arguments = (String[]) context.getArguments().get(IApplicationContext.APPLICATION_ARGS);
        Display display = PlatformUI.createDisplay();
        try {
            Path folder = WorkspaceChoice.folder(arguments);
            ActiveWorkspace.open(folder);
            RecentWorkspaces.add(folder);
        } catch (BadInputException e) {
            tell(display, e);
            display.dispose();
            return UNUSABLE_WORKSPACE;
        }
        try {
            int code = PlatformUI.createAndRunWorkbench(display, new DinobenchAdvisor());
            return code == PlatformUI.RETURN_RESTART ? EXIT_RESTART : EXIT_OK;
        } finally {
            ActiveWorkspace.close();
            display.dispose();
            WorkspaceSwitch.next().ifPresent(WorkbenchApplication::startOn);
        }
    }

    private static void startOn(Path workspace) {
        try {
            new ProcessBuilder(ProductCommand.workbench(workspace)).inheritIO().start();
        } catch (IOException e) {
            ILog.of(WorkbenchApplication.class).error("The workbench could not be started again", e); // $NON-NLS-1$
        }
    }

    @Override
    public void stop() {
        if (!PlatformUI.isWorkbenchRunning()) {
            return;
        }
        IWorkbench workbench = PlatformUI.getWorkbench();
        workbench.getDisplay().syncExec(workbench::close);
    }

    private static void tell(Display display, BadInputException problem) {
        System.err.println("dinobench: " + problem.getMessage()); // $NON-NLS-1$
        if (StartUp.automatic()) {
            return;
        }
        Shell shell = new Shell(display);
        MessageDialog.openError(shell, Messages.WorkbenchApplication_CannotOpen, problem.getMessage());
        shell.dispose();
    }
}
