package org.dinobench.app.workbench.perspective;

import org.eclipse.ui.IFolderLayout;
import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.IPerspectiveFactory;

/** Reading results: reports with their numbers and pictures, beside the images. */
public final class EvaluatePerspective implements IPerspectiveFactory {
    /** The perspective's id. */
    public static final String ID = "org.dinobench.app.perspective.evaluate"; // $NON-NLS-1$

    @Override
    public void createInitialLayout(IPageLayout layout) {
        String area = layout.getEditorArea();
        layout.setEditorAreaVisible(false);
        PerspectiveParts.navigatorAndProperties(layout, area);
        IFolderLayout main = layout.createFolder("main", IPageLayout.LEFT, 0.8f, area); // $NON-NLS-1$
        main.addView(PerspectiveParts.REPORT);
        main.addView(PerspectiveParts.LOOK);
        main.addPlaceholder(PerspectiveParts.CHART);
        IFolderLayout bottom =
                layout.createFolder("bottom", IPageLayout.BOTTOM, 0.72f, "main"); // $NON-NLS-1$ //$NON-NLS-2$
        bottom.addView(PerspectiveParts.THUMBNAILS);
        bottom.addView(PerspectiveParts.PROGRESS);
        bottom.addView(PerspectiveParts.CONSOLE);
        PerspectiveParts.help(layout);
        PerspectiveParts.shortcuts(layout);
    }
}
