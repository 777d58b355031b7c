package org.dinobench.ui.losses;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.dinobench.losses.LossProvider;
import org.dinobench.ui.common.theme.Themes;
import org.dinobench.ui.losses.view.LossesView;
import org.dinobench.ui.testing.SampleWorkspace;
import org.dinobench.ui.testing.Screenshots;
import org.dinobench.ui.testing.Views;
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
}
