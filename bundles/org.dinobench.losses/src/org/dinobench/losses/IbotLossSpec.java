package org.dinobench.losses;

import org.dinobench.core.spec.Key;

/**
 * Configuration of the patch-level loss (iBOT; Zhou et al. 2021; DINOv2, section 4).
 *
 * @param weight factor in the objective, 0 switches the loss off; DINOv2: 1
 * @param studentTemperature divisor of the student's prototype scores, above 0; constant 0.1 in DINOv2
 */
public record IbotLossSpec(
        @Key(doc = "Factor in the objective; 0 switches the loss off.", def = "1.0", min = 0, max = 1000)
        double weight,

        @Key(doc = "Divisor of the student's prototype scores.", def = "0.1", min = 0.001, max = 10)
        double studentTemperature) {
    /** DINOv2's values. */
    public static final IbotLossSpec DEFAULT = new IbotLossSpec(1.0, 0.1);

    /** Checks the ranges. */
    public IbotLossSpec {
        Ranges.weight("ibot.loss_weight", weight);
        Ranges.positive("ibot.student_temp", studentTemperature);
    }
}
