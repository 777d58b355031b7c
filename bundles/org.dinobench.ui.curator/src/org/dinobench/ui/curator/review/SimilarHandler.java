package org.dinobench.ui.curator.review;

import java.io.IOException;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.ui.curator.Messages;
import org.dinobench.ui.curator.model.CuratorModel;
import org.dinobench.ui.curator.model.DatasetContent;
import org.dinobench.ui.curator.model.ImageElement;
import org.dinobench.ui.curator.model.Likeness;
import org.dinobench.ui.curator.model.SimilarImages;
import org.dinobench.ui.curator.view.ThumbnailsView;
import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.handlers.HandlerUtil;
import org.eclipse.ui.statushandlers.StatusManager;

/** Shows the images that are like the selected one, the most alike first, among the thumbnails. */
public final class SimilarHandler extends AbstractHandler {
    private static final int MOST = 200;

    @Override
    public Object execute(ExecutionEvent event) {
        Object first = HandlerUtil.getCurrentStructuredSelection(event).getFirstElement();
        if (first instanceof ImageElement image) {
            show(HandlerUtil.getActiveWorkbenchWindow(event).getActivePage(), image);
        }
        return null;
    }

    /**
     * Finds them in the background and narrows the views to them.
     *
     * @param page where the thumbnails are
     * @param image the image
     */
    public static void show(IWorkbenchPage page, ImageElement image) {
        DatasetContent content = CuratorModel.shared().content().orElse(null);
        if (content == null || !content.dataset().equals(image.dataset())) {
            return;
        }
        Display display = page.getWorkbenchWindow().getShell().getDisplay();
        Job.create(NLS.bind(Messages.Similar_Job, image.name()), monitor -> {
                    try {
                        Likeness found = new SimilarImages(content).to(image, MOST);
                        if (!display.isDisposed()) {
                            display.asyncExec(() -> show(page, content, found));
                        }
                        return Status.OK_STATUS;
                    } catch (IOException | BadInputException e) {
                        StatusManager.getManager()
                                .handle(Status.warning(e.getMessage()), StatusManager.SHOW | StatusManager.LOG);
                        return Status.OK_STATUS;
                    }
                })
                .schedule();
    }

    private static void show(IWorkbenchPage page, DatasetContent content, Likeness found) {
        if (!content.dataset()
                .equals(CuratorModel.shared()
                        .content()
                        .map(DatasetContent::dataset)
                        .orElse(null))) {
            return;
        }
        CuratorModel.shared().setLikeness(found);
        try {
            page.showView(ThumbnailsView.ID);
        } catch (PartInitException e) {
            ILog.of(SimilarHandler.class).error("The thumbnails could not be opened", e); // $NON-NLS-1$
        }
    }
}
