package org.dinobench.trainer.step;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Tensors;
import org.dinobench.torch.Torch;

/** Figures of the teacher's output that show a collapse before the loss does. */
public final class TeacherHealth {
    /** Mean entropy of a target, in nats: near 0 it names one prototype, near log K it says nothing. */
    public static final String ENTROPY = "teacher_entropy";
    /** Share of the prototypes that the batch could use at most which are some target's first choice, from 0 to 1. */
    public static final String USAGE = "prototype_usage";
    /** Spread of the class tokens over the batch: mean standard deviation of a unit vector's components times sqrt(D). */
    public static final String FEATURE_STD = "feature_std";
    /** Effective rank of the class tokens: exponential of the entropy of the covariance's normalised spectrum. */
    public static final String FEATURE_RANK = "feature_rank";

    private static final double TINY = 1e-12;

    private TeacherHealth() {}

    /**
     * Figures of one step.
     *
     * @param classTokens {@code [rows, D]} of the teacher's backbone
     * @param targets {@code [rows, K]}, or null
     */
    public static Map<String, Double> of(Tensor classTokens, Tensor targets) {
        Map<String, Double> figures = new LinkedHashMap<>();
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            if (targets != null) {
                Tensor logs = targets.clamp_min(new Scalar(TINY)).log_();
                double rows = targets.size(0);
                figures.put(ENTROPY, -targets.mul(logs).sum().item_double() / rows);
                Tensor chosen = targets.argmax(new LongOptional(1), false);
                long distinct = Arrays.stream(Tensors.longs(chosen)).distinct().count();
                figures.put(USAGE, (double) distinct / Math.min(rows, targets.size(1)));
            }
            features(classTokens.to(ScalarType.Double), figures);
        }
        return figures;
    }

    private static void features(Tensor tokens, Map<String, Double> figures) {
        Tensor unit = tokens.div(tokens.mul(tokens)
                .sum(new long[] {1}, true, new org.bytedeco.pytorch.ScalarTypeOptional())
                .sqrt()
                .clamp_min(new Scalar(TINY)));
        Tensor centred = unit.sub(unit.mean(new long[] {0}, true, new org.bytedeco.pytorch.ScalarTypeOptional()));
        long rows = centred.size(0);
        long width = centred.size(1);
        Tensor gram = rows < width ? torch.mm(centred, centred.t()) : torch.mm(centred.t(), centred);
        double trace = gram.trace().item_double();
        if (!Double.isFinite(trace)) {
            figures.put(FEATURE_STD, Double.NaN);
            figures.put(FEATURE_RANK, Double.NaN);
            return;
        }
        // mean over components of the variance, times D, is the trace over the rows
        figures.put(FEATURE_STD, Math.sqrt(Math.max(0, trace) / rows));
        Tensor spectrum = torch.linalg_eigvalsh(gram).clamp_min_(new Scalar(0.0));
        double total = spectrum.sum().item_double();
        if (total > TINY) {
            Tensor shares = spectrum.div(new Scalar(total)).clamp_min_(new Scalar(TINY));
            figures.put(FEATURE_RANK, Math.exp(-shares.mul(shares.log()).sum().item_double()));
        } else {
            figures.put(FEATURE_RANK, 1.0);
        }
    }
}
