package org.dinobench.ui.curator.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.dinobench.core.catalog.Catalog;
import org.dinobench.core.catalog.CatalogFilter;
import org.dinobench.core.workspace.DatasetDirectory;
import org.dinobench.curator.Reviews;
import org.dinobench.ui.common.parts.CardCanvas;
import org.dinobench.ui.curator.curate.Curated;
import org.dinobench.ui.curator.model.Cluster;
import org.dinobench.ui.curator.model.ImageElement;
import org.dinobench.ui.curator.review.ClusterHandler;
import org.dinobench.ui.curator.review.ReviewOperation;
import org.dinobench.ui.testing.SampleWorkspace;
import org.dinobench.ui.testing.UiRobot;
import org.dinobench.ui.testing.Views;
import org.eclipse.core.commands.operations.OperationHistoryFactory;
import org.eclipse.e4.ui.model.application.ui.basic.MPart;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.IViewPart;
import org.eclipse.ui.handlers.IHandlerService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Decisions on clusters and thresholds in the real workbench, and taking them back. */
class ReviewTest {
    @TempDir
    private Path folder;

    private SampleWorkspace sample() throws Exception {
        return new SampleWorkspace(folder.resolve("w")).withShapes("shapes", folder.resolve("images"), 12);
    }

    private DatasetDirectory shapes() {
        return new DatasetDirectory(folder.resolve("w/datasets/shapes"));
    }

    @SuppressWarnings("unchecked") // the clusters view has one field of cards, of clusters
    private static CardCanvas<Cluster> cards(IViewPart view) {
        Composite widget = (Composite) view.getSite().getService(MPart.class).getWidget();
        return UiRobot.find(widget, CardCanvas.class, c -> true).orElseThrow();
    }

    private static void undo() throws Exception {
        assertTrue(OperationHistoryFactory.getOperationHistory()
                .undo(ReviewOperation.context(), null, null)
                .isOK());
    }

    private static void run(IViewPart view, String command) throws Exception {
        view.getSite().getService(IHandlerService.class).executeCommand(command, null);
    }

    @Test
    void clustersAreMergedRenamedAndDroppedAndAllOfItTakenBack() throws Exception {
        SampleWorkspace sample = sample();
        Catalog catalog = shapes().catalog();
        try (Views views = Views.on(sample.root())) {
            ClustersView view = views.open(ClustersView.ID, ClustersView.class);
            views.robot().waitUntil("clusters", () -> view.cards() > 2);
            int count = view.cards();
            CardCanvas<Cluster> cards = cards(view);
            assertTrue(view.clusters().get(0).spread().isPresent(), "how far its images lie apart");
            assertTrue(view.clusters().get(0).purity().getAsDouble() > 0.5);

            cards.setFocus();
            cards.choose(0);
            views.robot().key(cards, SWT.ARROW_RIGHT, 0);
            views.robot().key(cards, ' ', 0);
            views.robot().key(cards, SWT.ARROW_LEFT, 0);
            List<Cluster> picked = view.picked();
            assertEquals(2, picked.size(), "the chosen card and the marked one");
            views.picture(view, "clusters-marked");
            long images = picked.stream().mapToLong(c -> c.images().size()).sum();
            run(view, "org.dinobench.ui.curator.cluster.merge");
            views.robot().waitUntil("one cluster less", () -> view.cards() == count - 1);
            int into = picked.get(0).number();
            assertEquals(images, catalog.count(CatalogFilter.OK.withCluster(into)));
            assertEquals(1, Reviews.read(shapes()).merges().size());

            Cluster merged = view.clusters().stream()
                    .filter(c -> c.number() == into)
                    .findFirst()
                    .orElseThrow();
            ClusterHandler.rename(view.dataset(), merged, "Round and square");
            views.robot().waitUntil("the name", () -> view.clusters().stream()
                    .anyMatch(c -> c.name().equals("Round and square")));
            views.picture(view, "clusters-merged");

            cards.choose(0);
            Cluster gone = view.picked().get(0);
            run(view, "org.dinobench.ui.curator.cluster.drop");
            views.robot().waitUntil("its images are out", () -> view.clusters().stream()
                    .filter(c -> c.number() == gone.number())
                    .allMatch(c -> c.images().stream().noneMatch(i -> i.entry().keep())));
            assertTrue(catalog.all(CatalogFilter.OK.withCluster(gone.number())).stream()
                    .allMatch(e -> !e.keep() && e.reason().contains("dropped by hand")));

            undo();
            views.robot().waitUntil("they are back", () -> view.clusters().stream()
                    .filter(c -> c.number() == gone.number())
                    .anyMatch(c -> c.images().stream().anyMatch(i -> i.entry().keep())));
            undo();
            views.robot().waitUntil("no name", () -> view.clusters().stream()
                    .allMatch(c -> c.name().isEmpty()));
            undo();
            views.robot().waitUntil("all clusters", () -> view.cards() == count);
            assertEquals(Reviews.NONE, Reviews.read(shapes()));
            assertTrue(catalog.all(CatalogFilter.OK).stream().noneMatch(e -> e.decidedByPerson()));
        }
    }

