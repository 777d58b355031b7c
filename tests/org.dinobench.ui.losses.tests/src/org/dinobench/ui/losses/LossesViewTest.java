package org.dinobench.ui.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.dinobench.losses.LossProvider;
import org.dinobench.ui.common.parts.Commands;
import org.dinobench.ui.common.theme.Themes;
import org.dinobench.ui.losses.view.CurveCanvas;
import org.dinobench.ui.losses.view.LossesView;
import org.dinobench.ui.testing.SampleWorkspace;
import org.dinobench.ui.testing.Screenshots;
import org.dinobench.ui.testing.Views;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

class LossesViewTest {
    @TempDir
    private Path folder;

    @Test
    void aRegisteredLossAppearsByItself() throws Exception {
        ServiceRegistration<?> registered = FrameworkUtil.getBundle(LossesView.class)
                .getBundleContext()
                .registerService(LossProvider.class.getName(), new SpreadLossProvider(), null);
        try (Views views = Views.on(new SampleWorkspace(folder.resolve("w")).root())) {
            LossesView view = views.open(LossesView.ID, LossesView.class);
            assertTrue(view.model().sections().stream().anyMatch(s -> s.title().startsWith("Spread")));
            view.model().set("losses.spread.weight", "2");
            views.robot().handleAll();
            assertTrue(view.sideWords().contains("spread: {weight: 2}"), view.sideWords());
            views.picture(view, "losses-further");
        } finally {
            registered.unregister();
        }
    }

    @Test
    void theFormMarksChangesAndSaysWhatTheyDo() throws Exception {
        try (Views views = Views.on(new SampleWorkspace(folder.resolve("w")).root())) {
            LossesView view = views.open(LossesView.ID, LossesView.class);
            assertTrue(view.sideWords().contains(Messages.View_NoChanges), view.sideWords());
            assertTrue(Screenshots.colours(views.picture(view, "losses")) > 20, "nothing was drawn");
            view.model().set("dino.koleo_loss_weight", "0.8");
            view.model().set("teacher.teacher_temp", "0.11");
            views.robot().handleAll();
            assertTrue(view.sideWords().contains("dino.koleo_loss_weight: 0.1 \u2192 0.8"), view.sideWords());
            assertTrue(view.sideWords().contains(Messages.Warn_Sharper), view.sideWords());
            assertTrue(view.sideWords().contains(Messages.Warn_KoleoStrong), view.sideWords());
            views.picture(view, "losses-changed");
            Themes.setDark(true);
            views.picture(view, "losses-dark");
            Themes.setDark(false);
        }
    }

    @Test
    void aKnotIsDraggedByMouseAndKeysAndTakenBackByUndo() throws Exception {
        try (Views views = Views.on(new SampleWorkspace(folder.resolve("w")).root())) {
            LossesView view = views.open(LossesView.ID, LossesView.class);
            view.showCurves();
            views.robot().settle(200);
            CurveCanvas curve = view.curves().get(2);
            assertTrue(curve.words().startsWith("Learning rate. End of warm-up: 0.001 at 3 epochs"), curve.words());
            int x = curve.getClientArea().width / 2;
            send(curve, SWT.MouseDown, curve.knotX(0), curve.knotY(0));
            send(curve, SWT.MouseMove, x, curve.knotY(0) + 20);
            send(curve, SWT.MouseUp, x, curve.knotY(0));
            views.robot().handleAll();
            assertEquals(
                    List.of("optim.lr", "optim.warmup_epochs"), view.model().changes());
            assertTrue(view.sideWords().contains("optim.warmup_epochs: 3 \u2192"), view.sideWords());
            views.picture(view, "losses-curves");
            view.setFocus();
            assertTrue(Commands.run("org.eclipse.ui.edit.undo"), "undo is not possible");
            views.robot().handleAll();
            assertEquals(List.of(), view.model().changes());
            views.robot().key(curve, SWT.ARROW_UP, 0);
            assertEquals(List.of("optim.lr"), view.model().changes());
            views.robot().key(curve, ' ', 0);
            views.robot().key(curve, SWT.ARROW_UP, 0);
            assertEquals(List.of("optim.lr", "optim.min_lr"), view.model().changes());
            Themes.setDark(true);
            views.picture(view, "losses-curves-dark");
            Themes.setDark(false);
        }
    }

    private static void send(CurveCanvas curve, int type, int x, int y) {
        Event event = new Event();
        event.x = x;
        event.y = y;
        event.button = type == SWT.MouseMove ? 0 : 1;
        curve.notifyListeners(type, event);
    }
}
