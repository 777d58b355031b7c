package org.dinobench.ui.curator.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.dinobench.core.workspace.DatasetDirectory;
import org.dinobench.imaging.RgbImage;
import org.dinobench.ui.common.theme.Themes;
import org.dinobench.ui.curator.model.CuratorModel;
import org.dinobench.ui.curator.model.ImageElement;
import org.dinobench.ui.testing.SampleWorkspace;
import org.dinobench.ui.testing.Screenshots;
import org.dinobench.ui.testing.UiRobot;
import org.dinobench.ui.testing.Views;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Event;
import org.eclipse.ui.handlers.IHandlerService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectorViewTest {
    private static final double STALL_MILLIS = 100;

    @TempDir
    private Path folder;

    private SampleWorkspace sample() throws Exception {
        return new SampleWorkspace(folder.resolve("w"))
                .withShapes("shapes", folder.resolve("images"), 12)
                .withEmbeddings("shapes");
    }

    private static ImageElement image(String part) {
        return CuratorModel.shared().content().orElseThrow().images().stream()
                .filter(i -> i.entry().path().contains(part))
                .findFirst()
                .orElseThrow();
    }

    private static void point(UiRobot robot, PixelCanvas canvas, int x, int y) {
        Event event = new Event();
        event.x = x;
        event.y = y;
        canvas.notifyListeners(SWT.MouseMove, event);
        robot.handleAll();
    }

    @Test
    void theInspectorFollowsTheSelectionAndTellsAllOfAnImage() throws Exception {
        try (Views views = Views.on(sample().root())) {
            ThumbnailsView thumbnails = (ThumbnailsView) views.page().showView(ThumbnailsView.ID);
            InspectorView view = (InspectorView) views.page().showView(InspectorView.ID);
            views.robot().waitUntil("images", () -> thumbnails.grid().model().size() > 0);
            assertTrue(view.noImageWords().contains("Select an image"), view.noImageWords());

            views.page().activate(thumbnails);
            thumbnails.grid().setSelection(new StructuredSelection(image("again-3.png")));
            views.robot().waitUntil("the image", () -> view.noImageWords().isEmpty());
            views.robot().waitUntil("its neighbours", () -> view.neighbours() == 24);
            assertTrue(view.whyWords().startsWith("Out: near-duplicate")
                    || view.whyWords().startsWith("In: stands"));
            assertTrue(view.factLines().contains("EXIF orientation=1 (upright)"), "" + view.factLines());
            assertTrue(view.factLines().stream().anyMatch(l -> l.startsWith("SHA-256=")));
            assertTrue(view.factLines().stream().anyMatch(l -> l.startsWith("Near-duplicate group=")));
            assertTrue(view.factLines().stream().anyMatch(l -> l.startsWith("Cluster=")));

            views.open(InspectorView.ID, InspectorView.class);
            views.robot().settle(300);
            PixelCanvas pixels = view.pixels();
            int w = pixels.getSize().x;
            int h = pixels.getSize().y;
            point(views.robot(), pixels, w / 2, h / 2);
            assertTrue(
                    view.pixelWords().matches("x \\d+, y \\d+: red \\d+, green \\d+, blue \\d+ \\(#.{6}\\)"),
                    view.pixelWords());
            double fitted = pixels.zoom();
            for (int i = 0; i < 8; i++) {
                views.robot().key(pixels, '+', 0);
            }
            assertTrue(pixels.zoom() > 4 * fitted, fitted + " to " + pixels.zoom());
            assertTrue(Screenshots.colours(views.picture(view, "inspector-zoomed")) > 20);
            views.robot().key(pixels, '1', 0);
            assertEquals(1, pixels.zoom(), 1e-9);
            views.robot().key(pixels, '0', 0);
            assertEquals(fitted, pixels.zoom(), 1e-9);
            point(views.robot(), pixels, 2, 2);
            views.picture(view, "inspector");
            Themes.setDark(true);
            views.picture(view, "inspector-dark");
            Themes.setDark(false);
        }
    }

    @Test
    void imagesLikeOneComeByTheirLikeness() throws Exception {
        try (Views views = Views.on(sample().root())) {
            ThumbnailsView view = views.open(ThumbnailsView.ID, ThumbnailsView.class);
            views.robot().waitUntil("images", () -> view.grid().model().size() > 0);
            int all = view.grid().model().size();
            ImageElement image = image("triangle-004.png");
            view.grid().setSelection(new StructuredSelection(image));
            view.getSite().getService(IHandlerService.class).executeCommand("org.dinobench.ui.curator.similar", null);
            views.robot()
                    .waitUntil(
                            "the image itself first",
                            () -> CuratorModel.shared().likeness().isPresent()
                                    && ((ImageElement) view.grid().model().element(0))
                                                    .entry()
                                                    .id()
                                            == image.entry().id());
            // vectors of a label lie together
            for (int i = 0; i < 12; i++) {
                assertEquals(
                        "triangle",
                        ((ImageElement) view.grid().model().element(i)).entry().label(),
                        "place " + i);
            }
            views.picture(view, "thumbnails-similar");
            CuratorModel.shared().setFocus(Set.of());
            views.robot().waitUntil("all again", () -> view.grid().model().size() == all);
            assertTrue(CuratorModel.shared().likeness().isEmpty());
        }
    }

    @Test
    void withoutVectorsWithBrokenFilesAndVectorsTheInspectorSaysWhy() throws Exception {
        Path root = new SampleWorkspace(folder.resolve("w"))
                .withShapes("shapes", folder.resolve("images"), 12)
                .root();
        try (Views views = Views.on(root)) {
            InspectorView view = views.open(InspectorView.ID, InspectorView.class);
            views.robot()
                    .waitUntil(
                            "the dataset", () -> CuratorModel.shared().content().isPresent());
            view.inspect(image("no-picture.png"));
            assertTrue(view.whyWords().contains("does not decode"), view.whyWords());
            views.robot().waitUntil("no vectors", () -> view.neighbourWords().contains("curate it first"));
            views.robot().waitUntil("no pixels", () -> view.pixelWords().contains("no-picture.png"));
            views.picture(view, "inspector-broken");
            Path embeddings = new DatasetDirectory(root.resolve("datasets/shapes")).embeddingsFolder("torn");
            Files.createDirectories(embeddings);
            Files.writeString(embeddings.resolve("shard-00000.json"), "{\"keys\": [");
            view.inspect(image("triangle-004.png"));
            views.robot().waitUntil("torn vectors", () -> view.neighbourWords().contains("shard-00000.json"));
            assertEquals(0, view.neighbours());
        }
        try (Views views = Views.on(new SampleWorkspace(folder.resolve("none")).root())) {
            InspectorView view = views.open(InspectorView.ID, InspectorView.class);
            views.robot().waitUntil("advice", () -> view.emptyWords().contains("Import"));
        }
    }

    @Test
    void largePicturesMoveAndZoomWithoutAStall() throws Exception {
        try (Views views = Views.on(sample().root())) {
            InspectorView view = views.open(InspectorView.ID, InspectorView.class);
            views.robot()
                    .waitUntil(
                            "the dataset", () -> CuratorModel.shared().content().isPresent());
            view.inspect(image("triangle-004.png"));
            views.robot().settle(500);
            RgbImage large = RgbImage.black(6000, 4000);
            for (int i = 0; i < large.rgb().length; i += 7) {
                large.rgb()[i] = (byte) (i / 5000);
            }
            view.pixels().show(PixelPyramid.of(large, false), "large");
            views.robot().settle(300);
            views.robot().startMeasuring();
            for (int i = 0; i < 12; i++) {
                views.robot().key(view.pixels(), '+', 0);
                views.robot().key(view.pixels(), SWT.ARROW_LEFT, 0);
                view.pixels().update();
                views.robot().handleAll();
            }
            double cpu = views.robot().worstCpuMillis();
            System.out.printf("Zooming 24 million pixels: worst turn %.0f ms of CPU%n", cpu);
            assertTrue(cpu < STALL_MILLIS, "a turn took " + cpu + " ms");
        }
    }
}
