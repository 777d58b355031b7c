package org.dinobench.evaluation.segmentation;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.torch.ComputeDevice;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Tensors;
import org.dinobench.torch.Torch;

/**
 * Trains one {@link LinearHead} by Adam. The gradient of the cross-entropy is written out: the residual of the upsampled
 * probabilities goes back through the transposed interpolation.
 */
final class HeadTraining {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    private final SegmentationSpec spec;
    private final PatchTokens tokens;
    private final List<CellTargets> targets;
    private final int classes;

    /** @param targets of every image, at {@code spec.cells()} to a patch side; null where not trained on */
    HeadTraining(SegmentationSpec spec, PatchTokens tokens, List<CellTargets> targets, int classes) {
        this.spec = spec;
        this.tokens = tokens;
        this.targets = targets;
        this.classes = classes;
    }

    /** @param train numbers of the images to learn from, at least one */
    LinearHead train(int[] train, double learningRate, JobMonitor monitor) {
        int d = tokens.width();
        double[][] moments = tokens.moments(train);
        double[] deviation =
                Arrays.stream(moments[1]).map(v -> Math.max(v, 1e-6)).toArray();
        Random random = new Random(spec.seed());
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            Variable w = new Variable(d, classes);
            Variable b = new Variable(1, classes);
            int[] order = new int[0];
            int at = 0;
            for (int step = 0; step < spec.iterations(); step++) {
                monitor.checkStopped();
                int batch = Math.min(spec.batchSize(), train.length);
                if (at + batch > order.length) {
                    order = shuffled(train, random);
                    at = 0;
                }
                int[] images = Arrays.copyOfRange(order, at, at + batch);
                at += batch;
                double rate = learningRate * 0.5 * (1 + Math.cos(Math.PI * step / spec.iterations()));
                step(images, moments[0], deviation, w, b, rate, step + 1);
                monitor.worked(1);
            }
            return head(moments[0], deviation, Tensors.floats(w.value), Tensors.floats(b.value));
        }
    }

    private void step(
            int[] images, double[] mean, double[] deviation, Variable w, Variable b, double rate, int number) {
        int n = images.length;
        int g = tokens.grid();
        int side = g * spec.cells();
        try (TensorScope scope = TensorScope.open()) {
            Tensor x = Tensors.of(standardised(images, mean, deviation), (long) n * g * g, tokens.width());
            Tensor up = Tensors.of(Upsampling.matrix(side, g), side, g);
            Tensor logits =
                    x.matmul(w.value).add(b.value).view(n, g, g, classes).permute(0, 3, 1, 2);
            Tensor probabilities = torch.softmax(up.matmul(logits).matmul(up.t()), 1);
            Tensor weights = weights(images, side);
            Tensor residual = probabilities
                    .sub(shares(images, side))
                    .mul(weights)
                    .div(Tensors.scalar(Math.max(1e-6, Tensors.floats(weights.sum())[0])));
            Tensor back = up.t().matmul(residual).matmul(up).permute(0, 2, 3, 1).reshape((long) n * g * g, classes);
            w.update(x.t().matmul(back), rate, spec.weightDecay(), number);
            b.update(back.sum(new long[] {0}, true, new org.bytedeco.pytorch.ScalarTypeOptional()), rate, 0, number);
        }
    }

    private float[] standardised(int[] images, double[] mean, double[] deviation) {
        int each = tokens.grid() * tokens.grid() * tokens.width();
        float[] x = new float[images.length * each];
        for (int i = 0; i < images.length; i++) {
            float[] own = tokens.images().get(images[i]);
            for (int t = 0; t < each; t++) {
                int c = t % tokens.width();
                x[i * each + t] = (float) ((own[t] - mean[c]) / deviation[c]);
            }
        }
        return x;
    }

    private Tensor shares(int[] images, int side) {
        int each = classes * side * side;
        float[] all = new float[images.length * each];
        for (int i = 0; i < images.length; i++) {
            System.arraycopy(targets.get(images[i]).shares(), 0, all, i * each, each);
        }
        return Tensors.of(all, images.length, classes, side, side);
    }

    private Tensor weights(int[] images, int side) {
        float[] all = new float[images.length * side * side];
        for (int i = 0; i < images.length; i++) {
            System.arraycopy(targets.get(images[i]).weights(), 0, all, i * side * side, side * side);
        }
        return Tensors.of(all, images.length, 1, side, side);
    }

    /** The head on tokens as they are: mean and deviation go into weights and bias. */
    private LinearHead head(double[] mean, double[] deviation, float[] w, float[] b) {
        float[] weights = new float[w.length];
        double[] bias = new double[classes];
        for (int k = 0; k < classes; k++) {
            bias[k] = b[k];
            for (int c = 0; c < tokens.width(); c++) {
                double v = w[c * classes + k] / deviation[c];
                weights[c * classes + k] = (float) v;
                bias[k] -= mean[c] * v;
            }
        }
        float[] rounded = new float[classes];
        for (int k = 0; k < classes; k++) {
            rounded[k] = (float) bias[k];
        }
        return new LinearHead(tokens.width(), classes, weights, rounded);
    }

    private static int[] shuffled(int[] train, Random random) {
        int[] order = train.clone();
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
        return order;
    }

    /** A trained tensor with its moments; starts at zero, as the problem is convex. */
    private static final class Variable {
        final Tensor value;
        private final Tensor first;
        private final Tensor second;

        Variable(long rows, long columns) {
            value = Tensors.zeros(ScalarType.Float, ComputeDevice.CPU, rows, columns);
            first = Tensors.zeros(ScalarType.Float, ComputeDevice.CPU, rows, columns);
            second = Tensors.zeros(ScalarType.Float, ComputeDevice.CPU, rows, columns);
        }

        void update(Tensor gradient, double rate, double decay, int step) {
            first.mul_(Tensors.scalar(BETA1)).add_(gradient, Tensors.scalar(1 - BETA1));
            second.mul_(Tensors.scalar(BETA2)).addcmul_(gradient, gradient, Tensors.scalar(1 - BETA2));
            Tensor corrected =
                    second.div(Tensors.scalar(1 - Math.pow(BETA2, step))).sqrt().add(Tensors.scalar(EPSILON));
            value.mul_(Tensors.scalar(1 - rate * decay));
            value.addcdiv_(first, corrected, Tensors.scalar(-rate / (1 - Math.pow(BETA1, step))));
        }
    }
}
