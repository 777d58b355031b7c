package org.dinobench.ui.evaluation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.dinobench.ui.common.theme.Themes;
import org.dinobench.ui.evaluation.view.ReportView;
import org.dinobench.ui.testing.SampleWorkspace;
import org.dinobench.ui.testing.Screenshots;
import org.dinobench.ui.testing.Views;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportViewTest {
    @TempDir
    private Path folder;

    @Test
    void theNewestReportIsShown() throws Exception {
        SampleWorkspace sample = new SampleWorkspace(folder.resolve("w")).withEvaluation("e");
        try (Views views = Views.on(sample.root())) {
            ReportView view = views.open(ReportView.ID, ReportView.class);
            views.robot().waitUntil("the report", () -> view.emptyWords().isEmpty());
            views.robot().settle(500);
            assertTrue(Screenshots.colours(views.picture(view, "report")) > 50, "nothing was drawn");
            Themes.setDark(true);
            views.picture(view, "report-dark");
            Themes.setDark(false);
        }
    }

    @Test
    void noReportAndADamagedOneAreExplained() throws Exception {
        SampleWorkspace sample = new SampleWorkspace(folder.resolve("w"));
        try (Views views = Views.on(sample.root())) {
            ReportView view = views.open(ReportView.ID, ReportView.class);
            assertTrue(view.emptyWords().contains("No evaluation yet"), view.emptyWords());
            views.picture(view, "report-empty");
            sample.withBrokenEvaluation("torn");
            views.robot().waitUntil("the reason", () -> view.emptyWords().contains("torn cannot be shown"));
            views.picture(view, "report-damaged");
        }
    }
}
