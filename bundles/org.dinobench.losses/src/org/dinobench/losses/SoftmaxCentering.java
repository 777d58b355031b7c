package org.dinobench.losses;

import static org.bytedeco.pytorch.global.torch.softmax;
import static org.bytedeco.pytorch.global.torch.zeros;

import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.torch.TensorScope;

/**
 * Targets by a sharpened softmax around a moving average of the teacher's scores (DINO, Caron et al. 2021, section
 * 3.1). A step uses the centre of the steps before it.
 */
public final class SoftmaxCentering implements TeacherCentering {
    /** DINOv2's share of the old centre. */
    public static final double DEFAULT_MOMENTUM = 0.9;

    private final double momentum;
    private final Reduction reduction;
    private final Tensor centre;

    /**
     * @param prototypes K, 1 and more
     * @param momentum share of the old centre in the new, from 0 to below 1
     * @param reduction sums over ranks: the mean is that of the batch of all ranks
     */
    public SoftmaxCentering(int prototypes, double momentum, Reduction reduction) {
        if (!(momentum >= 0 && momentum < 1)) {
            throw new BadInputException(
                    "train.center_momentum", "the value " + momentum + " is no share", "give 0 to below 1");
        }
        this.momentum = momentum;
        this.reduction = reduction;
        Tensor start = zeros(1, prototypes);
        TensorScope scope = TensorScope.current();
        this.centre = scope == null ? start : scope.detach(start);
    }

    @Override
    public Tensor targets(Tensor logits, double temperature) {
        Tensor old = centre.to(logits.scalar_type());
        Tensor targets = softmax(logits.sub(old).div_(new Scalar(temperature)), -1);
        updateCentre(logits);
        return targets;
    }

    @Override
    public Map<String, Tensor> state() {
        return Map.of("centre", centre);
    }

    private void updateCentre(Tensor logits) {
        Tensor sum = logits.sum(0).to(centre.scalar_type());
        Tensor count = zeros(1).fill_(new Scalar((double) logits.size(0)));
        reduction.sum(sum);
        reduction.sum(count);
        double samples = count.item_double();
        // one step with NaN must not spoil the centre of all later ones
        if (samples > 0 && Double.isFinite(sum.sum().item_double())) {
            centre.mul_(new Scalar(momentum)).add_(sum, new Scalar((1 - momentum) / samples));
        }
    }
}
