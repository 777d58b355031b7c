package org.dinobench.ui.curator.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.dinobench.core.catalog.CatalogFilter;
import org.dinobench.core.workspace.DatasetDirectory;
import org.dinobench.ui.common.theme.Themes;
import org.dinobench.ui.curator.model.ImageElement;
import org.dinobench.ui.testing.SampleWorkspace;
import org.dinobench.ui.testing.Screenshots;
import org.dinobench.ui.testing.UiRobot;
import org.dinobench.ui.testing.Views;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Control;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CuratorViewsTest {
    private static final int SHAPES = 6 * 12 + 6;

    @TempDir
    private Path folder;

    private SampleWorkspace sample() throws Exception {
        return new SampleWorkspace(folder.resolve("w")).withShapes("shapes", folder.resolve("images"), 12);
    }

    @Test
    void thumbnailsShowFilterAndSelectTheImagesOfADataset() throws Exception {
        try (Views views = Views.on(sample().root())) {
            ThumbnailsView view = views.open(ThumbnailsView.ID, ThumbnailsView.class);
            views.robot().waitUntil("all images", () -> view.grid().model().size() == SHAPES);
            views.robot().waitUntil("their pictures", view.grid()::settled);
            assertTrue(Screenshots.colours(views.picture(view, "thumbnails")) > 500, "no pictures were drawn");
            view.bar().setSearch("triangle");
            views.robot().waitUntil("triangles", () -> view.grid().model().size() == 12);
            view.grid().setFocus();
            views.robot().key(view.grid(), SWT.ARROW_RIGHT, 0);
            Object selected = views.page().getSelection() instanceof org.eclipse.jface.viewers.IStructuredSelection s
                    ? s.getFirstElement()
                    : null;
            assertTrue(selected instanceof ImageElement i && i.entry().label().equals("triangle"), "" + selected);
            view.bar().setSearch("nothing has this name");
            views.robot().waitUntil("nothing", () -> view.grid().model().size() == 0);
            views.picture(view, "thumbnails-no-match");
            view.bar().clear();
            views.robot().waitUntil("all again", () -> view.grid().model().size() == SHAPES);
            Themes.setDark(true);
            views.picture(view, "thumbnails-dark");
            Themes.setDark(false);
        }
    }

    @Test
    void clustersAreCardsThatOpenTheirImages() throws Exception {
        SampleWorkspace sample = sample();
        long clusters = new DatasetDirectory(sample.root().resolve("datasets/shapes"))
                .catalog()
                .clusters(CatalogFilter.OK)
                .size();
        try (Views views = Views.on(sample.root())) {
            ClustersView view = views.open(ClustersView.ID, ClustersView.class);
            views.robot().waitUntil("all clusters", () -> view.cards() == clusters);
            views.robot().settle(500);
            views.picture(view, "clusters");
            Control cards = cards(view);
            views.robot().doubleClick(cards, 40, 60);
            ThumbnailsView thumbnails = (ThumbnailsView) views.page().findView(ThumbnailsView.ID);
            views.robot().waitUntil("images of one cluster", () -> {
                int n = thumbnails.grid().model().size();
                return n > 0 && n < SHAPES;
            });
            ImageElement first = (ImageElement) thumbnails.grid().model().element(0);
            ImageElement last = (ImageElement)
                    thumbnails.grid().model().element(thumbnails.grid().model().size() - 1);
            assertEquals(first.entry().cluster(), last.entry().cluster());
        }
    }

    private static Control cards(DatasetView view) {
        var part = view.getSite().getService(org.eclipse.e4.ui.model.application.ui.basic.MPart.class);
        return UiRobot.find(
                        (org.eclipse.swt.widgets.Composite) part.getWidget(),
                        org.dinobench.ui.common.parts.CardCanvas.class,
                        c -> true)
                .orElseThrow();
    }

    @Test
    void duplicatesPutConflictsFirstAndKeysDecideWithUndo() throws Exception {
        SampleWorkspace sample = sample();
        var catalog = new DatasetDirectory(sample.root().resolve("datasets/shapes")).catalog();
        try (Views views = Views.on(sample.root())) {
            DuplicatesView view = views.open(DuplicatesView.ID, DuplicatesView.class);
            views.robot().waitUntil("six groups", () -> view.rows() == 6);
            views.robot().settle(500);
            views.picture(view, "near-duplicates");
            DuplicateRows rows = (DuplicateRows) cards(view);
            assertTrue(rows.cards().get(0).conflicting() && rows.cards().get(2).conflicting());
            assertFalse(rows.cards().get(3).conflicting(), "conflicting groups are not first");
            ImageElement dropped = rows.cards().get(0).images().get(1);
            assertFalse(dropped.entry().keep());
            // the second picture of the first row
            views.robot().click(rows, 12 + 116 + 108 + 40, 12 + 50, 0);
            views.robot().key(rows, 'k', 0);
            long id = dropped.entry().id();
            views.robot().waitUntil("the decision in the view", () -> rows.cards().get(0).images().stream()
                    .allMatch(i -> i.entry().keep()));
            assertTrue(catalog.find(id).orElseThrow().decidedByPerson());
            var history = org.eclipse.core.commands.operations.OperationHistoryFactory.getOperationHistory();
            assertTrue(history.undo(view.undoContext(), null, null).isOK());
            views.robot().waitUntil("the decision taken back", () -> rows.cards().get(0).images().stream()
                    .anyMatch(i -> !i.entry().keep()));
            assertFalse(catalog.find(id).orElseThrow().decidedByPerson());
            assertEquals(SHAPES, catalog.count(CatalogFilter.OK));
        }
    }

    @Test
    void withoutDatasetEveryViewSaysWhatToDo() throws Exception {
        try (Views views = Views.on(new SampleWorkspace(folder.resolve("w")).root())) {
            for (String id : new String[] {ThumbnailsView.ID, ClustersView.ID, DuplicatesView.ID}) {
                DatasetView view = views.open(id, DatasetView.class);
                views.robot()
                        .waitUntil("advice of " + id, () -> view.emptyWords().contains("Import"));
                views.picture(view, "empty-" + id);
            }
        }
    }

    @Test
    void aDamagedCatalogIsExplained() throws Exception {
        SampleWorkspace sample = new SampleWorkspace(folder.resolve("w")).withBrokenDataset("torn");
        try (Views views = Views.on(sample.root())) {
            ThumbnailsView view = views.open(ThumbnailsView.ID, ThumbnailsView.class);
            views.robot().waitUntil("the reason", () -> view.emptyWords().contains("torn cannot be shown"));
            views.picture(view, "thumbnails-damaged");
        }
    }
}
