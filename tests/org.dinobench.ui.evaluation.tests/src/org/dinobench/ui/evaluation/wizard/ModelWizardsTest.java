package org.dinobench.ui.evaluation.wizard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.dinobench.core.run.RunState;
import org.dinobench.evaluation.Task;
import org.dinobench.ui.common.workspace.ActiveWorkspace;
import org.dinobench.ui.testing.SampleWorkspace;
import org.dinobench.ui.testing.Screenshots;
import org.dinobench.ui.testing.Views;
import org.eclipse.core.runtime.Platform;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.ui.IWorkbenchWizard;
import org.eclipse.ui.PlatformUI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

class ModelWizardsTest {
    @TempDir
    private Path folder;

    private static WizardDialog open(Views views, IWorkbenchWizard wizard) {
        wizard.init(PlatformUI.getWorkbench(), StructuredSelection.EMPTY);
        WizardDialog dialog = new WizardDialog(views.page().getWorkbenchWindow().getShell(), wizard);
        dialog.setBlockOnOpen(false);
        dialog.open();
        views.robot().settle(300);
        return dialog;
    }

    @Test
    void anEvaluationIsAskedForInTheWordsOfTheCommandLine() throws Exception {
        SampleWorkspace sample = new SampleWorkspace(folder.resolve("w"))
                .withShapes("shapes", folder.resolve("images"), 6)
                .withRun("a run", RunState.FINISHED, 20, 20)
                .withEvaluation("taken");
        try (Views views = Views.on(sample.root())) {
            views.robot()
                    .waitUntil(
                            "the workspace",
                            () -> ActiveWorkspace.get().snapshot().items().size() > 3);
            EvaluateWizard wizard = new EvaluateWizard();
            WizardDialog dialog = open(views, wizard);
            try {
                assertTrue(wizard.canFinish());
                Screenshots.take(dialog.getShell(), "evaluate-wizard");
                wizard.page().fill("taken", List.of(Task.KNN));
                assertFalse(wizard.canFinish());
                assertTrue(wizard.page().getErrorMessage().contains("There is taken already"));
                wizard.page().fill("new one", List.of());
                assertFalse(wizard.canFinish());
                wizard.page().fill("new one", List.of(Task.KNN, Task.PICTURES));
                assertTrue(wizard.canFinish());
                assertEquals(
                        List.of(
                                "evaluate",
                                "--model",
                                sample.root().resolve("runs/a run").toString(),
                                "--dataset",
                                "shapes",
                                "--task",
                                "knn,pictures",
                                "--out",
                                "new one",
                                "--workspace",
                                sample.root().toString(),
                                "--leave-out-rare"),
                        wizard.request().arguments());
            } finally {
                dialog.close();
            }
        }
    }

    @Test
    void withoutAModelNothingCanBeEvaluatedOrExported() throws Exception {
        try (Views views = Views.on(new SampleWorkspace(folder.resolve("w")).root())) {
            EvaluateWizard evaluate = new EvaluateWizard();
            WizardDialog dialog = open(views, evaluate);
            assertFalse(evaluate.canFinish());
            assertEquals(
                    "There is no model yet. Start a training run first.",
                    evaluate.page().getErrorMessage());
            Screenshots.take(dialog.getShell(), "evaluate-wizard-empty");
            dialog.close();
            ExportWizard export = new ExportWizard();
            dialog = open(views, export);
            assertFalse(export.canFinish());
            dialog.close();
        }
    }

    @Test
    void exportsOfferEveryRegisteredFormat() throws Exception {
        SampleWorkspace sample = new SampleWorkspace(folder.resolve("w")).withRun("a run", RunState.FINISHED, 20, 20);
        // the product starts bundles with components lazily; a test's runtime may leave that to the test
        Platform.getBundle("org.dinobench.evaluation").start(Bundle.START_ACTIVATION_POLICY | Bundle.START_TRANSIENT);
        for (int waited = 0; waited < 10_000 && Formats.all().isEmpty(); waited += 100) {
            Thread.sleep(100);
        }
        assertTrue(
                Formats.all().stream().map(Formats.Format::name).toList().containsAll(List.of("hf", "pth", "onnx")),
                "" + Formats.all());
        try (Views views = Views.on(sample.root())) {
            views.robot()
                    .waitUntil(
                            "the workspace",
                            () -> !ActiveWorkspace.get().snapshot().items().isEmpty());
            ExportWizard wizard = new ExportWizard();
            WizardDialog dialog = open(views, wizard);
            try {
                assertTrue(wizard.canFinish());
                Screenshots.take(dialog.getShell(), "export-wizard");
                wizard.page().fill("../out", "pth");
                assertFalse(wizard.canFinish(), "a name is no path");
                wizard.page().fill("for others", "pth");
                assertTrue(wizard.canFinish());
                Path target = sample.root().resolve("exports/for others/model.pth");
                assertTrue(wizard.request().arguments().containsAll(List.of("--format", "pth", target.toString())));
            } finally {
                dialog.close();
            }
        }
    }
}
