package org.dinobench.ui.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dinobench.core.run.RunState;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.core.spec.train.TrainSpecs;
import org.dinobench.core.workspace.RunDirectory;
import org.dinobench.ui.common.worker.WorkerProcess;
import org.dinobench.ui.common.worker.WorkerRequest;
import org.dinobench.ui.common.worker.WorkerStarter;
import org.dinobench.ui.common.workspace.ActiveWorkspace;
import org.dinobench.ui.common.workspace.RunDraft;
import org.dinobench.ui.testing.SampleWorkspace;
import org.dinobench.ui.testing.Screenshots;
import org.dinobench.ui.testing.Views;
import org.dinobench.ui.trainer.wizard.AugmentationPage;
import org.dinobench.ui.trainer.wizard.DataPage;
import org.dinobench.ui.trainer.wizard.ModelPage;
import org.dinobench.ui.trainer.wizard.NewRunWizard;
import org.dinobench.ui.trainer.wizard.ObjectivePage;
import org.dinobench.ui.trainer.wizard.RecipePage;
import org.dinobench.ui.trainer.wizard.ResourcesPage;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.PlatformUI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

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
    void everyPageIsWalkedWithGoodInputAndWithBad() throws Exception {
        SampleWorkspace sample =
                new SampleWorkspace(folder.resolve("w")).withShapes("shapes", folder.resolve("images"), 14);
        try (Views views = Views.on(sample.root())) {
            views.robot()
                    .waitUntil(
                            "the dataset",
                            () -> !ActiveWorkspace.get().snapshot().items().isEmpty());
            NewRunWizard wizard = new NewRunWizard();
            WizardDialog dialog = open(wizard);
            try {
                ((RecipePage) wizard.getPages()[0]).choose("lesion_small");
                DataPage data = (DataPage) wizard.getNextPage(wizard.getPages()[0]);
                dialog.showPage(data);
                data.fill("walked");
                ModelPage model = (ModelPage) wizard.getNextPage(data);
                dialog.showPage(model);
                model.form().field("student.patch_size").type("seven");
                assertTrue(model.getErrorMessage().contains("whole number"), model.getErrorMessage());
                assertFalse(wizard.canFinish());
                model.form().field("student.patch_size").type("7");
                assertNull(model.getErrorMessage(), "the size is right here, and wrong with the crops");
                assertFalse(wizard.canFinish());
                views.robot().settle(300);
                Screenshots.take(dialog.getShell(), "new-run-model");
                ObjectivePage objective = (ObjectivePage) wizard.getNextPage(model);
                dialog.showPage(objective);
                objective.form().field("dino.koleo_loss_weight").type("0.25");
                objective.form().field("train.sinkhorn_iterations").type("0");
                assertTrue(objective.getErrorMessage().contains("between 1 and 100"), objective.getErrorMessage());
                views.robot().settle(300);
                Screenshots.take(dialog.getShell(), "new-run-objective-wrong");
                objective.form().field("train.sinkhorn_iterations").type("5");
                assertNull(objective.getErrorMessage());
                AugmentationPage augmentation = (AugmentationPage) wizard.getNextPage(objective);
                dialog.showPage(augmentation);
                assertTrue(
                        augmentation.getErrorMessage().contains("set it to 63 or 70"), augmentation.getErrorMessage());
                augmentation.form().field("crops.global_crops_size").type("70");
                augmentation.form().field("crops.local_crops_size").type("35");
                augmentation.form().field("crops.local_crops_number").type("3");
                assertNull(augmentation.getErrorMessage());
                views.robot()
                        .waitUntil(
                                "the crops",
                                () -> augmentation.preview().shownCrops() == 5
                                        && augmentation.preview().shownSide() == 70);
                views.robot().settle(300);
                assertTrue(Screenshots.colours(Screenshots.take(dialog.getShell(), "new-run-augmentation")) > 100);
                ResourcesPage resources = (ResourcesPage) wizard.getNextPage(augmentation);
                dialog.showPage(resources);
                views.robot()
                        .waitUntil(
                                "the estimate", () -> resources.estimateWords().contains("parameters"));
                assertTrue(resources.estimateWords().contains("GiB of memory"), resources.estimateWords());
                resources.form().field("train.batch_size_per_gpu").type("6000");
                views.robot().waitUntil("too many", () -> resources.getErrorMessage() != null);
                assertTrue(resources.getErrorMessage().contains("set it to at most"), resources.getErrorMessage());
                resources.form().field("train.batch_size_per_gpu").type("16");
                views.robot().waitUntil("enough", () -> resources.getErrorMessage() == null);
                resources.choose(1, "/no/such/profile.yaml");
                assertTrue(resources.getErrorMessage().contains("/no/such/profile.yaml"));
                resources.choose(2, "");
                views.robot()
                        .waitUntil(
                                "two processes", () -> resources.estimateWords().contains("2 processes"));
                views.robot().settle(300);
                Screenshots.take(dialog.getShell(), "new-run-resources");
                assertTrue(wizard.canFinish(), "" + wizard.draft().troubled());
                WorkerRequest request = wizard.write();
                assertTrue(String.join(" ", request.arguments()).endsWith("--ranks 2"), "" + request.arguments());
                TrainSpec spec = TrainSpecs.read(folder.resolve("w/runs/walked/spec.yaml"))
                        .spec();
                assertEquals(0.25, spec.dino().koleoLossWeight());
                assertEquals(5, spec.train().sinkhornIterations());
                assertEquals(7, spec.student().patchSize());
                assertEquals(70, spec.crops().globalCropsSize());
                assertEquals(16, spec.train().batchSizePerGpu());
            } finally {
                dialog.close();
            }
        }
    }

    @Test
    void aReleasedModelIsContinuedOnceItIsNamed() throws Exception {
        SampleWorkspace sample = new SampleWorkspace(folder.resolve("w"))
                .withShapes("shapes", folder.resolve("images"), 14)
                .withRun("earlier", RunState.FINISHED, 5, 5);
        try (Views views = Views.on(sample.root())) {
            views.robot()
                    .waitUntil(
                            "dataset and run",
                            () -> ActiveWorkspace.get().snapshot().items().size() >= 2);
            NewRunWizard wizard = new NewRunWizard();
            WizardDialog dialog = open(wizard);
            try {
                ((RecipePage) wizard.getPages()[0]).choose("continue");
                DataPage data = (DataPage) wizard.getNextPage(wizard.getPages()[0]);
                dialog.showPage(data);
                data.fill("continued");
                assertFalse(wizard.canFinish(), "no weights are named");
                ModelPage model = (ModelPage) wizard.getNextPage(data);
                dialog.showPage(model);
                assertTrue(model.getErrorMessage().contains("no weights are named"), model.getErrorMessage());
                model.name("nothing-there");
                views.robot()
                        .waitUntil(
                                "its absence",
                                () -> model.getErrorMessage() != null
                                        && model.getErrorMessage().contains("nothing-there"));
                views.robot().settle(300);
                Screenshots.take(dialog.getShell(), "new-run-continue");
                assertFalse(wizard.canFinish());
                assertEquals(
                        folder.resolve("w/runs/nothing-there").toString(),
                        wizard.draft().spec().student().pretrainedWeights().orElseThrow());
            } finally {
                dialog.close();
            }
        }
    }

    @Test
    void theTimeOfAStepIsMeasuredByAWorker() throws Exception {
        SampleWorkspace sample =
                new SampleWorkspace(folder.resolve("w")).withShapes("shapes", folder.resolve("images"), 14);
        List<String> asked = new ArrayList<>();
        WorkerStarter starter = (request, onLine) -> {
            asked.addAll(request.arguments());
            Path spec = Path.of(request.arguments().get(request.arguments().indexOf("--spec") + 1));
            assertEquals("quick", TrainSpecs.read(spec).spec().preset());
            onLine.accept("a remark");
            onLine.accept("{\"dry_run\":true,\"step_s\":0.25,\"seconds\":120}");
            return new WorkerProcess() {
                @Override
                public boolean isAlive() {
                    return false;
                }

                @Override
                public int exitCode() {
                    return 0;
                }

                @Override
                public void stop() {
                    throw new AssertionError("nobody asked");
                }
            };
        };
        ServiceRegistration<WorkerStarter> registered = FrameworkUtil.getBundle(NewRunWizard.class)
                .getBundleContext()
                .registerService(WorkerStarter.class, starter, null);
        try (Views views = Views.on(sample.root())) {
            views.robot()
                    .waitUntil(
                            "the dataset",
                            () -> !ActiveWorkspace.get().snapshot().items().isEmpty());
            NewRunWizard wizard = new NewRunWizard();
            WizardDialog dialog = open(wizard);
            try {
                DataPage data = (DataPage) wizard.getNextPage(wizard.getPages()[0]);
                dialog.showPage(data);
                ResourcesPage resources = (ResourcesPage) wizard.getPages()[5];
                dialog.showPage(resources);
                views.robot()
                        .waitUntil(
                                "the estimate", () -> resources.estimateWords().contains("parameters"));
                views.robot().press(resources.measureButton());
                views.robot()
                        .waitUntil("the time", () -> resources.estimateWords().contains("0.25 s"));
                assertTrue(resources.estimateWords().contains("2 min 00 s"), resources.estimateWords());
                assertEquals(List.of("train", "--dry-run", "--json"), asked.subList(0, 3));
            } finally {
                dialog.close();
            }
        } finally {
            registered.unregister();
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
