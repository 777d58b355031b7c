package org.dinobench.torch;

/**
 * What the optimizer does differently for one parameter.
 *
 * @param lrMultiplier factor on the learning rate
 * @param weightDecayMultiplier factor on the weight decay, 0 for biases, norms and LayerScale
 * @param lastLayer whether it belongs to a head's last layer, whose learning rate has a schedule of its own
 */
public record ParameterAttributes(double lrMultiplier, double weightDecayMultiplier, boolean lastLayer) {
    /** No difference. */
    public static final ParameterAttributes DEFAULT = new ParameterAttributes(1, 1, false);
}
