package org.dinobench.ui.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.dinobench.core.spec.train.TrainPresets;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.core.spec.train.TrainSpecs;
import org.dinobench.ui.losses.model.Effects;
import org.dinobench.ui.losses.model.FurtherLoss;
import org.dinobench.ui.losses.model.Knot;
import org.dinobench.ui.losses.model.KnotDrag;
import org.dinobench.ui.losses.model.LossModel;
import org.dinobench.ui.losses.model.LossSection;
import org.dinobench.ui.losses.model.LossWarning;
import org.dinobench.ui.losses.model.ScheduleCurve;
import org.junit.jupiter.api.Test;

class LossModelTest {
    private final LossModel model = new LossModel();

    @Test
    void changesAreWhatDiffersFromThePreset() {
        assertTrue(model.set("dino.koleo_loss_weight", "0.3").isEmpty());
        assertEquals(List.of("dino.koleo_loss_weight"), model.changes());
        assertEquals(List.of("dino.koleo_loss_weight=0.3"), model.assignments());
        assertTrue(model.set("dino.koleo_loss_weight", model.presetText("dino.koleo_loss_weight"))
                .isEmpty());
        assertEquals(List.of(), model.changes());
    }

    @Test
    void wrongValuesAreRefusedWithARepair() {
        assertFalse(model.set("dino.koleo_loss_weight", "-1").isEmpty());
        assertFalse(model.set("dino.head_n_prototypes", "many").isEmpty());
        assertEquals(List.of(), model.changes());
    }

    @Test
    void unstableChoicesAreWarnedOf() {
        assertEquals(List.of(), model.warnings());
        model.set("teacher.teacher_temp", "0.12");
        assertTrue(model.warnings().stream().map(LossWarning::title).anyMatch(Messages.Warn_Sharper::equals));
        model.reset();
        model.set("dino.koleo_loss_weight", "0");
        model.set("train.centering", "centering");
        assertTrue(model.warnings().stream().map(LossWarning::title).anyMatch(Messages.Warn_NoSpread::equals));
        model.reset();
        model.set("train.sinkhorn_iterations", "1");
        model.set("optim.lr", "0.02");
        model.set("optim.warmup_epochs", "0");
        assertTrue(model.warnings().stream()
                .map(LossWarning::title)
                .toList()
                .containsAll(List.of(Messages.Warn_Sinkhorn, Messages.Warn_Rate, Messages.Warn_NoWarmUp)));
    }

    @Test
    void aDragOfAKnotChangesTheTypedValuesAndIsOneStepToTakeBack() {
        KnotDrag drag = new KnotDrag(model);
        int rate = 2;
        ScheduleCurve before = ScheduleCurve.all(model.spec()).get(rate);
        assertEquals(0.001, before.at().applyAsDouble(before.knots().get(0).x()), 1e-9);
        model.beginStep("drag");
        drag.move(rate, 0, 4.97, 0.00149, 0.002);
        drag.move(rate, 0, 5.93, 0.001987, 0.002);
        model.seal();
        assertEquals("5.9", model.text("optim.warmup_epochs"));
        assertEquals("0.00199", model.text("optim.lr"));
        assertEquals(List.of("optim.lr", "optim.warmup_epochs"), model.changes());
        model.undo();
        assertEquals(List.of(), model.changes());
        model.redo();
        assertEquals("0.00199", model.text("optim.lr"));
        assertTrue(model.canUndo() && !model.canRedo());
    }

    @Test
    void knotsStayWithinWhatTheirKeysAllow() {
        KnotDrag drag = new KnotDrag(model);
        drag.move(1, 1, 0, 7, 0.1);
        assertEquals("1", model.text("teacher.final_momentum_teacher"));
        drag.move(0, 1, 900, -3, 0.1);
        assertEquals("0.001", model.text("teacher.teacher_temp"));
        assertEquals(model.text("optim.epochs"), model.text("teacher.warmup_teacher_temp_epochs"));
        drag.nudge(1, 0, 0, -1, 0.1);
        assertEquals("0.9495", model.text("teacher.momentum_teacher"));
    }

