package org.dinobench.losses;

/** Offers {@link KoLeoLoss}. */
public final class KoLeoLossProvider implements LossProvider<KoLeoLossSpec> {
    /** {@code koleo}. */
    public static final String ID = "koleo";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String title() {
        return "KoLeo: spreads the features of a batch";
    }

    @Override
    public Class<KoLeoLossSpec> configurationType() {
        return KoLeoLossSpec.class;
    }

    @Override
    public KoLeoLossSpec defaults() {
        return KoLeoLossSpec.DEFAULT;
    }

    @Override
    public LossTerm create(KoLeoLossSpec configuration, LossContext context) {
        return new KoLeoLoss(configuration, context);
    }
}
