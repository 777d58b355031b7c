package org.dinobench.evaluation.linear;

/**
 * Mean cross-entropy of a linear softmax classifier plus {@code l2 / 2} times the squared weights (biases free).
 * Parameters are {@code [classes][columns + 1]} row-major, the bias last.
 */
final class SoftmaxObjective implements Lbfgs.Objective {
    private final double[] x;
    private final int[] labels;
    private final int columns;
    private final int classes;
    private final double[] sampleWeights;
    private final double l2;

    /**
     * @param x standardised features, row-major
     * @param sampleWeights how much each row counts, mean 1
     */
    SoftmaxObjective(double[] x, int[] labels, int columns, int classes, double[] sampleWeights, double l2) {
        this.x = x;
        this.labels = labels;
        this.columns = columns;
        this.classes = classes;
        this.sampleWeights = sampleWeights;
        this.l2 = l2;
    }

    @Override
    public double valueAndGradient(double[] w, double[] gradient) {
        java.util.Arrays.fill(gradient, 0);
        int stride = columns + 1;
        double[] p = new double[classes];
        double loss = 0;
        int n = labels.length;
        for (int r = 0; r < n; r++) {
            int start = r * columns;
            for (int k = 0; k < classes; k++) {
                p[k] = w[k * stride + columns] + dot(w, k * stride, x, start, columns);
            }
            loss += sampleWeights[r] * softmax(p, labels[r]) / n;
            for (int k = 0; k < classes; k++) {
                double residual = sampleWeights[r] * (p[k] - (k == labels[r] ? 1 : 0)) / n;
                int at = k * stride;
                for (int c = 0; c < columns; c++) {
                    gradient[at + c] += residual * x[start + c];
                }
                gradient[at + columns] += residual;
            }
        }
        for (int k = 0; k < classes; k++) {
            for (int c = 0; c < columns; c++) {
                double v = w[k * stride + c];
                loss += 0.5 * l2 * v * v;
                gradient[k * stride + c] += l2 * v;
            }
        }
        return loss;
    }

    /** Turns logits into probabilities in place. */
    static void softmax(double[] logits) {
        softmax(logits, 0);
    }

    /** As above; returns the cross-entropy of a class. */
    private static double softmax(double[] logits, int label) {
        double max = logits[0];
        for (double v : logits) {
            max = Math.max(max, v);
        }
        double target = logits[label];
        double sum = 0;
        for (int k = 0; k < logits.length; k++) {
            logits[k] = Math.exp(logits[k] - max);
            sum += logits[k];
        }
        for (int k = 0; k < logits.length; k++) {
            logits[k] /= sum;
        }
        return Math.log(sum) + max - target;
    }

    private static double dot(double[] a, int aStart, double[] b, int bStart, int length) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 3 < length; i += 4) {
            s0 += a[aStart + i] * b[bStart + i];
            s1 += a[aStart + i + 1] * b[bStart + i + 1];
            s2 += a[aStart + i + 2] * b[bStart + i + 2];
            s3 += a[aStart + i + 3] * b[bStart + i + 3];
        }
        for (; i < length; i++) {
            s0 += a[aStart + i] * b[bStart + i];
        }
        return s0 + s1 + (s2 + s3);
    }
}
