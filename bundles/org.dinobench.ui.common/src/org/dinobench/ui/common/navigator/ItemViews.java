package org.dinobench.ui.common.navigator;

import org.dinobench.ui.common.workspace.ShowsItem;
import org.dinobench.ui.common.workspace.WorkspaceItem;
import org.eclipse.core.runtime.Adapters;
import org.eclipse.core.runtime.ILog;
import org.eclipse.ui.IViewPart;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PartInitException;

/** Which view shows which kind of item. */
public final class ItemViews {
    private ItemViews() {}

    /**
     * Opens the view for an item and shows the item in it.
     *
     * @param page the page
     * @param item the item
     */
    public static void open(IWorkbenchPage page, WorkspaceItem item) {
        String id =
                switch (item.kind()) {
                    case DATASET -> "org.dinobench.ui.curator.thumbnails"; // $NON-NLS-1$
                    case CURATION -> "org.dinobench.ui.curator.clusters"; // $NON-NLS-1$
                    case RUN -> "org.dinobench.ui.trainer.chart"; // $NON-NLS-1$
                    case EVALUATION, EXPORT -> "org.dinobench.ui.evaluation.report"; // $NON-NLS-1$
                };
        try {
            IViewPart view = page.showView(id);
            ShowsItem shows = Adapters.adapt(view, ShowsItem.class);
            if (shows != null) {
                shows.show(item);
            }
        } catch (PartInitException e) {
            ILog.of(ItemViews.class).error("The view " + id + " could not be opened", e); // $NON-NLS-1$ //$NON-NLS-2$
        }
    }
}
