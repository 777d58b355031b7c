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
import org.dinobench.ui.losses.model.LossModel;
import org.dinobench.ui.losses.model.LossSection;
import org.dinobench.ui.losses.model.LossWarning;
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
