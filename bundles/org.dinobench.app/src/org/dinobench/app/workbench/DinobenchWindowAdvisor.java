package org.dinobench.app.workbench;

import org.dinobench.ui.common.prefs.Settings;
import org.dinobench.ui.common.workspace.ActiveWorkspace;
import org.eclipse.jface.preference.IPreferenceStore;
import org.eclipse.swt.graphics.Point;
import org.eclipse.ui.IWorkbenchPreferenceConstants;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.application.ActionBarAdvisor;
import org.eclipse.ui.application.IActionBarConfigurer;
import org.eclipse.ui.application.IWorkbenchWindowConfigurer;
import org.eclipse.ui.application.WorkbenchWindowAdvisor;

/** The window: its size, bars and title. */
final class DinobenchWindowAdvisor extends WorkbenchWindowAdvisor {
    DinobenchWindowAdvisor(IWorkbenchWindowConfigurer configurer) {
        super(configurer);
    }

    @Override
    public ActionBarAdvisor createActionBarAdvisor(IActionBarConfigurer configurer) {
        return new DinobenchActionBarAdvisor(configurer);
    }

    @Override
    public void preWindowOpen() {
        IWorkbenchWindowConfigurer window = getWindowConfigurer();
        window.setInitialSize(new Point(1440, 900));
        window.setShowCoolBar(true);
        window.setShowStatusLine(true);
        window.setShowProgressIndicator(true);
        window.setShowPerspectiveBar(true);
        window.setTitle(title());
        IPreferenceStore store = PlatformUI.getPreferenceStore();
        store.setDefault(IWorkbenchPreferenceConstants.SHOW_TEXT_ON_PERSPECTIVE_BAR, true);
        store.setDefault(IWorkbenchPreferenceConstants.SHOW_PROGRESS_ON_STARTUP, false);
        store.setDefault(
                IWorkbenchPreferenceConstants.PERSPECTIVE_BAR_EXTRAS,
                "org.dinobench.app.perspective.curate,org.dinobench.app.perspective.train," //$NON-NLS-1$
                        + "org.dinobench.app.perspective.evaluate"); //$NON-NLS-1$
    }

    @Override
    public void openIntro() {
        // the welcome page is opened when the window is complete, see postWindowOpen
    }

    /** Who opens a new workspace is welcomed; a measurement of the start, or who comes to see results, is not. */
    @Override
    public void postWindowOpen() {
        if (StartUp.automatic()
                || !Settings.firstTime()
                || !ActiveWorkspace.get().isNew()) {
            return;
        }
        IWorkbenchWindow window = getWindowConfigurer().getWindow();
        window.getShell()
                .getDisplay()
                .asyncExec(() -> window.getWorkbench().getIntroManager().showIntro(window, false));
    }

    private static String title() {
        return Messages.WorkbenchApplication_Name + " \u2013 "
                + ActiveWorkspace.get().root(); // $NON-NLS-1$
    }
}
