package org.dinobench.app.workbench.tour;

import java.io.IOException;
import org.dinobench.app.workbench.perspective.CuratePerspective;
import org.dinobench.ui.curator.wizard.ImportWizard;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.window.Window;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.WorkbenchException;

/** What the tour shows of help: the guide, a cheat sheet, help at the side of a wizard, the list of keys. */
final class HelpStops {
    private static final String GUIDE = "org.dinobench.ui.help.view"; // $NON-NLS-1$
    private static final String KEYS = "org.dinobench.ui.help.keys"; // $NON-NLS-1$

    private final ScreenshotTour tour;

    HelpStops(ScreenshotTour tour) {
        this.tour = tour;
    }

    void all() throws IOException, WorkbenchException {
        tour.perspective(CuratePerspective.ID);
        var guide = tour.page().showView(GUIDE);
        tour.page().toggleZoom(tour.page().getReference(guide));
        tour.shoot("help-guide"); // $NON-NLS-1$
        tour.page().toggleZoom(tour.page().getReference(guide));
        tour.page().hideView(guide);
        org.dinobench.ui.common.parts.Commands.run("org.dinobench.ui.help.sixSteps"); // $NON-NLS-1$
        tour.shoot("help-six-steps"); // $NON-NLS-1$
        tray();
        org.dinobench.ui.common.parts.Commands.run(KEYS);
        tour.dialog(open("help-keys"), "help-keys"); // $NON-NLS-1$ //$NON-NLS-2$
    }

    /** F1 in a wizard. */
    private void tray() throws IOException {
        ImportWizard wizard = new ImportWizard();
        wizard.init(PlatformUI.getWorkbench(), StructuredSelection.EMPTY);
        WizardDialog dialog = new WizardDialog(tour.page().getWorkbenchWindow().getShell(), wizard);
        dialog.setBlockOnOpen(false);
        dialog.open();
        dialog.getShell().forceActive();
        PlatformUI.getWorkbench().getHelpSystem().displayHelp("org.dinobench.ui.curator.import"); // $NON-NLS-1$
        tour.dialog(dialog, "help-in-a-wizard"); // $NON-NLS-1$
    }

    /** The dialog that a command has opened. */
    private static Window open(String what) throws IOException {
        for (Shell shell : Display.getCurrent().getShells()) {
            if (shell.getParent() != null && shell.isVisible() && shell.getData() instanceof Window window) {
                return window;
            }
        }
        throw new IOException("no dialog is open for " + what); // $NON-NLS-1$
    }
}
