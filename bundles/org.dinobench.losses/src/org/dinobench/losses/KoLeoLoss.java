package org.dinobench.losses;

import static org.bytedeco.pytorch.global.torch.linalg_vector_norm;
import static org.bytedeco.pytorch.global.torch.mm;

import java.util.List;
import java.util.Set;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.core.problem.BadInputException;

/**
 * The KoLeo regulariser: minus the mean logarithm of each feature's distance to its nearest neighbour in the batch, on
 * unit vectors (DINOv2, section 4, after the Kozachenko-Leonenko entropy estimator). As in the reference code, and
 * unlike its paper, it is taken of each global crop apart and summed.
 */
public final class KoLeoLoss implements LossTerm {
    /** Metrics key. */
    public static final String NAME = "koleo_loss";

    private static final double EPS = 1e-8;
    private static final int SMALLEST_BATCH = 2;

    private final KoLeoLossSpec spec;
    private final double shownScale;

    /**
     * @param spec the configuration
     * @param context must say at least two images a step
     * @throws BadInputException for a batch of one image, which has no neighbour
     */
    public KoLeoLoss(KoLeoLossSpec spec, LossContext context) {
        if (context.imagesPerStep() < SMALLEST_BATCH) {
            throw new BadInputException(
                    "train.batch_size_per_gpu",
                    "KoLeo measures distances within a batch and cannot work on one image",
                    "take a batch of 2 or more, or set dino.koleo_loss_weight to 0");
        }
        this.spec = spec;
        // the reference writes the weighted sum over crops divided by their number
        this.shownScale = spec.weight() / context.globalCrops();
    }

    @Override
    public Set<StepOutput> needs() {
        return Set.of(StepOutput.GLOBAL_CLS_FEATURES);
    }

    /** {@inheritDoc} Reads {@code globalClsFeatures [G*B, D]}, G*B at least 2*G. */
    @Override
    public List<LossValue> compute(StepOutputs outputs) {
        Tensor features = StepOutputs.require(outputs.globalClsFeatures(), StepOutput.GLOBAL_CLS_FEATURES);
        long images = outputs.images();
        Tensor sum = null;
        for (int crop = 0; crop < outputs.globalCrops(); crop++) {
            Tensor loss = ofCrop(features.narrow(0, crop * images, images));
            sum = sum == null ? loss : sum.add(loss);
        }
        return List.of(new LossValue(NAME, sum, spec.weight(), shownScale));
    }

    private Tensor ofCrop(Tensor features) {
        Tensor unit = features.div(norm(features).clamp_min(new Scalar(EPS)));
        Tensor detached = unit.detach();
        // no unit vector's product with another is below -1, so the diagonal never wins
        Tensor products = mm(detached, detached.t()).fill_diagonal_(new Scalar(-2.0));
        Tensor nearest = products.argmax(new LongOptional(1), false);
        Tensor difference = unit.sub(unit.index_select(0, nearest)).add(new Scalar(EPS));
        Tensor distance = norm(difference);
        Tensor duplicate = distance.lt(new Scalar(spec.duplicateDistance()));
        Tensor bounded = distance.masked_fill(duplicate, new Scalar(spec.duplicateDistance()));
        return bounded.add(new Scalar(EPS)).log().mean().neg();
    }

    private static Tensor norm(Tensor rows) {
        return linalg_vector_norm(rows, new Scalar(2.0), new long[] {1}, true, new ScalarTypeOptional());
    }
}
