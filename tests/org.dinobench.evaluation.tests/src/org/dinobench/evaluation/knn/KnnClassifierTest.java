package org.dinobench.evaluation.knn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.evaluation.GoldenFile;
import org.dinobench.evaluation.data.FeatureMatrix;
import org.junit.jupiter.api.Test;

class KnnClassifierTest {
    @Test
    void votesLikeTheReference() throws IOException {
        GoldenFile golden = new GoldenFile("knn_eval");
        KnnSpec spec =
                new KnnSpec(List.of(1, 5, 10, 20), 10, 0.07, FeatureScaling.AS_IS, KnnSpec.Voting.SOFTMAX, 100, 0);
        List<KnnClassifier.Votes> votes = new KnnClassifier(spec, new ExactSearch())
                .classify(
                        matrix(golden, "train_features"),
                        golden.ints("train_labels"),
                        5,
                        matrix(golden, "test_features"),
                        JobMonitor.NONE);
        assertEquals(4, votes.size());
        for (KnnClassifier.Votes v : votes) {
            float[] expected = golden.floats("probas_k" + v.k());
            for (int i = 0; i < expected.length; i++) {
                assertEquals(expected[i], v.scores().at(i / 5, i % 5), 1e-5, "k " + v.k() + ", value " + i);
            }
            assertArrayEquals(golden.ints("pred_k" + v.k()), v.predicted(), "k " + v.k());
        }
    }

    @Test
    void majorityBreaksTiesBySimilarity() {
        FeatureMatrix train = FeatureMatrix.of("train", 4, 2, new float[] {1, 0.5f, 1, 0.6f, 1, -0.1f, 1, -2});
        FeatureMatrix query = FeatureMatrix.of("query", 1, 2, new float[] {1, 0});
        KnnSpec spec = new KnnSpec(List.of(1, 2, 4), 4, 0.07, FeatureScaling.AS_IS, KnnSpec.Voting.MAJORITY, 100, 0);
        List<KnnClassifier.Votes> votes = new KnnClassifier(spec, new ExactSearch())
                .classify(train, new int[] {0, 0, 1, 1}, 2, query, JobMonitor.NONE);
        assertEquals(1, votes.get(0).predicted()[0], "the nearest is of class 1");
        assertEquals(1, votes.get(1).predicted()[0], "one vote each, class 1 is nearer");
        assertEquals(0, votes.get(2).predicted()[0], "two votes each, class 0 is nearer in sum");
        assertEquals(0.5f, votes.get(2).scores().at(0, 1), 1e-6f);
    }

    @Test
    void centringFreesFeaturesThatPointTheSameWay() {
        FeatureMatrix train = FeatureMatrix.of("train", 4, 2, new float[] {100, 1, 101, 1, 100, -1, 101, -1});
        FeatureMatrix query = FeatureMatrix.of("query", 1, 2, new float[] {100.4f, 0.8f});
        KnnSpec spec = new KnnSpec(List.of(1), 1, 0.07, FeatureScaling.CENTRED, KnnSpec.Voting.MAJORITY, 100, 0);
        KnnClassifier.Votes votes = new KnnClassifier(spec, new ExactSearch())
                .classify(train, new int[] {0, 0, 1, 1}, 2, query, JobMonitor.NONE)
                .get(0);
        assertEquals(0, votes.predicted()[0]);
    }

    @Test
    void refusesTrainingPartsSmallerThanEveryK() {
        FeatureMatrix three = FeatureMatrix.of("train", 3, 1, new float[] {1, 2, 3});
        KnnClassifier classifier = new KnnClassifier(KnnSpec.dinov2(), new ExactSearch());
        BadInputException problem = assertThrows(
                BadInputException.class, () -> classifier.classify(three, new int[3], 2, three, JobMonitor.NONE));
        assertTrue(problem.getMessage().contains("smaller k"), problem.getMessage());
    }

    @Test
    void searchFindsTheSameAsSortingEverything() {
        java.util.Random random = new java.util.Random(3);
        float[] a = new float[150 * 19];
        float[] b = new float[70 * 19];
        for (int i = 0; i < a.length; i++) {
            a[i] = (float) random.nextGaussian();
        }
        for (int i = 0; i < b.length; i++) {
            b[i] = (float) random.nextGaussian();
        }
        FeatureMatrix train = FeatureMatrix.of("a", 150, 19, a);
        FeatureMatrix queries = FeatureMatrix.of("b", 70, 19, b);
        Neighbours found = new ExactSearch().search(train, queries, 12, JobMonitor.NONE);
        for (int q = 0; q < 70; q++) {
            double[] products = new double[150];
            for (int t = 0; t < 150; t++) {
                for (int c = 0; c < 19; c++) {
                    products[t] += (double) train.at(t, c) * queries.at(q, c);
                }
            }
            double[] sorted = products.clone();
            java.util.Arrays.sort(sorted);
            for (int rank = 0; rank < 12; rank++) {
                assertEquals(sorted[149 - rank], products[found.index(q, rank)], 1e-5);
                assertEquals(sorted[149 - rank], found.similarity(q, rank), 1e-5);
            }
        }
    }

    private static FeatureMatrix matrix(GoldenFile golden, String tensor) {
        int[] shape = golden.shape(tensor);
        return FeatureMatrix.of(tensor, shape[0], shape[1], golden.floats(tensor));
    }
}
