package org.dinobench.losses.example;

import org.dinobench.core.spec.SpecSchema;
import org.dinobench.losses.LossContext;
import org.dinobench.losses.LossProvider;
import org.dinobench.losses.LossTerm;

/** Offers {@link VarianceLoss} to runs and to the loss configurator; registered by {@code OSGI-INF/varianceLoss.xml}. */
public final class VarianceLossProvider implements LossProvider<VarianceLossSpec> {
    @Override
    public String id() {
        return "variance";
    }

    @Override
    public String title() {
        return "Variance: keeps every component of the features spread over the batch";
    }

    @Override
    public Class<VarianceLossSpec> configurationType() {
        return VarianceLossSpec.class;
    }

    @Override
    public VarianceLossSpec defaults() {
        return SpecSchema.of(VarianceLossSpec.class).defaults();
    }

    @Override
    public LossTerm create(VarianceLossSpec configuration, LossContext context) {
        return new VarianceLoss(configuration);
    }
}
