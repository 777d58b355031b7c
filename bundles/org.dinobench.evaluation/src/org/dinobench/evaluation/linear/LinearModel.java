package org.dinobench.evaluation.linear;

import org.dinobench.evaluation.data.FeatureMatrix;
import org.dinobench.evaluation.metrics.ClassScores;

/** A linear classifier on standardised features. Immutable. */
public final class LinearModel {
    private final double[] mean;
    private final double[] deviation;
    private final int classes;
    private final double[] weights;

    /** @param weights {@code [classes][columns + 1]}, row-major, the bias last */
    LinearModel(double[] mean, double[] deviation, int classes, double[] weights) {
        this.mean = mean;
        this.deviation = deviation;
        this.classes = classes;
        this.weights = weights;
    }

    /** Class probabilities of each row. */
    public ClassScores probabilities(FeatureMatrix features) {
        int d = mean.length;
        float[] scores = new float[features.rows() * classes];
        double[] x = new double[d];
        double[] logits = new double[classes];
        for (int r = 0; r < features.rows(); r++) {
            for (int c = 0; c < d; c++) {
                x[c] = (features.at(r, c) - mean[c]) / deviation[c];
            }
            for (int k = 0; k < classes; k++) {
                double sum = weights[k * (d + 1) + d];
                for (int c = 0; c < d; c++) {
                    sum += weights[k * (d + 1) + c] * x[c];
                }
                logits[k] = sum;
            }
            SoftmaxObjective.softmax(logits);
            for (int k = 0; k < classes; k++) {
                scores[r * classes + k] = (float) logits[k];
            }
        }
        return new ClassScores(classes, scores);
    }
}
