package org.dinobench.app.workbench.perspective;

import org.eclipse.ui.IFolderLayout;
import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.IPlaceholderFolderLayout;

/** The views that perspectives are made of. */
final class PerspectiveParts {
    static final String NAVIGATOR = "org.dinobench.ui.common.navigator"; // $NON-NLS-1$
    static final String THUMBNAILS = "org.dinobench.ui.curator.thumbnails"; // $NON-NLS-1$
    static final String CLUSTERS = "org.dinobench.ui.curator.clusters"; // $NON-NLS-1$
    static final String DUPLICATES = "org.dinobench.ui.curator.duplicates"; // $NON-NLS-1$
    static final String MAP = "org.dinobench.ui.curator.map"; // $NON-NLS-1$
    static final String INSPECTOR = "org.dinobench.ui.curator.inspector"; // $NON-NLS-1$
    static final String RUNS = "org.dinobench.ui.trainer.runs"; // $NON-NLS-1$
    static final String CHART = "org.dinobench.ui.trainer.chart"; // $NON-NLS-1$
    static final String HEALTH = "org.dinobench.ui.trainer.health"; // $NON-NLS-1$
    static final String RESOURCES = "org.dinobench.ui.trainer.resources"; // $NON-NLS-1$
    static final String CHECKPOINTS = "org.dinobench.ui.trainer.checkpoints"; // $NON-NLS-1$
    static final String LOSSES = "org.dinobench.ui.losses.configurator"; // $NON-NLS-1$
    static final String REPORT = "org.dinobench.ui.evaluation.report"; // $NON-NLS-1$
    static final String LOOK = "org.dinobench.ui.evaluation.look"; // $NON-NLS-1$
    static final String CONSOLE = "org.eclipse.ui.console.ConsoleView"; // $NON-NLS-1$
    static final String HELP = "org.dinobench.ui.help.view"; // $NON-NLS-1$
    static final String CHEAT_SHEETS = "org.dinobench.ui.help.sheet"; // $NON-NLS-1$
    static final String PROGRESS = IPageLayout.ID_PROGRESS_VIEW;

    private static final String[] ALL = {
        NAVIGATOR,
        THUMBNAILS,
        CLUSTERS,
        DUPLICATES,
        MAP,
        INSPECTOR,
        RUNS,
        CHECKPOINTS,
        CHART,
        HEALTH,
        RESOURCES,
        LOSSES,
        REPORT,
        LOOK,
        CONSOLE,
        PROGRESS,
        HELP,
        IPageLayout.ID_PROP_SHEET
    };

    private PerspectiveParts() {}

    /** The left column: what there is, and under it the facts about what is selected. */
    static void navigatorAndProperties(IPageLayout layout, String area) {
        IFolderLayout left = layout.createFolder("left", IPageLayout.LEFT, 0.22f, area); // $NON-NLS-1$
        left.addView(NAVIGATOR);
        IFolderLayout below =
                layout.createFolder("facts", IPageLayout.BOTTOM, 0.58f, "left"); // $NON-NLS-1$ //$NON-NLS-2$
        below.addView(IPageLayout.ID_PROP_SHEET);
        layout.getViewLayout(NAVIGATOR).setCloseable(false);
    }

    /** Room for help at the right side, taken only while help is open. */
    static void help(IPageLayout layout) {
        IPlaceholderFolderLayout help =
                layout.createPlaceholderFolder("help", IPageLayout.RIGHT, 0.72f, "main"); // $NON-NLS-1$ //$NON-NLS-2$
        help.addPlaceholder(HELP);
        help.addPlaceholder(CHEAT_SHEETS);
    }

    static void shortcuts(IPageLayout layout) {
        for (String view : ALL) {
            layout.addShowViewShortcut(view);
        }
        layout.addPerspectiveShortcut(CuratePerspective.ID);
        layout.addPerspectiveShortcut(TrainPerspective.ID);
        layout.addPerspectiveShortcut(EvaluatePerspective.ID);
    }
}
