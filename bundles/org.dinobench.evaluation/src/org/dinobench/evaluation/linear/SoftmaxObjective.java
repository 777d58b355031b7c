package org.dinobench.evaluation.linear;

import org.bytedeco.pytorch.Tensor;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Tensors;
import org.dinobench.torch.Torch;

/**
 * Mean cross-entropy of a linear softmax classifier plus {@code l2 / 2} times the squared weights (biases free).
 * Parameters are {@code [classes][columns + 1]} row-major, the bias last.
 */
final class SoftmaxObjective implements Lbfgs.Objective {
    private final Tensor x;
    private final int[] labels;
    private final int columns;
    private final int classes;
    private final double[] sampleWeights;
    private final double l2;

    /**
     * @param x standardised features, row-major; copied
     * @param sampleWeights how much each row counts, mean 1
     */
    SoftmaxObjective(double[] x, int[] labels, int columns, int classes, double[] sampleWeights, double l2) {
        this(copied(x, labels.length, columns), labels, columns, classes, sampleWeights, l2);
    }

    private SoftmaxObjective(Tensor x, int[] labels, int columns, int classes, double[] sampleWeights, double l2) {
        this.x = x;
        this.labels = labels;
        this.columns = columns;
        this.classes = classes;
        this.sampleWeights = sampleWeights;
        this.l2 = l2;
    }

    /** Lives as long as the objectives that use it: it is in no scope. */
    private static Tensor copied(double[] x, int rows, int columns) {
        try (TensorScope scope = TensorScope.open()) {
            return scope.detach(Tensors.of(x, rows, columns));
        }
    }

    /** The same data with another strength. */
    SoftmaxObjective withStrength(double other) {
        return new SoftmaxObjective(x, labels, columns, classes, sampleWeights, other);
    }

    /** The two products of all rows are libtorch's; what happens to each row is done here. */
    @Override
    public double valueAndGradient(double[] w, double[] gradient) {
        int n = labels.length;
        int stride = columns + 1;
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            double[] logits = Tensors.doubles(x.matmul(
                    Tensors.of(w, classes, stride).narrow(1, 0, columns).t()));
            double[] residuals = new double[n * classes];
            double[] p = new double[classes];
            double loss = 0;
            double[] biases = new double[classes];
            for (int r = 0; r < n; r++) {
                for (int k = 0; k < classes; k++) {
                    p[k] = logits[r * classes + k] + w[k * stride + columns];
                }
                loss += sampleWeights[r] * softmax(p, labels[r]) / n;
                for (int k = 0; k < classes; k++) {
                    double residual = sampleWeights[r] * (p[k] - (k == labels[r] ? 1 : 0)) / n;
                    residuals[r * classes + k] = residual;
                    biases[k] += residual;
                }
            }
            double[] slopes =
                    Tensors.doubles(Tensors.of(residuals, n, classes).t().matmul(x));
            for (int k = 0; k < classes; k++) {
                for (int c = 0; c < columns; c++) {
                    double v = w[k * stride + c];
                    loss += 0.5 * l2 * v * v;
                    gradient[k * stride + c] = slopes[k * columns + c] + l2 * v;
                }
                gradient[k * stride + columns] = biases[k];
            }
            return loss;
        }
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
