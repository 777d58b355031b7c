package org.dinobench.app.workbench.perspective;

import org.eclipse.ui.IFolderLayout;
import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.IPerspectiveFactory;

/** Watching runs: run list, checkpoints, live losses, health, resources, loss configurator, console; specs beside them. */
public final class TrainPerspective implements IPerspectiveFactory {
    /** The perspective's id. */
    public static final String ID = "org.dinobench.app.perspective.train"; // $NON-NLS-1$

    @Override
    public void createInitialLayout(IPageLayout layout) {
        String area = layout.getEditorArea();
        layout.setEditorAreaVisible(false);
        PerspectiveParts.navigatorAndProperties(layout, area);
        IFolderLayout runs = layout.createFolder("runs", IPageLayout.LEFT, 0.5f, area); // $NON-NLS-1$
        runs.addView(PerspectiveParts.RUNS);
        runs.addView(PerspectiveParts.CHECKPOINTS);
        IFolderLayout main = layout.createFolder("main", IPageLayout.BOTTOM, 0.3f, "runs"); // $NON-NLS-1$ //$NON-NLS-2$
        main.addView(PerspectiveParts.CHART);
        main.addView(PerspectiveParts.HEALTH);
        main.addView(PerspectiveParts.RESOURCES);
        main.addView(PerspectiveParts.LOSSES);
        IFolderLayout bottom =
                layout.createFolder("bottom", IPageLayout.BOTTOM, 0.72f, "main"); // $NON-NLS-1$ //$NON-NLS-2$
        bottom.addView(PerspectiveParts.CONSOLE);
        bottom.addView(PerspectiveParts.PROGRESS);
        PerspectiveParts.help(layout);
        PerspectiveParts.shortcuts(layout);
    }
}
