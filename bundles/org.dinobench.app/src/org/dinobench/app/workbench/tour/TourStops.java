package org.dinobench.app.workbench.tour;

import java.io.IOException;
import org.dinobench.app.workbench.command.QuickstartWizard;
import org.dinobench.app.workbench.perspective.CuratePerspective;
import org.dinobench.app.workbench.perspective.EvaluatePerspective;
import org.dinobench.app.workbench.perspective.TrainPerspective;
import org.dinobench.ui.common.workspace.ItemKind;
import org.dinobench.ui.curator.view.ClustersView;
import org.dinobench.ui.curator.view.DuplicatesView;
import org.dinobench.ui.curator.view.ThumbnailsView;
import org.dinobench.ui.curator.wizard.ImportWizard;
import org.dinobench.ui.losses.view.LossesView;
import org.dinobench.ui.trainer.checkpoints.CheckpointsView;
import org.dinobench.ui.trainer.health.HealthView;
import org.dinobench.ui.trainer.wizard.NewRunWizard;
import org.eclipse.ui.WorkbenchException;

/** What the tour shows, in its order. */
final class TourStops {
    private final ScreenshotTour tour;

    TourStops(ScreenshotTour tour) {
        this.tour = tour;
    }

    void light() throws IOException, WorkbenchException {
        tour.perspective(CuratePerspective.ID);
        tour.select(ItemKind.DATASET);
        thumbnails();
        tour.shoot("workbench"); // $NON-NLS-1$
        tour.page().showView(ClustersView.ID);
        tour.shoot("clusters"); // $NON-NLS-1$
        tour.page().showView(DuplicatesView.ID);
        tour.shoot("near-duplicates"); // $NON-NLS-1$
        tour.perspective(TrainPerspective.ID);
        tour.select(ItemKind.RUN);
        tour.shoot("train"); // $NON-NLS-1$
        tour.page().showView(CheckpointsView.ID);
        tour.page().showView(HealthView.ID);
        tour.shoot("health"); // $NON-NLS-1$
        tour.page().showView(LossesView.ID);
        tour.shoot("losses"); // $NON-NLS-1$
        tour.perspective(EvaluatePerspective.ID);
        tour.select(ItemKind.EVALUATION);
        tour.shoot("evaluate"); // $NON-NLS-1$
    }

    void dark() throws IOException, WorkbenchException {
        tour.perspective(CuratePerspective.ID);
        tour.select(ItemKind.DATASET);
        thumbnails();
        tour.shoot("curate-dark"); // $NON-NLS-1$
        tour.perspective(TrainPerspective.ID);
        tour.select(ItemKind.RUN);
        tour.shoot("train-dark"); // $NON-NLS-1$
        tour.perspective(EvaluatePerspective.ID);
        tour.select(ItemKind.EVALUATION);
        tour.shoot("evaluate-dark"); // $NON-NLS-1$
    }

    void wizards() throws IOException {
        tour.wizard(new QuickstartWizard(), "wizard-quickstart"); // $NON-NLS-1$
        tour.wizard(new ImportWizard(), "wizard-import"); // $NON-NLS-1$
        tour.wizard(new NewRunWizard(), "wizard-new-run"); // $NON-NLS-1$
    }

    private void thumbnails() throws WorkbenchException {
        ThumbnailsView view = (ThumbnailsView) tour.page().showView(ThumbnailsView.ID);
        tour.await(() -> view.grid().model().size() > 0);
    }
}
