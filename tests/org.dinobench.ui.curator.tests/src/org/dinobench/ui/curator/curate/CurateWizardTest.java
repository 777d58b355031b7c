package org.dinobench.ui.curator.curate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.dinobench.core.run.RunState;
import org.dinobench.core.workspace.DatasetDirectory;
import org.dinobench.curator.spec.ConflictRule;
import org.dinobench.curator.spec.CurationSpec;
import org.dinobench.curator.spec.RetrieveMode;
import org.dinobench.ui.common.workspace.ActiveWorkspace;
import org.dinobench.ui.common.workspace.ItemKind;
import org.dinobench.ui.testing.SampleWorkspace;
import org.dinobench.ui.testing.Screenshots;
import org.dinobench.ui.testing.UiRobot;
import org.dinobench.ui.testing.Views;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.PlatformUI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurateWizardTest {
    private static final int IMAGES = 6 * 12 + 6;

    @TempDir
    private Path folder;

    private SampleWorkspace sample() throws Exception {
        return new SampleWorkspace(folder.resolve("w"))
                .withShapes("shapes", folder.resolve("images"), 12)
                .withRun("trained", RunState.FINISHED, 10, 10)
                .withCheckpoint("trained", 10)
                .withRun("fresh", RunState.RUNNING, 1, 10);
    }

    private static WizardDialog open(CurateWizard wizard) {
        Shell parent = PlatformUI.getWorkbench().getWorkbenchWindows()[0].getShell();
        WizardDialog dialog = new WizardDialog(parent, wizard);
        dialog.setBlockOnOpen(false);
        dialog.open();
        return dialog;
    }

    private DatasetDirectory shapes() {
        return new DatasetDirectory(folder.resolve("w/datasets/shapes"));
    }

    private static void waitForItems(Views views) {
        views.robot()
                .waitUntil(
                        "the workspace is known",
                        () -> ActiveWorkspace.get()
                                        .snapshot()
                                        .of(ItemKind.DATASET)
                                        .size()
                                == 1);
    }

    @Test
    void aWalkThroughAllPagesWritesWhatTheCoreReads() throws Exception {
        Path seeds = Files.createDirectories(folder.resolve("seed \"images\""));
        try (Views views = Views.on(sample().root())) {
            waitForItems(views);
            CurateWizard wizard = new CurateWizard();
            WizardDialog dialog = open(wizard);
            views.robot().waitUntil("the images are counted", () -> wizard.images() == IMAGES);
            assertTrue(wizard.canFinish(), "the defaults are a curation");

            ModelPage model = (ModelPage) wizard.getPages()[0];
            views.robot().settle(200);
            Screenshots.take(dialog.getShell(), "curate-model");
            model.fillFile("");
            assertNotNull(model.getErrorMessage(), "a file was asked for and none was named");
            model.fillFile(folder.resolve("nowhere.pth").toString());
            assertTrue(model.getErrorMessage().contains("nowhere.pth"), model.getErrorMessage());
            assertFalse(wizard.canFinish());
            model.fillOwn("fresh");
            assertTrue(model.getErrorMessage().contains("no checkpoint"), model.getErrorMessage());
            model.fillOwn("trained");
            assertNull(model.getErrorMessage());

            dialog.showPage(wizard.getPages()[1]);
            CopiesPage copies = (CopiesPage) wizard.getPages()[1];
            assertFalse(copies.hasEvidence(), "nothing was curated yet");
            copies.fillThreshold(10);
            assertNotNull(copies.getMessage(), "a threshold that is nearly nothing is warned of");
            copies.fillThreshold(62);
            copies.fillReferences(folder.resolve("gone").toString());
            assertTrue(copies.getErrorMessage().contains("gone"), copies.getErrorMessage());
            copies.fillReferences(folder.resolve("images") + "; " + seeds);
            assertNull(copies.getErrorMessage());
            views.robot().settle(200);
            Screenshots.take(dialog.getShell(), "curate-copies");

            dialog.showPage(wizard.getPages()[2]);
            ClustersPage clusters = (ClustersPage) wizard.getPages()[2];
            clusters.fillClusters(9, "5, 6");
            assertNotNull(clusters.getErrorMessage(), "levels that do not fall");
            clusters.fillClusters(9, "five");
            assertTrue(clusters.getErrorMessage().contains("five"), clusters.getErrorMessage());
            clusters.fillClusters(9, "4, 2");
            assertNull(clusters.getErrorMessage());
            clusters.fillBalance(IMAGES + 1);
            assertNotNull(clusters.getErrorMessage(), "more images than there are");
            clusters.fillBalance(30);
            clusters.fillSeeds("");
            assertNotNull(clusters.getErrorMessage(), "seeds are needed");
            clusters.fillSeeds(seeds.toString());
            assertNull(clusters.getErrorMessage());
            views.robot().settle(200);
            Screenshots.take(dialog.getShell(), "curate-clusters");

            dialog.showPage(wizard.getPages()[3]);
            SummaryPage summary = (SummaryPage) wizard.getPages()[3];
            summary.fill("../out");
            assertNotNull(summary.getErrorMessage(), "a name that leads out of the workspace");
            assertFalse(wizard.canFinish());
            summary.fill("mine");
            assertTrue(wizard.canFinish());
            views.robot().settle(200);
            Screenshots.take(dialog.getShell(), "curate-summary");

            Path out = shapes().curationsFolder().resolve("mine");
            assertEquals(
                    List.of(
                            "curate",
                            "--dataset",
                            "shapes",
                            "--spec",
                            out.resolve("request.yaml").toString(),
                            "--out",
                            out.toString(),
                            "--workspace",
                            folder.resolve("w").toString()),
                    wizard.write().arguments());
            CurationSpec spec = CurationSpec.read(out.resolve("request.yaml"));
            spec.check();
            assertEquals(
                    folder.resolve("w/runs/trained").toString(), spec.embed().model());
            assertEquals("builtin", spec.dedup().model());
            assertEquals(OptionalDouble.of(0.62), spec.dedup().threshold());
            assertEquals(ConflictRule.KEEP, spec.dedup().conflicts());
            assertEquals(
                    List.of(folder.resolve("images").toString(), seeds.toString()),
                    spec.dedup().references());
            assertEquals(9, spec.cluster().clusters().getAsInt());
            assertEquals(List.of(4, 2), spec.cluster().levels());
            assertEquals(RetrieveMode.SAMPLE, spec.retrieve().mode());
            assertEquals(seeds.toString(), spec.retrieve().seeds());
            assertEquals(30, spec.balance().target());
            dialog.close();
        }
    }

    @Test
    void anEarlierCurationIsTheStartAndItsHistogramChoosesTheThreshold() throws Exception {
        SampleWorkspace sample = sample();
        Path earlier = Curated.write(shapes(), "first");
        try (Views views = Views.on(sample.root())) {
            waitForItems(views);
            CurateWizard wizard = CurateHandler.again(earlier);
            WizardDialog dialog = open(wizard);
            CopiesPage copies = (CopiesPage) wizard.getPages()[1];
            views.robot().waitUntil("the histogram", copies::hasEvidence);
            dialog.showPage(copies);
            views.robot().waitUntil("its effect", () -> copies.effectWords().contains("0.50"));
            views.robot().settle(400);
            Screenshots.take(dialog.getShell(), "curate-copies-histogram");
            String before = copies.effectWords();
            for (int i = 0; i < 8; i++) {
                views.robot().key(copies.slider(), SWT.PAGE_UP, 0);
            }
            views.robot().waitUntil("another effect", () -> copies.effectWords().contains("0.90"));
            assertFalse(before.substring(5).equals(copies.effectWords().substring(5)), before);
            views.robot().key(copies.slider(), SWT.HOME, 0);
            assertTrue(copies.effectWords().contains("searched"), copies.effectWords());
            copies.fillThreshold(90);

            // Finish by its button: nobody listens to the worker's command in this workbench, but the file is there
            ((SummaryPage) wizard.getPages()[3]).fill("second");
            dialog.showPage(wizard.getPages()[3]);
            views.robot().settle(200);
            var finish = UiRobot.button(dialog.getShell(), IDialogConstants.FINISH_LABEL.replace("&", ""));
            assertTrue(finish.isEnabled());
            finish.notifyListeners(SWT.Selection, new org.eclipse.swt.widgets.Event());
            views.robot()
                    .waitUntil(
                            "the dialog closes",
                            () -> dialog.getShell() == null || dialog.getShell().isDisposed());
            CurationSpec spec = CurationSpec.read(shapes().curationsFolder().resolve("second/request.yaml"));
            assertEquals(32, spec.dedup().neighbours(), "what no page shows is taken over");
            assertEquals(7, spec.cluster().clusters().getAsInt());
            assertEquals(OptionalDouble.of(0.9), spec.dedup().threshold());
        }
    }

    @Test
    void damagedFilesOfAnEarlierCurationAreExplained() throws Exception {
        SampleWorkspace sample = sample();
        Path earlier = Curated.write(shapes(), "first");
        Files.writeString(earlier.resolve("pairs.csv"), "no pairs at all\n");
        try (Views views = Views.on(sample.root())) {
            waitForItems(views);
            CurateWizard wizard = new CurateWizard();
            WizardDialog dialog = open(wizard);
            CopiesPage copies = (CopiesPage) wizard.getPages()[1];
            views.robot().waitUntil("the reason", () -> copies.evidenceWords().contains("pairs.csv"));
            assertTrue(wizard.canFinish(), "one can curate without a histogram");
            dialog.close();
        }
    }

    @Test
    void withoutDatasetThePageSaysWhatToDo() throws Exception {
        try (Views views = Views.on(new SampleWorkspace(folder.resolve("w")).root())) {
            views.robot().settle(300);
            CurateWizard wizard = new CurateWizard();
            WizardDialog dialog = open(wizard);
            assertTrue(wizard.getPages()[0].getErrorMessage().contains("import"));
            assertFalse(wizard.canFinish());
            dialog.close();
        }
    }
}
