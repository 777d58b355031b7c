package org.dinobench.evaluation.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.evaluation.data.FeatureMatrix;
import org.dinobench.evaluation.data.LabelledSet;
import org.dinobench.evaluation.data.LeakCheck;
import org.dinobench.evaluation.data.Split;
import org.dinobench.evaluation.metrics.Bootstrap;
import org.dinobench.evaluation.metrics.ClassScores;
import org.dinobench.evaluation.metrics.Classification;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Tensors;
import org.dinobench.torch.Torch;

/**
 * Trains the grid of a {@link ProbeSpec}. Classifiers that see the same features are the columns of one matrix, so that
 * a step is two matrix products for all learning rates together; the gradient of the cross-entropy is written out.
 */
public final class LinearProbe {
    private static final double MOMENTUM = 0.9;
    private static final double START = 0.01;

    private final LabelledSet set;
    private final Split split;
    private final LeakCheck.Finding leak;
    private final ProbeSpec spec;

    /** Checks the split for leaks, as the nearest-neighbour evaluation does. */
    public LinearProbe(LabelledSet set, Split split, ProbeSpec spec, LeakCheck.Policy policy) {
        this.set = set;
        this.split = split;
        this.spec = spec;
        this.leak = LeakCheck.check(set, split, policy);
    }

    /**
     * @param lastBlocks class tokens of the last blocks, earliest first, and the mean patch token, as
     *     {@link org.dinobench.evaluation.features.FeatureExtractor#extractLastBlocks} gives them
     * @param width of one token
     */
    public ProbeReport evaluate(FeatureMatrix lastBlocks, int width, JobMonitor monitor) {
        int available = lastBlocks.columns() / width - 1;
        int parts = Math.max(2, (int) Math.round(1 / spec.validationShare()));
        Split inner = Split.folds(set, split.train(), parts, spec.seed()).get(0);
        List<ProbeReport.Candidate> grid = new ArrayList<>();
        List<float[]> tests = new ArrayList<>();
        List<Integer> blocks = spec.blocks().stream()
                .map(b -> Math.min(b, available))
                .distinct()
                .toList();
        monitor.begin("Linear probe", (long) blocks.size() * spec.meanPatch().size() * spec.iterations());
        for (int count : blocks) {
            for (boolean mean : spec.meanPatch()) {
                FeatureMatrix seen = columns(lastBlocks, width, available, count, mean);
                train(seen, inner, count, mean, grid, tests, monitor);
            }
        }
        int best = 0;
        for (int i = 1; i < grid.size(); i++) {
            best = grid.get(i).validationAccuracy() > grid.get(best).validationAccuracy() ? i : best;
        }
        ClassScores scores = new ClassScores(set.classes().size(), tests.get(best));
        return new ProbeReport(
                spec,
                split.description(),
                leak,
                grid,
                grid.get(best),
                Classification.of(set, split, scores, new Bootstrap(spec.resamples(), spec.seed())),
                scores);
    }

    private static FeatureMatrix columns(FeatureMatrix all, int width, int available, int count, boolean mean) {
        int used = count + (mean ? 1 : 0);
        float[] from = all.toArray();
        float[] values = new float[all.rows() * used * width];
        for (int r = 0; r < all.rows(); r++) {
            System.arraycopy(
                    from, r * all.columns() + (available - count) * width, values, r * used * width, used * width);
        }
        return FeatureMatrix.of("last blocks", all.rows(), used * width, values);
    }

