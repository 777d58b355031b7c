package org.dinobench.losses;

import static org.bytedeco.pytorch.global.torch.full;
import static org.bytedeco.pytorch.global.torch.mv;

import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.core.problem.BadInputException;

/**
 * Targets that use all prototypes equally over the batch (SwAV, Caron et al. 2020, algorithm of appendix A; DINOv2,
 * section 4): the matrix {@code exp(scores / temperature)} is scaled so that every prototype gets 1/K and every sample
 * 1/B, by turns.
 *
 * <p>Scaling rows and columns by turns never needs the scaled matrix itself: it stays {@code diag(v) M diag(u)}, and an
 * iteration is two matrix-vector products that only read {@code M}. Numbers equal those of the plain way up to rounding.
 *
 * <p>fp32 overflows once a score is above 88 times the temperature. A shift common to all scores cancels in the first
 * scaling, so scores are shifted by what they exceed 64 temperatures; where none does, the shift is exactly zero.
 */
public final class SinkhornKnopp implements TeacherCentering {
    /** DINOv2's number of iterations. */
    public static final int DEFAULT_ITERATIONS = 3;

    private static final double HIGHEST_EXPONENT = 64;
    /** Keeps a prototype whose every weight underflowed from dividing zero by zero. */
    private static final double SMALLEST_SUM = 1e-36;

    private final int iterations;
    private final Reduction reduction;

    /**
     * @param iterations row-and-column scalings, 1 and more
     * @param reduction sums over ranks: prototypes are balanced over the batch of all ranks
     */
    public SinkhornKnopp(int iterations, Reduction reduction) {
        if (iterations < 1) {
            throw new BadInputException(
                    "train.sinkhorn_iterations", iterations + " iterations scale nothing", "write 1 or more");
        }
        this.iterations = iterations;
        this.reduction = reduction;
    }

    @Override
    public Tensor targets(Tensor logits, double temperature) {
        long samples = logits.size(0);
        long prototypes = logits.size(1);
        if (samples == 0) {
            // the other ranks still wait for this one's part of the sums
            return emptyShare(logits, prototypes);
        }
        Tensor exponents = logits.mul(new Scalar(1 / temperature));
        Tensor highest = exponents.max();
        reduction.max(highest);
        Tensor shift = highest.sub(new Scalar(HIGHEST_EXPONENT)).clamp_min_(new Scalar(0.0));
        Tensor matrix = exponents.sub_(shift).exp_(); // [B, K]

        // scaling of samples (v) and prototypes (u); constant factors 1/K and 1/B cancel in the last column step
        Tensor sampleScale = full(new long[] {samples}, new Scalar(1.0), logits.options());
        Tensor prototypeScale = sampleScale;
        Tensor transposed = matrix.t();
        for (int i = 0; i < iterations; i++) {
            Tensor prototypeSums = mv(transposed, sampleScale);
            reduction.sum(prototypeSums);
            prototypeScale = reciprocal(prototypeSums);
            sampleScale = reciprocal(mv(matrix, prototypeScale));
        }
        return matrix.mul_(prototypeScale).mul_(sampleScale.unsqueeze(-1));
    }

    @Override
    public Map<String, Tensor> state() {
        return Map.of();
    }

    private Tensor emptyShare(Tensor logits, long prototypes) {
        Tensor nothing = full(new long[] {}, new Scalar(Double.NEGATIVE_INFINITY), logits.options());
        reduction.max(nothing);
        for (int i = 0; i < iterations; i++) {
            reduction.sum(full(new long[] {prototypes}, new Scalar(0.0), logits.options()));
        }
        return logits.detach();
    }

    private static Tensor reciprocal(Tensor sums) {
        return sums.clamp_min_(new Scalar(SMALLEST_SUM)).reciprocal_();
    }
}
