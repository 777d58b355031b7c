package org.dinobench.app.workbench;

import org.dinobench.app.workbench.perspective.CuratePerspective;
import org.dinobench.app.workbench.tour.ScreenshotTour;
import org.dinobench.app.workbench.worker.RemoteFollower;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.application.IWorkbenchConfigurer;
import org.eclipse.ui.application.IWorkbenchWindowConfigurer;
import org.eclipse.ui.application.WorkbenchAdvisor;
import org.eclipse.ui.application.WorkbenchWindowAdvisor;

/** What kind of workbench this is: one window, the Curate perspective first, layout remembered. */
final class DinobenchAdvisor extends WorkbenchAdvisor {
    private static final int SETTLE_MILLIS = 1000;

    private final RemoteFollower remoteRuns = new RemoteFollower();

    @Override
    public void initialize(IWorkbenchConfigurer configurer) {
        super.initialize(configurer);
        // the tour shows the workbench as it is delivered, and leaves the person's own layout alone
        configurer.setSaveAndRestore(ScreenshotTour.wanted().isEmpty());
    }

    @Override
    public String getInitialWindowPerspectiveId() {
        return CuratePerspective.ID;
    }

    @Override
    public String getMainPreferencePageId() {
        return "org.dinobench.app.preferences"; //$NON-NLS-1$
    }

    @Override
    public WorkbenchWindowAdvisor createWorkbenchWindowAdvisor(IWorkbenchWindowConfigurer configurer) {
        return new DinobenchWindowAdvisor(configurer);
    }

    @Override
    public boolean preShutdown() {
        boolean closes = super.preShutdown();
        if (closes) {
            remoteRuns.stop();
        }
        return closes;
    }

    @Override
    public void postStartup() {
        super.postStartup();
        if (StartUp.report()) {
            System.out.println("WORKBENCH UP ms=" + StartUp.millisSinceStart()); // $NON-NLS-1$
        }
        if (!StartUp.automatic()) {
            remoteRuns.start();
        }
        ScreenshotTour.wanted().ifPresent(ScreenshotTour::start);
        if (StartUp.exitAfterStart()) {
            // the platform still sends its own events of the start; closing waits until they are through
            PlatformUI.getWorkbench().getDisplay().timerExec(SETTLE_MILLIS, () -> PlatformUI.getWorkbench()
                    .close());
        }
    }
}
