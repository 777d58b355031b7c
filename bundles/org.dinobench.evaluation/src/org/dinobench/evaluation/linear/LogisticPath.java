package org.dinobench.evaluation.linear;

import java.util.Arrays;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.evaluation.data.FeatureMatrix;

/**
 * Fits multinomial logistic regressions on one set of features with falling strength of regularisation, each starting
 * from the one before.
 */
final class LogisticPath {
    private static final double TOLERANCE = 1e-4;

    private final int iterations;
    private final int classes;
    private final double[] mean;
    private final double[] deviation;
    private final SoftmaxObjective objective;
    private double[] weights;

    /**
     * @param labels 0 to {@code classes - 1}
     * @param balanced whether every class weighs the same
     * @param iterations of the optimizer at most, for each strength
     */
    LogisticPath(FeatureMatrix features, int[] labels, int classes, boolean balanced, int iterations) {
        this.iterations = iterations;
        this.classes = classes;
        int d = features.columns();
        mean = features.mean();
        deviation = features.deviation(mean);
        for (int c = 0; c < d; c++) {
            deviation[c] = Math.max(deviation[c], 1e-8);
        }
        double[] x = new double[features.rows() * d];
        for (int r = 0; r < features.rows(); r++) {
            for (int c = 0; c < d; c++) {
                x[r * d + c] = (features.at(r, c) - mean[c]) / deviation[c];
            }
        }
        objective = new SoftmaxObjective(x, labels, d, classes, sampleWeights(labels, classes, balanced), 0);
        weights = new double[classes * (d + 1)];
    }

    /** The model of the next strength. */
    LinearModel next(double l2, JobMonitor monitor) {
        weights = new Lbfgs(iterations, TOLERANCE).minimise(objective.withStrength(l2), weights, monitor);
        return new LinearModel(mean, deviation, classes, weights);
    }

    private static double[] sampleWeights(int[] labels, int classes, boolean balanced) {
        double[] weights = new double[labels.length];
        Arrays.fill(weights, 1);
        if (balanced) {
            int[] counts = new int[classes];
            for (int label : labels) {
                counts[label]++;
            }
            long present = Arrays.stream(counts).filter(c -> c > 0).count();
            Arrays.setAll(weights, i -> labels.length / (double) (present * counts[labels[i]]));
        }
        return weights;
    }
}
