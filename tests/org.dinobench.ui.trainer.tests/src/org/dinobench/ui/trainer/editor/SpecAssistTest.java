package org.dinobench.ui.trainer.editor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpecAssistTest {
    /** Proposals at the bar. */
    private static List<SpecAssist.Proposal> at(String text) {
        int caret = text.indexOf('|');
        return SpecAssist.at(text.substring(0, caret) + text.substring(caret + 1), caret);
    }

    private static List<String> labels(String text) {
        return at(text).stream().map(SpecAssist.Proposal::label).toList();
    }

    @Test
    void keysOfTheSectionThatAreNotThereYet() {
        assertTrue(labels("|").containsAll(List.of("preset", "student", "optim")));
        assertEquals(List.of("teacher", "train"), labels("preset: quick\nt|"));
        assertEquals(List.of("patch_size"), labels("student:\n  arch: vit_tiny\n  pa|"));
        assertTrue(labels("student:\n  arch: vit_tiny\n  |").stream().noneMatch("arch"::equals));
        assertEquals(List.of("koleo_loss_weight"), labels("dino: {loss_weight: 1, k|}"));
        assertEquals("train:\n  ", at("preset: quick\ntr|").get(0).insertion());
        assertTrue(at("student:\n  arc|").get(0).help().contains("vision transformer"));
    }

    @Test
    void valuesOfAKey() {
        assertEquals(List.of("vit_tiny"), labels("student:\n  arch: vit_t|"));
        assertEquals(List.of("true", "false"), labels("ibot:\n  separate_head: |"));
        assertTrue(labels("preset: |").contains("continue"));
        assertEquals(List.of("centering"), labels("train: {centering: c|}"));
        assertEquals(List.of("auto"), labels("optim:\n  lr: a|"));
        assertEquals(List.of("0.07"), labels("teacher:\n  teacher_temp: |"));
    }

    @Test
    void nothingWhereNothingMayStand() {
        assertEquals(List.of(), labels("# a rem|"));
        assertEquals(List.of(), labels("nowhere:\n  x|"));
        assertEquals(List.of(), labels("student: something |"));
    }
}
