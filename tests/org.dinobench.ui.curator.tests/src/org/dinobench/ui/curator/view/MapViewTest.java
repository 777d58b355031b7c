package org.dinobench.ui.curator.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.dinobench.core.workspace.DatasetDirectory;
import org.dinobench.curator.map.EmbeddingMap;
import org.dinobench.ui.common.theme.Themes;
import org.dinobench.ui.curator.model.CuratorModel;
import org.dinobench.ui.curator.model.DatasetContent;
import org.dinobench.ui.curator.model.ImageElement;
import org.dinobench.ui.testing.SampleWorkspace;
import org.dinobench.ui.testing.UiRobot;
import org.dinobench.ui.testing.Views;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MapViewTest {
    private static final int PLACES = 6 * 12;
    private static final double STALL_MILLIS = 100;

    @TempDir
    private Path folder;

    private SampleWorkspace sample() throws Exception {
        return new SampleWorkspace(folder.resolve("w")).withShapes("shapes", folder.resolve("images"), 12);
    }

    private static void drag(UiRobot robot, MapCanvas canvas, int[]... path) {
        for (int i = 0; i < path.length; i++) {
            Event event = new Event();
            event.x = path[i][0];
            event.y = path[i][1];
            event.button = 1;
            int type = i == 0 ? SWT.MouseDown : i == path.length - 1 ? SWT.MouseUp : SWT.MouseMove;
            canvas.notifyListeners(type, event);
        }
        robot.handleAll();
    }

    @Test
    void aBoxOnTheMapNarrowsTheThumbnailsAndTheyMarkTheMap() throws Exception {
        Path root = sample().withEmbeddings("shapes").root();
        try (Views views = Views.on(root)) {
            ThumbnailsView thumbnails = views.open(ThumbnailsView.ID, ThumbnailsView.class);
            views.robot().waitUntil("images", () -> thumbnails.grid().model().size() > 0);
            int all = thumbnails.grid().model().size();
            MapView view = views.open(MapView.ID, MapView.class);
            views.robot().waitUntil("the map", () -> view.shownMap().equals("Principal components"));
            views.picture(view, "map");
            MapCanvas canvas = view.canvas();
            int w = canvas.getSize().x;
            int h = canvas.getSize().y;
            drag(views.robot(), canvas, new int[] {0, 0}, new int[] {w / 2, h}, new int[] {w / 2, h});
            int chosen = canvas.selected().cardinality();
            assertTrue(chosen > 1 && chosen < all, chosen + " of " + all);
            views.robot()
                    .waitUntil(
                            "the same images", () -> thumbnails.grid().model().size() == chosen);
            views.picture(view, "map-chosen");
            canvas.setLasso(true);
            int x = canvas.screenX(5);
            int y = canvas.screenY(5);
            drag(
                    views.robot(),
                    canvas,
                    new int[] {x - 8, y - 8},
                    new int[] {x + 8, y - 8},
                    new int[] {x + 8, y + 8},
                    new int[] {x - 8, y + 8});
            assertTrue(canvas.selected().get(5), "the point inside the lasso");
            views.robot().key(canvas, SWT.ESC, 0);
            views.robot()
                    .waitUntil("all images", () -> thumbnails.grid().model().size() == all);
            views.page().activate(thumbnails);
            thumbnails
                    .grid()
                    .setSelection(
                            new StructuredSelection(thumbnails.grid().model().element(3)));
            views.robot().waitUntil("the mark", () -> canvas.selected().cardinality() == 1);
            Themes.setDark(true);
            views.picture(view, "map-dark");
            Themes.setDark(false);
        } finally {
            CuratorModel.shared().setFocus(java.util.Set.of());
        }
    }

    @Test
    void whatIsMissingOrDamagedIsExplained() throws Exception {
        SampleWorkspace sample = sample();
        try (Views views = Views.on(sample.root())) {
            MapView view = views.open(MapView.ID, MapView.class);
            views.robot().waitUntil("the advice", () -> view.emptyWords().contains("shapes has no embeddings yet"));
            views.picture(view, "map-empty");
        }
        sample.withEmbeddings("shapes");
        Path tsne = EmbeddingMap.tsneFile(sample.root().resolve("datasets/shapes"), "drawn");
        try (Views views = Views.on(sample.root())) {
            MapView view = views.open(MapView.ID, MapView.class);
            views.robot().waitUntil("the map", () -> view.shownMap().equals("Principal components"));
            view.choose(true);
            views.robot().waitUntil("no map", () -> view.noMapWords().contains("shapes has no t-SNE map yet"));
            views.picture(view, "map-no-tsne");
            Files.createDirectories(tsne.getParent());
            Files.writeString(tsne, "hash,x,y\nno line of a map\n");
            view.choose(true);
            views.robot().waitUntil("the reason", () -> view.noMapWords().contains("cannot be read"));
            views.picture(view, "map-damaged");
        }
    }

    @Test
    void aHundredThousandPointsPanWithoutAStall() throws Exception {
        Path root = sample().withEmbeddings("shapes").root();
        try (Views views = Views.on(root)) {
            MapView view = views.open(MapView.ID, MapView.class);
            views.robot().waitUntil("the map", () -> view.shownMap().equals("Principal components"));
            MapCanvas canvas = view.canvas();
            MapPoints many = many(DatasetContent.read(new DatasetDirectory(root.resolve("datasets/shapes"))));
            canvas.show(many, Colouring.LABEL.of(many));
            views.robot().settle(1000);
            views.robot().startMeasuring();
            for (int i = 0; i < 20; i++) {
                canvas.pan(9, -4);
                views.robot().handleAll();
                views.robot().settle(20);
            }
            double cpu = views.robot().worstCpuMillis();
            System.out.printf(
                    "Panning 100,000 points: worst turn %.0f ms of CPU, %.0f ms by the clock%n",
                    cpu, views.robot().worstMillis());
            views.picture(view, "map-100000");
            assertTrue(cpu < STALL_MILLIS, "a turn took " + cpu + " ms");
            canvas.mark(new BitSet());
            assertEquals(100_000, many.size());
        }
    }

    @Test
    void everyColumnColoursThePoints() throws Exception {
        Path root = sample().withEmbeddings("shapes").root();
        try (Views views = Views.on(root)) {
            MapView view = views.open(MapView.ID, MapView.class);
            views.robot().waitUntil("the map", () -> view.shownMap().equals("Principal components"));
            MapPoints points = many(CuratorModel.shared().content().orElseThrow());
            for (Colouring column : Colouring.values()) {
                Colouring.Colours colours = column.of(points);
                assertEquals(points.size(), colours.indices().length, column.title());
                assertTrue(colours.names().size() <= 10, column.title());
                boolean named = column != Colouring.SPLIT;
                assertEquals(named, !colours.names().isEmpty(), column.title());
                view.colour(column);
            }
            Colouring.Colours near = Colouring.NEARNESS.of(points);
            assertTrue(near.scale());
            for (int step = 0; step < 5; step++) {
                int wanted = step;
                long count = java.util.Arrays.stream(near.indices())
                        .filter(i -> i == wanted)
                        .count();
                assertTrue(count > 10_000 && count < 30_000, count + " in step " + step);
            }
            assertEquals("kept", Colouring.DECISION.of(points).names().get(0));
            views.picture(view, "map-nearness");
        }
    }

    private static MapPoints many(DatasetContent content) {
        Random random = new Random(1);
        List<ImageElement> images = new ArrayList<>();
        float[] x = new float[100_000];
        float[] y = new float[100_000];
        for (int i = 0; i < x.length; i++) {
            int which = random.nextInt(PLACES);
            images.add(content.images().get(which));
            x[i] = (float) (0.5 + 0.1 * random.nextGaussian() + 0.25 * Math.cos(which / 12));
            y[i] = (float) (0.5 + 0.1 * random.nextGaussian() + 0.25 * Math.sin(which / 12));
        }
        return new MapPoints(content, images, x, y);
    }
}
