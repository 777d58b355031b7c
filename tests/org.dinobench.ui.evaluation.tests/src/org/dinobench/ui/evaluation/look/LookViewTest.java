package org.dinobench.ui.evaluation.look;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.dinobench.core.run.RunState;
import org.dinobench.ui.common.theme.Themes;
import org.dinobench.ui.common.workspace.PictureFile;
import org.dinobench.ui.testing.DrawnImages;
import org.dinobench.ui.testing.SampleWorkspace;
import org.dinobench.ui.testing.Screenshots;
import org.dinobench.ui.testing.Views;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Canvas;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LookViewTest {
    @TempDir
    private Path folder;

    private List<PictureFile> pictures() throws Exception {
        DrawnImages.write(folder.resolve("images"), 1);
        return DrawnImages.CLASSES.stream()
                .map(c -> new PictureFile(c, folder.resolve("images/" + c + "/" + c + "-000.png"), c))
                .toList();
    }

    @Test
    void aClickedPatchIsAskedAndHeadsAreChosen() throws Exception {
        Path root = new SampleWorkspace(folder.resolve("w"))
                .withRun("a run", RunState.FINISHED, 20, 20)
                .root();
        try (Views views = Views.on(root)) {
            LookView view = views.open(LookView.ID, LookView.class);
            view.lookThrough(model -> new FakeEye());
            views.robot().waitUntil("the model", () -> view.emptyWords().contains("No image is chosen"));
            view.show(pictures());
            views.robot().waitUntil("maps", view::looking);
            assertEquals(Query.CLASS, view.query());
            views.picture(view, "attention");
            Canvas canvas = view.canvas();
            views.robot().click(canvas, canvas.getSize().x / 2 + 3, canvas.getSize().y / 2, 0);
            assertEquals(FakeEye.COLUMNS / 2, view.query().column());
            views.robot().key(canvas, SWT.ARROW_LEFT, 0);
            assertEquals(FakeEye.COLUMNS / 2 - 1, view.query().column());
            assertTrue(Screenshots.colours(views.picture(view, "attention-patch")) > 50, "nothing was drawn");
            views.robot().key(canvas, SWT.HOME, 0);
            assertEquals(Query.CLASS, view.query());
            view.choose(false);
            views.robot().waitUntil("components", () -> view.pairs() == DrawnImages.CLASSES.size());
            views.picture(view, "components");
            Themes.setDark(true);
            views.picture(view, "components-dark");
            Themes.setDark(false);
        }
    }

    @Test
    void anImageThatIsGoneIsExplainedAndWithoutModelsTheViewSaysWhatToDo() throws Exception {
        Path root = new SampleWorkspace(folder.resolve("w")).root();
        try (Views views = Views.on(root)) {
            LookView view = views.open(LookView.ID, LookView.class);
            assertTrue(view.emptyWords().contains("There is no model"), view.emptyWords());
            views.picture(view, "attention-empty");
        }
        new SampleWorkspace(folder.resolve("x")).withRun("a run", RunState.FINISHED, 20, 20);
        try (Views views = Views.on(folder.resolve("x"))) {
            LookView view = views.open(LookView.ID, LookView.class);
            view.lookThrough(model -> new FakeEye());
            view.show(List.of(new PictureFile("gone", folder.resolve("gone.png"), "")));
            views.robot().waitUntil("the reason", () -> view.canvas().problem().contains("there is no gone.png"));
            views.picture(view, "attention-broken");
        }
    }
}
