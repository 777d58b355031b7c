package org.dinobench.losses;

/** Offers {@link IbotPatchLoss}. */
public final class IbotPatchLossProvider implements LossProvider<IbotLossSpec> {
    /** {@code ibot}. */
    public static final String ID = "ibot";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String title() {
        return "iBOT: patch-level prediction of masked patches";
    }

    @Override
    public Class<IbotLossSpec> configurationType() {
        return IbotLossSpec.class;
    }

    @Override
    public IbotLossSpec defaults() {
        return IbotLossSpec.DEFAULT;
    }

    @Override
    public LossTerm create(IbotLossSpec configuration, LossContext context) {
        return new IbotPatchLoss(configuration);
    }
}
