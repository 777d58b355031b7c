package org.dinobench.app.workbench.tour;

import java.io.IOException;
import java.util.List;
import org.dinobench.ui.curator.model.CuratorModel;
import org.dinobench.ui.curator.model.DatasetContent;
import org.dinobench.ui.curator.model.ImageElement;
import org.dinobench.ui.curator.review.SimilarHandler;
import org.dinobench.ui.curator.view.DuplicatesView;
import org.dinobench.ui.curator.view.InspectorView;
import org.dinobench.ui.curator.view.MapView;
import org.dinobench.ui.curator.view.ThumbnailsView;
import org.eclipse.ui.WorkbenchException;

/** Stops in the Curate perspective, beside the views that it opens with. */
final class CurateStops {
    private final ScreenshotTour tour;

    CurateStops(ScreenshotTour tour) {
        this.tour = tour;
    }

    void light() throws IOException, WorkbenchException {
        threshold();
        inspector("inspector"); // $NON-NLS-1$
        similar();
        map();
    }

    void dark() throws IOException, WorkbenchException {
        inspector("inspector-dark"); // $NON-NLS-1$
    }

    /** The slider of the near-duplicates, moved up by a step where there is a histogram. */
    private void threshold() throws IOException, WorkbenchException {
        DuplicatesView view = (DuplicatesView) tour.page().showView(DuplicatesView.ID);
        tour.await(() -> view.rows() > 0);
        if (!view.effectWords().isEmpty()) {
            view.choose(0.8);
            tour.shoot("near-duplicates-threshold"); // $NON-NLS-1$
        }
    }

    private void inspector(String name) throws IOException, WorkbenchException {
        InspectorView view = (InspectorView) tour.page().showView(InspectorView.ID);
        List<ImageElement> images = images();
        if (!images.isEmpty()) {
            view.inspect(grouped(images));
            tour.await(() -> view.neighbours() > 0);
            tour.shoot(name);
        }
    }

    private void similar() throws IOException, WorkbenchException {
        ThumbnailsView view = (ThumbnailsView) tour.page().showView(ThumbnailsView.ID);
        List<ImageElement> images = images();
        if (!images.isEmpty()) {
            SimilarHandler.show(tour.page(), grouped(images));
            tour.await(() ->
                    CuratorModel.shared().likeness().isPresent() && view.grid().settled());
            tour.shoot("similar"); // $NON-NLS-1$
            CuratorModel.shared().setFocus(java.util.Set.of());
        }
    }

    private void map() throws IOException, WorkbenchException {
        MapView view = (MapView) tour.page().showView(MapView.ID);
        tour.await(() -> !view.shownMap().isEmpty());
        view.colourByNearness();
        tour.shoot("map-colours"); // $NON-NLS-1$
    }

    private static List<ImageElement> images() {
        return CuratorModel.shared().content().map(DatasetContent::images).orElse(List.of());
    }

    /** An image of which there is more to tell than of most: one of a near-duplicate group, where there are any. */
    private static ImageElement grouped(List<ImageElement> images) {
        return images.stream().filter(ImageElement::grouped).findFirst().orElse(images.get(0));
    }
}