    /** Trains all learning rates on one kind of features; appends a candidate and its test scores for each. */
    private void train(
            FeatureMatrix features,
            Split inner,
            int blocks,
            boolean mean,
            List<ProbeReport.Candidate> grid,
            List<float[]> tests,
            JobMonitor monitor) {
        int rates = spec.learningRates().size();
        int classes = set.classes().size();
        int[] labels = set.labels(inner.train());
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            Tensor x = tensor(features.rows(inner.train()));
            Tensor w = Tensors.of(start(features.columns() * rates * classes), features.columns(), rates * classes);
            Tensor b = Tensors.of(new float[rates * classes], 1, rates * classes);
            Tensor wSpeed = torch.zeros_like(w);
            Tensor bSpeed = torch.zeros_like(b);
            Random random = new Random(spec.seed() + 1);
            int[] order = new int[0];
            int at = 0;
            int batch = Math.min(spec.batchSize(), labels.length);
            for (int i = 0; i < spec.iterations(); i++) {
                monitor.checkStopped();
                if (at + batch > order.length) {
                    order = permutation(labels.length, random);
                    at = 0;
                }
                step(x, w, b, wSpeed, bSpeed, Arrays.copyOfRange(order, at, at + batch), labels, i);
                at += batch;
                monitor.worked(1);
            }
            float[] validation = probabilities(features.rows(inner.test()), w, b);
            float[] test = probabilities(features.rows(split.test()), w, b);
            int[] truth = set.labels(inner.test());
            for (int r = 0; r < rates; r++) {
                ClassScores scores = new ClassScores(classes, column(validation, truth.length, r));
                int[] called = scores.best();
                int right = 0;
                for (int i = 0; i < truth.length; i++) {
                    right += called[i] == truth[i] ? 1 : 0;
                }
                grid.add(new ProbeReport.Candidate(
                        blocks, mean, spec.learningRates().get(r), right / (double) Math.max(1, truth.length)));
                tests.add(column(test, split.test().length, r));
            }
        }
    }

    private void step(
            Tensor x, Tensor w, Tensor b, Tensor wSpeed, Tensor bSpeed, int[] rows, int[] labels, int iteration) {
        int rates = spec.learningRates().size();
        int classes = set.classes().size();
        double cosine = 0.5 * (1 + Math.cos(Math.PI * iteration / spec.iterations()));
        float[] scale = new float[rates * classes];
        for (int k = 0; k < scale.length; k++) {
            scale[k] = (float) (spec.learningRates().get(k / classes) * spec.batchSize() / 256 * cosine);
        }
        float[] truth = new float[rows.length * classes];
        for (int i = 0; i < rows.length; i++) {
            truth[i * classes + labels[rows[i]]] = 1;
        }
        try (TensorScope scope = TensorScope.open()) {
            Tensor batch = x.index_select(
                    0, Tensors.of(Arrays.stream(rows).asLongStream().toArray(), rows.length));
            Tensor logits = batch.matmul(w).add(b).view(rows.length, rates, classes);
            Tensor residual = torch.softmax(logits, 2)
                    .sub(Tensors.of(truth, rows.length, 1, classes))
                    .view(rows.length, (long) rates * classes)
                    .div(Tensors.scalar(rows.length));
            wSpeed.mul_(Tensors.scalar(MOMENTUM)).add_(batch.t().matmul(residual));
            bSpeed.mul_(Tensors.scalar(MOMENTUM))
                    .add_(residual.sum(new long[] {0}, true, new org.bytedeco.pytorch.ScalarTypeOptional()));
            Tensor rate = Tensors.of(scale, 1, scale.length);
            w.sub_(wSpeed.mul(rate));
            b.sub_(bSpeed.mul(rate));
        }
    }

    private float[] probabilities(FeatureMatrix features, Tensor w, Tensor b) {
        int rates = spec.learningRates().size();
        int classes = set.classes().size();
        try (TensorScope scope = TensorScope.open()) {
            Tensor logits = tensor(features).matmul(w).add(b).view(features.rows(), rates, classes);
            return Tensors.floats(torch.softmax(logits, 2));
        }
    }

    private float[] column(float[] all, int rows, int rate) {
        int rates = spec.learningRates().size();
        int classes = set.classes().size();
        float[] out = new float[rows * classes];
        for (int i = 0; i < rows; i++) {
            System.arraycopy(all, (i * rates + rate) * classes, out, i * classes, classes);
        }
        return out;
    }

    private float[] start(int count) {
        Random random = new Random(spec.seed());
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (START * random.nextGaussian());
        }
        return values;
    }

    private static int[] permutation(int n, Random random) {
        int[] order = new int[n];
        Arrays.setAll(order, i -> i);
        for (int i = n - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
        return order;
    }

    private static Tensor tensor(FeatureMatrix features) {
        return Tensors.of(features.toArray(), features.rows(), features.columns());
    }
}
