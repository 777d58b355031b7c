package org.dinobench.losses;

import org.dinobench.core.spec.Key;

/**
 * Configuration of the image-level loss (DINO; Caron et al. 2021, section 3.1; DINOv2, section 4).
 *
 * @param weight factor in the objective, 0 switches the loss off; DINOv2: 1
 * @param studentTemperature divisor of the student's prototype scores, above 0; constant 0.1 in DINOv2
 */
public record DinoLossSpec(
        @Key(doc = "Factor in the objective; 0 switches the loss off.", def = "1.0", min = 0, max = 1000)
        double weight,

        @Key(doc = "Divisor of the student's prototype scores.", def = "0.1", min = 0.001, max = 10)
        double studentTemperature) {
    /** DINOv2's values. */
    public static final DinoLossSpec DEFAULT = new DinoLossSpec(1.0, 0.1);

    /** Checks the ranges. */
    public DinoLossSpec {
        Ranges.weight("dino.loss_weight", weight);
        Ranges.positive("dino.student_temp", studentTemperature);
    }
}
