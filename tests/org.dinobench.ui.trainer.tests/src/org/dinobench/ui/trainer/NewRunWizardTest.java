package org.dinobench.ui.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.dinobench.core.run.RunState;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.core.spec.train.TrainSpecs;
import org.dinobench.core.workspace.RunDirectory;
import org.dinobench.ui.common.worker.WorkerRequest;
import org.dinobench.ui.common.workspace.ActiveWorkspace;
import org.dinobench.ui.common.workspace.RunDraft;
import org.dinobench.ui.testing.SampleWorkspace;
import org.dinobench.ui.testing.Screenshots;
import org.dinobench.ui.testing.Views;
import org.dinobench.ui.trainer.wizard.DataPage;
import org.dinobench.ui.trainer.wizard.NewRunWizard;
import org.dinobench.ui.trainer.wizard.RecipePage;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.PlatformUI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewRunWizardTest {
    @TempDir
    private Path folder;

    private static WizardDialog open(NewRunWizard wizard) {
        Shell parent = PlatformUI.getWorkbench().getWorkbenchWindows()[0].getShell();
        WizardDialog dialog = new WizardDialog(parent, wizard);
        dialog.setBlockOnOpen(false);
        dialog.open();
        return dialog;
    }

    @Test
    void theWizardWritesASpecThatTheCommandLineReads() throws Exception {
        SampleWorkspace sample = new SampleWorkspace(folder.resolve("w"))
                .withShapes("shapes", folder.resolve("images"), 14)
                .withRun("taken", RunState.FINISHED, 5, 5);
        try (Views views = Views.on(sample.root())) {
            views.robot()
                    .waitUntil(
                            "the dataset",
                            () -> !ActiveWorkspace.get().snapshot().items().isEmpty());
            NewRunWizard wizard = new NewRunWizard();
            WizardDialog dialog = open(wizard);
            RecipePage recipe = (RecipePage) wizard.getPages()[0];
            views.robot().settle(500);
            Screenshots.take(dialog.getShell(), "new-run-recipes");
            recipe.choose("lesion_small");
            DataPage data = (DataPage) wizard.getNextPage(recipe);
            dialog.showPage(data);
            views.robot().settle(100);
            assertTrue(data.isPageComplete(), "the suggested values are good: " + data.getErrorMessage());
            data.fill("taken");
            assertNotNull(data.getErrorMessage());
            assertFalse(wizard.canFinish());
            data.fill("");
            assertFalse(wizard.canFinish());
            data.fill("my-run");
            assertTrue(wizard.canFinish(), data.getErrorMessage());
            views.robot().settle(500);
            Screenshots.take(dialog.getShell(), "new-run-data");
            WorkerRequest request = wizard.write();
            Path run = folder.resolve("w/runs/my-run");
            assertEquals(run, request.run().orElseThrow());
            assertEquals("train", request.arguments().get(0));
            TrainSpec spec = TrainSpecs.read(run.resolve("spec.yaml")).spec();
            assertEquals("lesion_small", spec.preset());
            assertEquals(RunState.CREATED, RunDirectory.open(run).status().state());
            dialog.close();
        }
    }

    @Test
    void lossesThatWereConfiguredGoIntoTheSpec() throws Exception {
        SampleWorkspace sample =
                new SampleWorkspace(folder.resolve("w")).withShapes("shapes", folder.resolve("images"), 14);
        try (Views views = Views.on(sample.root())) {
            views.robot()
                    .waitUntil(
                            "the dataset",
                            () -> !ActiveWorkspace.get().snapshot().items().isEmpty());
            new RunDraft("quick", List.of("dino.koleo_loss_weight=0.2")).offer();
            NewRunWizard wizard = new NewRunWizard();
            WizardDialog dialog = open(wizard);
            DataPage data = (DataPage) wizard.getNextPage(wizard.getPages()[0]);
            dialog.showPage(data);
            data.fill("with-koleo");
            wizard.write();
            TrainSpec spec = TrainSpecs.read(folder.resolve("w/runs/with-koleo/spec.yaml"))
                    .spec();
            assertEquals(0.2, spec.dino().koleoLossWeight());
            dialog.close();
        }
    }

    @Test
    void withoutADatasetTheWizardSaysWhatIsMissing() throws Exception {
        try (Views views = Views.on(new SampleWorkspace(folder.resolve("w")).root())) {
            NewRunWizard wizard = new NewRunWizard();
            WizardDialog dialog = open(wizard);
            DataPage data = (DataPage) wizard.getNextPage(wizard.getPages()[0]);
            dialog.showPage(data);
            views.robot().settle(50);
            assertEquals(Messages.NewRun_NoDataset, data.getErrorMessage());
            assertFalse(wizard.canFinish());
            dialog.close();
        }
    }
}
