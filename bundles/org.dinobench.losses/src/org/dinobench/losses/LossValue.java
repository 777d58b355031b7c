package org.dinobench.losses;

import org.bytedeco.pytorch.Tensor;

/**
 * One named part of the training objective.
 *
 * @param name key in the metrics, such as {@code ibot_loss}
 * @param value scalar tensor with a gradient; the objective is the sum of {@code weight * value}
 * @param weight factor in the objective, 0 and more
 * @param shownScale factor between {@code value} and the number written to the metrics. DINOv2's code shows some parts
 *     in another scale than it adds them, and curves should be comparable with published ones.
 */
public record LossValue(String name, Tensor value, double weight, double shownScale) {}
