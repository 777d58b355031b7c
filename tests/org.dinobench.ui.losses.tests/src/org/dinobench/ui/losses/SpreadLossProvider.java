package org.dinobench.ui.losses;

import org.dinobench.core.spec.Key;
import org.dinobench.core.spec.SpecSchema;
import org.dinobench.losses.LossContext;
import org.dinobench.losses.LossProvider;
import org.dinobench.losses.LossTerm;

/** What a bundle of somebody else's offers: a loss that the form has never heard of. */
final class SpreadLossProvider implements LossProvider<SpreadLossProvider.Spec> {
    /** Ways to measure. */
    enum Norm {
        /** Sum of absolute values. */
        ONE,
        /** Root of the sum of squares. */
        TWO
    }

    /**
     * Its configuration.
     *
     * @param weight factor
     * @param norm how it measures
     */
    record Spec(
            @Key(doc = "Factor in the objective.", def = "0.5", min = 0, max = 10)
            double weight,

            @Key(doc = "How distances are measured.", def = "two")
            Norm norm) {}

    @Override
    public String id() {
        return "spread";
    }

    @Override
    public String title() {
        return "Spread: a loss from elsewhere";
    }

    @Override
    public Class<Spec> configurationType() {
        return Spec.class;
    }

    @Override
    public Spec defaults() {
        return SpecSchema.of(Spec.class).defaults();
    }

    @Override
    public LossTerm create(Spec configuration, LossContext context) {
        throw new AssertionError("the loss configurator shows and edits a loss; it must never create its term");
    }
}
