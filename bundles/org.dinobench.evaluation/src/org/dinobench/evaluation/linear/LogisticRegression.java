package org.dinobench.evaluation.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.evaluation.data.FeatureMatrix;

/** Fits multinomial logistic regressions along a path of strengths, each starting from the one before. */
public final class LogisticRegression {
    private final int iterations;
    private final boolean balanced;

    /**
     * @param iterations of the optimizer at most, for each strength
     * @param balanced whether every class weighs the same
     */
    public LogisticRegression(int iterations, boolean balanced) {
        this.iterations = iterations;
        this.balanced = balanced;
    }

    /**
     * One model per strength.
     *
     * @param labels 0 to {@code classes - 1}; a class without images is never predicted with weight
     * @param l2 descending strengths
     */
    public List<LinearModel> path(
            FeatureMatrix features, int[] labels, int classes, List<Double> l2, JobMonitor monitor) {
        int d = features.columns();
        double[] mean = features.mean();
        double[] deviation = features.deviation(mean);
        for (int c = 0; c < d; c++) {
            deviation[c] = Math.max(deviation[c], 1e-8);
        }
        double[] x = new double[features.rows() * d];
        for (int r = 0; r < features.rows(); r++) {
            for (int c = 0; c < d; c++) {
                x[r * d + c] = (features.at(r, c) - mean[c]) / deviation[c];
            }
        }
        double[] sampleWeights = sampleWeights(labels, classes);
        List<LinearModel> models = new ArrayList<>();
        double[] w = new double[classes * (d + 1)];
        for (double strength : l2) {
            w = new Lbfgs(iterations, 1e-5)
                    .minimise(new SoftmaxObjective(x, labels, d, classes, sampleWeights, strength), w, monitor);
            models.add(new LinearModel(mean, deviation, classes, w));
        }
        return models;
    }

    private double[] sampleWeights(int[] labels, int classes) {
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