    @Test
    void theThresholdSliderPreviewsGroupsAndTheirPrice() throws Exception {
        SampleWorkspace sample = sample();
        Curated.write(shapes(), "first");
        try (Views views = Views.on(sample.root())) {
            DuplicatesView view = views.open(DuplicatesView.ID, DuplicatesView.class);
            views.robot().waitUntil("the groups of the catalog", () -> view.rows() == 6);
            // six groups of equal files and five pairs that are near-duplicates at 0.5
            views.robot().waitUntil("the histogram", () -> view.effectWords().contains("11 groups"));
            view.choose(0.7);
            views.robot().waitUntil("three pairs and six equal files", () -> view.rows() == 9);
            assertTrue(view.effectWords().contains("9 groups"), view.effectWords());
            views.picture(view, "near-duplicates-threshold");
            view.choose(0.99);
            views.robot().waitUntil("equal files are left", () -> view.rows() == 6);
            view.choose(0.3);
            views.robot().waitUntil("nobody knows", () -> view.effectWords().contains("searched"));
            assertEquals(6, view.rows(), "the groups as they are");
            for (int i = 0; i < 5; i++) {
                views.robot().key(view.slider(), SWT.PAGE_UP, 0);
            }
            views.robot().waitUntil("moved by keys", () -> view.effectWords().contains("0.55"));
        }
    }

    @Test
    void damagedSimilaritiesLeaveTheGroupsAndAreExplained() throws Exception {
        SampleWorkspace sample = sample();
        java.nio.file.Files.writeString(
                Curated.write(shapes(), "first").resolve("similarities.json"), "{\"threshold\": ");
        try (Views views = Views.on(sample.root())) {
            DuplicatesView view = views.open(DuplicatesView.ID, DuplicatesView.class);
            views.robot().waitUntil("the groups", () -> view.rows() == 6);
            views.robot().waitUntil("the reason", () -> view.problemWords().contains("similarities.json"));
            assertEquals("", view.effectWords());
        }
    }

    @Test
    void keysOfTheThumbnailsDecideOnAllThatIsSelected() throws Exception {
        try (Views views = Views.on(sample().root())) {
            ThumbnailsView view = views.open(ThumbnailsView.ID, ThumbnailsView.class);
            views.robot().waitUntil("images", () -> view.grid().model().size() > 12);
            view.bar().setSearch("triangle");
            views.robot().waitUntil("triangles", () -> view.grid().model().size() == 12);
            view.grid().setFocus();
            views.robot().key(view.grid(), 'a', SWT.MOD1);
            assertEquals(12, view.grid().getStructuredSelection().size());
            run(view, "org.dinobench.ui.curator.drop");
            Catalog catalog = shapes().catalog();
            views.robot().waitUntil("all out", () -> dropped(view) == 12);
            assertEquals(12, view.grid().getStructuredSelection().size(), "the selection stays");
            run(view, "org.dinobench.ui.curator.keep");
            views.robot().waitUntil("all in", () -> dropped(view) == 0);
            undo();
            undo();
            views.robot().waitUntil("nobody decided", () -> elements(view)
                    .noneMatch(i -> i.entry().decidedByPerson()));
            assertFalse(
                    catalog.all(CatalogFilter.OK.withText("triangle")).stream().anyMatch(e -> e.decidedByPerson()));
        }
    }

    private static java.util.stream.Stream<ImageElement> elements(ThumbnailsView view) {
        return java.util.stream.IntStream.range(0, view.grid().model().size())
                .mapToObj(i -> (ImageElement) view.grid().model().element(i));
    }

    private static long dropped(ThumbnailsView view) {
        return elements(view).filter(i -> !i.entry().keep()).count();
    }
}
