package org.dinobench.trainer.shard;

import org.bytedeco.pytorch.global.torch.ScalarType;
import org.dinobench.core.spec.train.Precision;
import org.dinobench.core.spec.train.ReduceType;
import org.dinobench.core.spec.train.TrainSpec;

/**
 * How weights and gradients travel among the ranks (FSDP; DINOv2, section 5).
 *
 * @param keepUntilBackward whether a unit's weights stay from its forward to its backward pass ("shard grad-op");
 *     otherwise they are freed in between and collected again ("full shard")
 * @param backboneReduction type in which gradients of the backbone are summed
 * @param headReduction type in which gradients of the heads are summed
 * @param ahead whether the next unit's weights are collected while the present one computes
 */
public record Sharding(
        boolean keepUntilBackward, ScalarType backboneReduction, ScalarType headReduction, boolean ahead) {
    /**
     * DINOv2's choice for a precision: weights stay until the backward pass; 16-bit networks sum the gradients of the
     * backbone in 16 bits and those of the heads in 32.
     */
    public static Sharding of(Precision precision) {
        ScalarType reduction =
                switch (precision) {
                    case BF16 -> ScalarType.BFloat16;
                    case FP16 -> ScalarType.Half;
                    default -> ScalarType.Float;
                };
        return new Sharding(true, reduction, ScalarType.Float, true);
    }

    /** What a specification wants; what it leaves open is as in {@link #of(Precision)}. */
    public static Sharding of(TrainSpec spec) {
        Sharding open = of(spec.train().precision());
        return open.withKeeping(spec.sharding().strategy().keepsWeights())
                .withReduction(
                        spec.sharding().backboneReduce().map(Sharding::type).orElse(open.backboneReduction()),
                        type(spec.sharding().headReduce()));
    }

    private static ScalarType type(ReduceType type) {
        return switch (type) {
            case FP32 -> ScalarType.Float;
            case BF16 -> ScalarType.BFloat16;
            case FP16 -> ScalarType.Half;
        };
    }

    /** The same with weights kept until the backward pass, or not. */
    public Sharding withKeeping(boolean on) {
        return new Sharding(on, backboneReduction, headReduction, ahead);
    }

    /** The same with other types of sums. */
    public Sharding withReduction(ScalarType backbone, ScalarType heads) {
        return new Sharding(keepUntilBackward, backbone, heads, ahead);
    }

    /** The same with or without collecting ahead. */
    public Sharding withAhead(boolean on) {
        return new Sharding(keepUntilBackward, backboneReduction, headReduction, on);
    }
}
