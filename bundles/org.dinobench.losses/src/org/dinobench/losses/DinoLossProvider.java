package org.dinobench.losses;

/** Offers {@link DinoLoss}. */
public final class DinoLossProvider implements LossProvider<DinoLossSpec> {
    /** {@code dino}. */
    public static final String ID = "dino";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String title() {
        return "DINO: image-level agreement of crops";
    }

    @Override
    public Class<DinoLossSpec> configurationType() {
        return DinoLossSpec.class;
    }

    @Override
    public DinoLossSpec defaults() {
        return DinoLossSpec.DEFAULT;
    }

    @Override
    public LossTerm create(DinoLossSpec configuration, LossContext context) {
        return new DinoLoss(configuration, context);
    }
}
