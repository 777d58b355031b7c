package org.dinobench.app.workbench.tour;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dinobench.app.workbench.command.QuickstartWizard;
import org.dinobench.app.workbench.perspective.CuratePerspective;
import org.dinobench.app.workbench.perspective.EvaluatePerspective;
import org.dinobench.app.workbench.perspective.TrainPerspective;
import org.dinobench.core.workspace.RunDirectory;
import org.dinobench.ui.common.workspace.ActiveWorkspace;
import org.dinobench.ui.common.workspace.ItemKind;
import org.dinobench.ui.common.workspace.PictureFile;
import org.dinobench.ui.common.workspace.WorkspaceItem;
import org.dinobench.ui.curator.curate.CurateWizard;
import org.dinobench.ui.curator.model.ImageElement;
import org.dinobench.ui.curator.view.ClustersView;
import org.dinobench.ui.curator.view.DuplicatesView;
import org.dinobench.ui.curator.view.MapView;
import org.dinobench.ui.curator.view.ThumbnailsView;
import org.dinobench.ui.curator.wizard.ImportWizard;
import org.dinobench.ui.evaluation.look.LookView;
import org.dinobench.ui.evaluation.view.ReportView;
import org.dinobench.ui.evaluation.wizard.EvaluateWizard;
import org.dinobench.ui.evaluation.wizard.ExportWizard;
import org.dinobench.ui.losses.view.LossesView;
import org.dinobench.ui.trainer.chart.LossChartView;
import org.dinobench.ui.trainer.checkpoints.CheckpointsView;
import org.dinobench.ui.trainer.editor.SpecEditor;
import org.dinobench.ui.trainer.editor.SpecEditors;
import org.dinobench.ui.trainer.health.HealthView;
import org.dinobench.ui.trainer.resources.ResourcesView;
import org.dinobench.ui.trainer.wizard.NewRunWizard;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.ui.IWorkbenchPartReference;
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
        ClustersView clusters = (ClustersView) tour.page().showView(ClustersView.ID);
        tour.await(() -> clusters.cards() > 0);
        tour.shoot("clusters"); // $NON-NLS-1$
        tour.page().showView(DuplicatesView.ID);
        tour.shoot("near-duplicates"); // $NON-NLS-1$
        new CurateStops(tour).light();
        tour.perspective(TrainPerspective.ID);
        train();
        tour.shoot("train"); // $NON-NLS-1$
        CheckpointsView checkpoints = (CheckpointsView) tour.page().showView(CheckpointsView.ID);
        HealthView health = (HealthView) tour.page().showView(HealthView.ID);
        tour.await(
                () -> !health.findings().isEmpty() && checkpoints.emptyWords().isEmpty());
        tour.shoot("health"); // $NON-NLS-1$
        ResourcesView resources = (ResourcesView) tour.page().showView(ResourcesView.ID);
        // of a run that has recorded some; those of earlier versions have not
        ActiveWorkspace.get().snapshot().of(ItemKind.RUN).stream()
                .filter(run -> Files.isDirectory(run.folder().resolve("resources"))) // $NON-NLS-1$
                .findFirst()
                .ifPresent(resources::show);
        tour.await(() -> !resources.ranks().isEmpty() || !resources.emptyWords().isEmpty());
        tour.shoot("resources"); // $NON-NLS-1$
        LossesView losses = (LossesView) tour.page().showView(LossesView.ID);
        tour.shoot("losses"); // $NON-NLS-1$
        losses.showCurves();
        tour.shoot("losses-curves"); // $NON-NLS-1$
        spec("spec"); // $NON-NLS-1$
        tour.perspective(EvaluatePerspective.ID);
        evaluation();
        tour.shoot("evaluate"); // $NON-NLS-1$
        LookView look = (LookView) tour.page().showView(LookView.ID);
        look.show(some(12));
        tour.await(look::looking);
        tour.shoot("attention"); // $NON-NLS-1$
        look.choose(false);
        tour.await(() -> look.pairs() > 0);
        tour.shoot("components"); // $NON-NLS-1$
        look.choose(true);
    }

    void dark() throws IOException, WorkbenchException {
        tour.perspective(CuratePerspective.ID);
        tour.select(ItemKind.DATASET);
        thumbnails();
        tour.shoot("curate-dark"); // $NON-NLS-1$
        new CurateStops(tour).dark();
        tour.perspective(TrainPerspective.ID);
        train();
        tour.shoot("train-dark"); // $NON-NLS-1$
        spec("spec-dark"); // $NON-NLS-1$
        tour.perspective(EvaluatePerspective.ID);
        evaluation();
        tour.shoot("evaluate-dark"); // $NON-NLS-1$
    }

    void wizards() throws IOException {
        tour.wizard(new QuickstartWizard(), "wizard-quickstart"); // $NON-NLS-1$
        tour.wizard(new ImportWizard(), "wizard-import"); // $NON-NLS-1$
        tour.wizard(new CurateWizard(), "wizard-curate"); // $NON-NLS-1$
        tour.wizard(new NewRunWizard(), "wizard-new-run"); // $NON-NLS-1$
        tour.wizard(new EvaluateWizard(), "wizard-evaluate"); // $NON-NLS-1$
        tour.wizard(new ExportWizard(), "wizard-export"); // $NON-NLS-1$
    }

    /** Some images that curation kept, from all over the dataset. */
    private List<PictureFile> some(int count) throws WorkbenchException {
        ThumbnailsView view = (ThumbnailsView) tour.page().findView(ThumbnailsView.ID);
        tour.await(() -> view.grid().model().size() > 0);
        List<Object> kept = new ArrayList<>();
        for (int i = 0; i < view.grid().model().size(); i++) {
            if (view.grid().model().element(i) instanceof ImageElement image
                    && image.entry().keep()) {
                kept.add(image);
            }
        }
        List<Object> chosen = new ArrayList<>();
        for (int i = 0; i < Math.min(count, kept.size()); i++) {
            chosen.add(kept.get((int) ((i + 0.5) * kept.size() / count)));
        }
        return PictureFile.of(new StructuredSelection(chosen));
    }

    private void train() throws WorkbenchException {
        tour.select(ItemKind.RUN);
        LossChartView chart = (LossChartView) tour.page().showView(LossChartView.ID);
        tour.await(() -> chart.chart().drawnPoints() > 0);
    }

    /** The spec of a run as form and as source. */
    private void spec(String name) throws IOException {
        Optional<WorkspaceItem> run = tour.select(ItemKind.RUN);
        if (run.isEmpty()) {
            return;
        }
        SpecEditors.open(RunDirectory.open(run.get().folder()).specFile());
        if (tour.page().getActiveEditor() instanceof SpecEditor editor) {
            IWorkbenchPartReference reference = tour.page().getReference(editor);
            tour.page().toggleZoom(reference);
            editor.form().choose("teacher"); // $NON-NLS-1$
            tour.shoot(name + "-form"); // $NON-NLS-1$
            editor.show(true);
            tour.shoot(name + "-source"); // $NON-NLS-1$
            tour.page().toggleZoom(reference);
            tour.page().closeEditor(editor, false);
        }
    }

    private void evaluation() throws WorkbenchException {
        tour.select(ItemKind.EVALUATION);
        ReportView report = (ReportView) tour.page().showView(ReportView.ID);
        tour.await(() -> report.emptyWords().isEmpty());
    }

    private void thumbnails() throws WorkbenchException {
        ThumbnailsView view = (ThumbnailsView) tour.page().showView(ThumbnailsView.ID);
        tour.await(() -> view.grid().model().size() > 0 && view.grid().settled());
        MapView map = (MapView) tour.page().findView(MapView.ID);
        tour.await(() -> map == null || !map.shownMap().isEmpty());
    }
}
