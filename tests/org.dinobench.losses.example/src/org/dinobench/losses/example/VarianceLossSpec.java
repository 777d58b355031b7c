package org.dinobench.losses.example;

import org.dinobench.core.spec.Key;

/**
 * Configuration of {@link VarianceLoss}; the keys below {@code losses.variance}.
 *
 * @param weight factor in the objective
 * @param target standard deviation below which a component of the features is pushed apart
 */
public record VarianceLossSpec(
        @Key(doc = "Factor in the objective; 0 switches the loss off.", def = "0.1", min = 0, max = 1000)
        double weight,

        @Key(
                doc = "Standard deviation over the batch that every component of the features should reach.",
                def = "1.0",
                min = 0.001,
                max = 100)
        double target) {}
