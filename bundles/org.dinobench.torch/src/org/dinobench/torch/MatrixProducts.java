package org.dinobench.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Affine maps in the precision that {@link Torch#setPrecision} chose. (libtorch's own switch for float32 products,
 * {@code setFloat32MatmulPrecision}, does not speed up processors without AMX and makes small fused attention many
 * times slower; so factors are rounded here, one tensor at a time.)
 */
public final class MatrixProducts {
    private MatrixProducts() {}

    /**
     * {@code rows * weight' + bias} in the type of {@code weight}.
     *
     * @param rows {@code [.., in]}
     * @param weight {@code [out, in]}
     * @param bias {@code [out]}, or null
     * @return {@code [.., out]}
     */
    public static Tensor linear(Tensor rows, Tensor weight, Tensor bias) {
        Tensor result = reduced(rows, weight, bias);
        ScalarType type = weight.scalar_type().intern();
        return result.scalar_type().intern() == type ? result : result.to(type);
    }

    /**
     * As {@link #linear}, but the result may be bfloat16 when products are rounded, which spares a conversion when
     * another product or a sum with a float32 tensor follows.
     */
    public static Tensor reduced(Tensor rows, Tensor weight, Tensor bias) {
        if (!rounds(weight)) {
            return plain(rows, weight, bias);
        }
        return plain(bf16(rows), bf16(weight), bias == null ? null : bf16(bias));
    }

    /** {@code rows * weight' + bias} in the types of the arguments, whatever the precision. */
    public static Tensor plain(Tensor rows, Tensor weight, Tensor bias) {
        return bias == null ? torch.linear(rows, weight) : torch.linear(rows, weight, new TensorOptional(bias));
    }

    private static boolean rounds(Tensor weight) {
        return Torch.precision() != Precision.FP32 && weight.scalar_type().intern() == ScalarType.Float;
    }

    private static Tensor bf16(Tensor tensor) {
        return tensor.scalar_type().intern() == ScalarType.BFloat16 ? tensor : tensor.to(ScalarType.BFloat16);
    }
}
