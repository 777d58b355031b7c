package org.dinobench.evaluation.knn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.evaluation.Sets;
import org.dinobench.evaluation.data.LabelledSet;
import org.dinobench.evaluation.data.LeakCheck;
import org.dinobench.evaluation.data.Split;
import org.junit.jupiter.api.Test;

class KnnEvaluationTest {
    @Test
    void separatedClassesScoreHighAndMixedOnesAtChance() {
        LabelledSet set = Sets.balanced(60, 60, 60);
        Split split = Split.grouped(set, 0.2, 1);
        KnnEvaluation evaluation = new KnnEvaluation(set, split, KnnSpec.smallSet(), LeakCheck.Policy.REFUSE);
        KnnReport good = evaluation.evaluate("far", Sets.clouds(set, 16, 8, 1), JobMonitor.NONE);
        KnnReport chance = evaluation.evaluate("same", Sets.clouds(set, 16, 0, 1), JobMonitor.NONE);
        assertTrue(good.details().accuracy().value() > 0.95);
        assertTrue(good.details().macroAuc() > 0.98);
        assertTrue(chance.details().accuracy().value() < 0.6);
        assertTrue(
                chance.details().accuracy().low() < chance.details().accuracy().value());
        assertEquals(36, good.testImages());
        assertEquals(4, good.byK().size());
        assertEquals(10, good.detailsK());
        assertEquals(good.byK().get(2).accuracy(), good.details().accuracy().value(), 1e-12);
        assertTrue(good.leak().clean());
    }

    @Test
    void tooLargeKAreSkippedAndNamed() {
        LabelledSet set = Sets.balanced(12, 12);
        KnnReport report = new KnnEvaluation(
                        set, Split.grouped(set, 0.25, 1), KnnSpec.dinov2(), LeakCheck.Policy.REFUSE)
                .evaluate("clouds", Sets.clouds(set, 4, 5, 2), JobMonitor.NONE);
        assertEquals(List.of(20, 100, 200), report.skippedK());
        assertEquals(10, report.detailsK());
    }
}
