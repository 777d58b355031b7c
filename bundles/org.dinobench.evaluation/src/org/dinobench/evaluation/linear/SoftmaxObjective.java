package org.dinobench.evaluation.linear;

/**
 * Mean cross-entropy of a linear softmax classifier plus {@code l2 / 2} times the squared weights (biases free).
 * Parameters are {@code [classes][columns + 1]} row-major, the bias last.
 */
final class SoftmaxObjective implements Lbfgs.Objective {
    private final double[] x;
    private final double[] transposed;
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
        this(x, transpose(x, labels.length, columns), labels, columns, classes, sampleWeights, l2);
    }

    private SoftmaxObjective(
            double[] x,
            double[] transposed,
            int[] labels,
            int columns,
            int classes,
            double[] sampleWeights,
            double l2) {
        this.x = x;
        this.transposed = transposed;
        this.labels = labels;
        this.columns = columns;
        this.classes = classes;
        this.sampleWeights = sampleWeights;
        this.l2 = l2;
    }

    /** The same data with another strength. */
    SoftmaxObjective withStrength(double other) {
        return new SoftmaxObjective(x, transposed, labels, columns, classes, sampleWeights, other);
    }

    /**
     * Both products run along memory with one factor held, which the virtual machine turns into vector instructions; a
     * sum of products would not be.
     */
    @Override
    public double valueAndGradient(double[] w, double[] gradient) {
        int n = labels.length;
        int stride = columns + 1;
        double[][] logits = new double[classes][n];
        for (int k = 0; k < classes; k++) {
            java.util.Arrays.fill(logits[k], w[k * stride + columns]);
            for (int c = 0; c < columns; c++) {
                addScaled(logits[k], 0, w[k * stride + c], transposed, c * n, n);
            }
        }
        java.util.Arrays.fill(gradient, 0);
        double[] p = new double[classes];
        double loss = 0;
        for (int r = 0; r < n; r++) {
            for (int k = 0; k < classes; k++) {
                p[k] = logits[k][r];
            }
            loss += sampleWeights[r] * softmax(p, labels[r]) / n;
            for (int k = 0; k < classes; k++) {
                double residual = sampleWeights[r] * (p[k] - (k == labels[r] ? 1 : 0)) / n;
                addScaled(gradient, k * stride, residual, x, r * columns, columns);
                gradient[k * stride + columns] += residual;
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

    private static void addScaled(double[] to, int toStart, double factor, double[] from, int fromStart, int length) {
        for (int i = 0; i < length; i++) {
            to[toStart + i] += factor * from[fromStart + i];
        }
    }

    private static double[] transpose(double[] x, int rows, int columns) {
        double[] out = new double[x.length];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                out[c * rows + r] = x[r * columns + c];
            }
        }
        return out;
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
}
