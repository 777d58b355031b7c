package org.dinobench.app.workbench.perspective;

import org.eclipse.ui.IFolderLayout;
import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.IPerspectiveFactory;

/** Looking at images: navigator, thumbnails, clusters, near-duplicates, and beside them their map and the image inspector. */
public final class CuratePerspective implements IPerspectiveFactory {
    /** The perspective's id. */
    public static final String ID = "org.dinobench.app.perspective.curate"; // $NON-NLS-1$

    @Override
    public void createInitialLayout(IPageLayout layout) {
        String area = layout.getEditorArea();
        layout.setEditorAreaVisible(false);
        PerspectiveParts.navigatorAndProperties(layout, area);
        IFolderLayout main = layout.createFolder("main", IPageLayout.LEFT, 0.8f, area); // $NON-NLS-1$
        main.addView(PerspectiveParts.THUMBNAILS);
        main.addView(PerspectiveParts.CLUSTERS);
        main.addView(PerspectiveParts.DUPLICATES);
        IFolderLayout bottom =
                layout.createFolder("bottom", IPageLayout.BOTTOM, 0.84f, "main"); // $NON-NLS-1$ //$NON-NLS-2$
        bottom.addView(PerspectiveParts.PROGRESS);
        bottom.addView(PerspectiveParts.CONSOLE);
        IFolderLayout beside = layout.createFolder("map", IPageLayout.RIGHT, 0.6f, "main"); // $NON-NLS-1$ //$NON-NLS-2$
        beside.addView(PerspectiveParts.MAP);
        beside.addView(PerspectiveParts.INSPECTOR);
        PerspectiveParts.help(layout);
        PerspectiveParts.shortcuts(layout);
    }
}
