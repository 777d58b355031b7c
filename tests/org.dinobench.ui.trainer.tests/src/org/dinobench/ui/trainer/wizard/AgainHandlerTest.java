package org.dinobench.ui.trainer.wizard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.core.spec.train.TrainSpecResolver;
import org.dinobench.core.spec.train.TrainSpecs;
import org.dinobench.ui.common.workspace.ActiveWorkspace;
import org.dinobench.ui.common.workspace.RunDraft;
import org.dinobench.ui.testing.SampleWorkspace;
import org.dinobench.ui.testing.Screenshots;
import org.dinobench.ui.testing.Views;
import org.eclipse.jface.wizard.WizardDialog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgainHandlerTest {
    @TempDir
    private Path folder;

    @Test
    void aSpecIsItsRecipeAndWhatDiffers() {
        TrainSpec spec = TrainSpecs.load(
                        Optional.of("quick"),
                        Optional.empty(),
                        List.of("dino.koleo_loss_weight=0.3", "train.minutes=7"))
                .spec();
        RunDraft draft = AgainHandler.draft(spec);
        assertEquals("quick", draft.preset());
        assertEquals(
                spec,
                TrainSpecs.load(Optional.of(draft.preset()), Optional.empty(), draft.assignments())
                        .spec());
        assertTrue(draft.assignments().contains("dino.koleo_loss_weight=0.3"), "" + draft.assignments());
    }

    @Test
    void whatFollowedFromOtherValuesFollowsAnew() {
        TrainSpec run = TrainSpecResolver.resolve(
                        TrainSpecs.load(
                                        Optional.of("quick"),
                                        Optional.empty(),
                                        List.of("optim.epochs=9", "train.eval_every=7"))
                                .spec(),
                        1280,
                        3)
                .spec();
        assertEquals(180, run.optim().steps().getAsInt());
        assertEquals(
                List.of("optim.epochs=9", "train.eval_every=7"),
                AgainHandler.draft(run).assignments());
    }

    @Test
    void theWizardShowsTheChangesAndChecksThemAsTheyAreTyped() throws Exception {
        SampleWorkspace sample =
                new SampleWorkspace(folder.resolve("w")).withShapes("shapes", folder.resolve("images"), 14);
        try (Views views = Views.on(sample.root())) {
            views.robot()
                    .waitUntil(
                            "the dataset",
                            () -> !ActiveWorkspace.get().snapshot().items().isEmpty());
            new RunDraft("quick", List.of("dino.koleo_loss_weight=0.3", "train.minutes=7")).offer();
            NewRunWizard wizard = new NewRunWizard();
            WizardDialog dialog =
                    new WizardDialog(views.page().getWorkbenchWindow().getShell(), wizard);
            dialog.setBlockOnOpen(false);
            dialog.open();
            try {
                DataPage data = (DataPage) wizard.getNextPage(wizard.getPages()[0]);
                dialog.showPage(data);
                assertEquals(
                        List.of("dino.koleo_loss_weight=0.3", "train.minutes=7"),
                        wizard.draft().assignments());
                assertTrue(wizard.canFinish(), data.getErrorMessage());
                views.robot().settle(300);
                Screenshots.take(dialog.getShell(), "new-run-again");
                wizard.draft().set("dino.koleo_loss_weight", "much");
                assertFalse(wizard.canFinish());
            } finally {
                dialog.close();
            }
        }
    }
}