    @Test
    void aScaledRateIsDraggedThroughItsBase() {
        model.setPreset("vitl14");
        ScheduleCurve curve = ScheduleCurve.all(model.spec()).get(2);
        assertEquals("optim.base_lr", curve.knots().get(0).yPath());
        double peak = curve.knots().get(0).y();
        new KnotDrag(model).move(2, 0, curve.knots().get(0).x(), 2 * peak, 4 * peak);
        assertEquals(
                2 * peak, ScheduleCurve.all(model.spec()).get(2).knots().get(0).y(), 0.03 * peak);
    }

    @Test
    void curvesOfEveryPresetPassThroughTheirKnots() {
        for (String preset : TrainPresets.names()) {
            model.setPreset(preset);
            for (ScheduleCurve curve : ScheduleCurve.all(model.spec())) {
                for (Knot knot : curve.knots()) {
                    double at = curve.at().applyAsDouble(knot.x());
                    assertEquals(knot.y(), at, 1e-6 + 1e-3 * knot.y(), preset + ": " + curve.title() + " " + knot);
                }
            }
        }
    }

    @Test
    void typingOnInOneFieldIsOneStep() {
        model.set("dino.koleo_loss_weight", "0.3");
        model.set("dino.koleo_loss_weight", "0.35");
        model.set("teacher.teacher_temp", "0.06");
        model.undo();
        assertEquals("0.35", model.text("dino.koleo_loss_weight"));
        model.undo();
        assertEquals("0.1", model.text("dino.koleo_loss_weight"));
        assertFalse(model.canUndo());
    }

    @Test
    void presetsThemselvesAreNotWarnedOf() {
        for (String preset : TrainPresets.names()) {
            model.setPreset(preset);
            List<LossWarning> warnings = LossWarning.unstable(model.spec());
            assertEquals(List.of(), warnings, preset);
        }
    }

    @Test
    void aLossFromElsewhereIsConfiguredByItsTypedConfiguration() {
        LossModel wider = new LossModel(List.of(new FurtherLoss<>(new SpreadLossProvider())));
        LossSection section = wider.sections().get(wider.sections().size() - 1);
        assertEquals("Spread: a loss from elsewhere", section.title());
        assertEquals(List.of("losses.spread", "losses.spread.weight", "losses.spread.norm"), section.paths());
        assertEquals(List.of("one", "two"), wider.key("losses.spread.norm").choices());
        assertEquals("false", wider.text("losses.spread"));

        assertTrue(wider.set("losses.spread.weight", "2.5").isEmpty());
        assertEquals("true", wider.text("losses.spread"), "a loss with a value is used");
        assertTrue(wider.set("losses.spread.norm", "one").isEmpty());
        assertTrue(wider.set("losses.spread.weight", "11").isPresent(), "out of its range");
        assertEquals(List.of("losses={spread: {weight: 2.5, norm: one}}"), wider.assignments());
        TrainSpec read =
                TrainSpecs.reader().setAll(TrainPresets.of(wider.preset()).spec(), wider.assignments());
        assertEquals(wider.spec().losses(), read.losses(), "the command line means the same");

        assertTrue(wider.set("losses.spread", "false").isEmpty());
        assertEquals(List.of(), wider.changes());
    }

    @Test
    void everyKeyOfTheFormHasWordsForItsChange() {
        for (LossSection section : LossSection.standard()) {
            for (String path : section.paths()) {
                var key = model.key(path);
                String words =
                        switch (key.kind()) {
                            case NUMBER, INTEGER -> Effects.of(key, "1", "2");
                            case BOOLEAN -> Effects.of(key, "false", "true");
                            case CHOICE -> Effects.of(key, "", key.choices().get(0));
                            default -> Effects.of(key, "a", "b");
                        };
                assertNotEquals(key.doc(), words, path + " has no words for its change");
            }
        }
    }
}
