package org.dinobench.evaluation.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.evaluation.Sets;
import org.dinobench.evaluation.data.EvalImage;
import org.dinobench.evaluation.data.FeatureMatrix;
import org.dinobench.evaluation.data.LabelledSet;
import org.dinobench.evaluation.data.LeakCheck;
import org.dinobench.evaluation.data.Split;
import org.dinobench.evaluation.metrics.ClassScores;
import org.dinobench.evaluation.retrieval.Retrieval;
import org.dinobench.evaluation.retrieval.RetrievalReport;
import org.junit.jupiter.api.Test;

class LogisticTest {
    @Test
    void gradientAgreesWithDifferences() {
        Random random = new Random(2);
        double[] x = random.doubles(12 * 5, -1, 1).toArray();
        int[] labels = random.ints(12, 0, 3).toArray();
        double[] weights = random.doubles(12, 0.5, 1.5).toArray();
        SoftmaxObjective objective = new SoftmaxObjective(x, labels, 5, 3, weights, 0.3);
        double[] w = random.doubles(18, -1, 1).toArray();
        double[] gradient = new double[18];
        objective.valueAndGradient(w, gradient);
        double[] unused = new double[18];
        for (int k = 0; k < 18; k++) {
            double kept = w[k];
            w[k] = kept + 1e-6;
            double above = objective.valueAndGradient(w, unused);
            w[k] = kept - 1e-6;
            double below = objective.valueAndGradient(w, unused);
            w[k] = kept;
            assertEquals((above - below) / 2e-6, gradient[k], 1e-7, "parameter " + k);
        }
    }

    @Test
    void findsTheMinimumOfAValley() {
        // Rosenbrock's function: minimum 0 at (1, 1)
        double[] found = new Lbfgs(500, 1e-9)
                .minimise(
                        (at, gradient) -> {
                            double a = 1 - at[0];
                            double b = at[1] - at[0] * at[0];
                            gradient[0] = -2 * a - 400 * at[0] * b;
                            gradient[1] = 200 * b;
                            return a * a + 100 * b * b;
                        },
                        new double[] {-1.2, 1},
                        JobMonitor.NONE);
        assertEquals(1, found[0], 1e-6);
        assertEquals(1, found[1], 1e-6);
    }

    @Test
    void probabilitiesComeNearTheTrueOnes() {
        // one feature, two classes with means -1 and 1 and deviation 1: the true log-odds are 2 x
        Random random = new Random(5);
        float[] values = new float[4000];
        int[] labels = new int[4000];
        for (int i = 0; i < 4000; i++) {
            labels[i] = i % 2;
            values[i] = (float) (random.nextGaussian() + (labels[i] == 1 ? 1 : -1));
        }
        LinearModel model = new LogisticRegression(200, false)
                .path(FeatureMatrix.of("x", 4000, 1, values), labels, 2, List.of(1e-6), JobMonitor.NONE)
                .get(0);
        ClassScores scores = model.probabilities(FeatureMatrix.of("q", 3, 1, new float[] {-1, 0, 0.5f}));
        assertEquals(1 / (1 + Math.exp(2)), scores.at(0, 1), 0.02);
        assertEquals(0.5, scores.at(1, 1), 0.02);
        assertEquals(1 / (1 + Math.exp(-1)), scores.at(2, 1), 0.02);
    }

    @Test
    void strengthIsChosenByCrossValidationAndNoiseWantsMoreOfIt() {
        LabelledSet set = Sets.balanced(60, 60, 60);
        Split split = Split.grouped(set, 0.25, 1);
        LogisticEvaluation evaluation =
                new LogisticEvaluation(set, split, LogisticSpec.usual(), LeakCheck.Policy.REFUSE);
        LogisticReport clear = evaluation.evaluate("clear", Sets.clouds(set, 8, 8, 1), JobMonitor.NONE);
        LogisticReport noisy = evaluation.evaluate("noisy", Sets.clouds(set, 60, 0.5, 1), JobMonitor.NONE);
        assertTrue(clear.details().accuracy().value() > 0.95);
        assertTrue(clear.chosenL2() < noisy.chosenL2());
        assertTrue(noisy.path().size() < 8, "weaker strengths are not tried once it only gets worse");
        assertTrue(clear.path().stream().allMatch(p -> p.logLoss() >= 0 && p.accuracy() <= 1));
    }

    @Test
    void balancingHelpsRareClasses() {
        LabelledSet set = Sets.balanced(400, 30);
        Split split = Split.grouped(set, 0.3, 2);
        FeatureMatrix features = Sets.clouds(set, 4, 1.2, 3);
        LogisticSpec plain = new LogisticSpec(List.of(0.01), 3, false, 100, 100, 0);
        LogisticSpec balanced = new LogisticSpec(List.of(0.01), 3, true, 100, 100, 0);
        double without = recallOfRare(set, split, features, plain);
        double with = recallOfRare(set, split, features, balanced);
        assertTrue(with > without + 0.2, with + " against " + without);
    }

    @Test
    void moreShotsAreBetterAndSeeded() {
        LabelledSet set = Sets.balanced(60, 60, 60);
        Split split = Split.grouped(set, 0.3, 1);
        FeatureMatrix features = Sets.clouds(set, 16, 2.5, 1);
        FewShot fewShot = new FewShot(List.of(1, 20), 5, 0.1, 7);
        List<FewShot.Point> curve = fewShot.curve(set, split, features, JobMonitor.NONE);
        assertTrue(curve.get(1).accuracy() > curve.get(0).accuracy() + 0.1, curve.toString());
        assertEquals(curve, fewShot.curve(set, split, features, JobMonitor.NONE));
    }

    @Test
    void averagePrecisionByHand() {
        // the query's ranking: own group (not counted), right, wrong, right
        List<EvalImage> images = List.of(
                Sets.image(0, "a", "test", "g", ""),
                Sets.image(1, "a", "train", "g", ""),
                Sets.image(2, "a", "train", "", ""),
                Sets.image(3, "b", "train", "", ""),
                Sets.image(4, "a", "train", "", ""));
        LabelledSet set = LabelledSet.of("retrieval", images);
        float[] values = {1, 0, 1, 0.01f, 1, 0.2f, 1, 0.8f, -2.9f, -1.01f};
        FeatureMatrix features = FeatureMatrix.of("f", 5, 2, values);
        RetrievalReport report =
                new Retrieval(List.of(1, 2)).measure("f", set, Split.given(set), features, JobMonitor.NONE);
        assertEquals(1, report.queries());
        assertEquals((1 + 2 / 3.0) / 2, report.meanAveragePrecision(), 1e-9);
        assertEquals(1, report.recall().get(0).recall(), 0);
    }

    private static double recallOfRare(LabelledSet set, Split split, FeatureMatrix features, LogisticSpec spec) {
        LogisticReport report = new LogisticEvaluation(set, split, spec, LeakCheck.Policy.REFUSE)
                .evaluate("clouds", features, JobMonitor.NONE);
        return report.details().classes().get(1).recall();
    }
}
