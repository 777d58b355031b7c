package org.dinobench.losses;

import static org.bytedeco.pytorch.global.torch.dot;
import static org.bytedeco.pytorch.global.torch.log_softmax;
import static org.bytedeco.pytorch.global.torch.mv;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.dinobench.core.problem.BadInputException;

/**
 * The image-level loss: cross-entropy between the teacher's assignment of a global crop and the student's of every
 * other crop of the same image (DINOv2, section 4, "image-level objective").
 *
 * <p>With two global and L local crops there are 2 + 2L pairs; each pair's batch mean is divided by that number. A
 * local crop meets both teacher targets, and {@code sum_t CE(t, s) = CE(sum_t t, s)} because cross-entropy is linear in
 * its target: so one pass over the student's log-probabilities serves all pairs, where the plain way takes 2L.
 */
public final class DinoLoss implements LossTerm {
    /** Metrics key of the part from local crops. */
    public static final String LOCAL = "dino_local_crops_loss";
    /** Metrics key of the part from global crops. */
    public static final String GLOBAL = "dino_global_crops_loss";

    private static final int GLOBAL_CROPS = 2;

    private final DinoLossSpec spec;

    /**
     * @param spec the configuration
     * @param context must say two global crops
     * @throws BadInputException for another number of global crops
     */
    public DinoLoss(DinoLossSpec spec, LossContext context) {
        if (context.globalCrops() != GLOBAL_CROPS) {
            throw new BadInputException(
                    "crops.global_crops_number",
                    "the DINO loss pairs exactly 2 global crops, not " + context.globalCrops(),
                    "write 2");
        }
        this.spec = spec;
    }

    @Override
    public Set<StepOutput> needs() {
        return Set.of(StepOutput.CLS_LOGITS);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Reads {@code clsLogits [(L+2)*B, K]} and {@code clsTargets [2*B, K]}; gives {@link #LOCAL} (only with local
     * crops) and {@link #GLOBAL}.
     */
    @Override
    public List<LossValue> compute(StepOutputs outputs) {
        Tensor logits = StepOutputs.require(outputs.clsLogits(), StepOutput.CLS_LOGITS);
        Tensor targets = StepOutputs.require(outputs.clsTargets(), StepOutput.CLS_LOGITS);
        long images = outputs.images();
        long locals = outputs.localCrops();
        double pairScale = -1.0 / (images * (GLOBAL_CROPS + GLOBAL_CROPS * locals));

        Tensor logProbabilities = log_softmax(logits.mul(new Scalar(1 / spec.studentTemperature())), -1);
        // split_with_sizes is undone by one concatenation in the backward pass; slices would each be padded with zeros
        TensorVector parts = logProbabilities.split_with_sizes(new long[] {locals * images, images, images}, 0);
        Tensor first = targets.narrow(0, 0, images).reshape(-1);
        Tensor second = targets.narrow(0, images, images).reshape(-1);

        List<LossValue> values = new ArrayList<>(2);
        if (locals > 0) {
            Tensor crossEntropies = mv(parts.get(0).view(locals, -1), first.add(second));
            values.add(new LossValue(LOCAL, crossEntropies.sum().mul(new Scalar(pairScale)), spec.weight(), 1));
        }
        Tensor crossed = dot(parts.get(1).view(-1), second).add(dot(parts.get(2).view(-1), first));
        values.add(new LossValue(GLOBAL, crossed.mul(new Scalar(pairScale)), spec.weight(), 1));
        return values;
    }
}
