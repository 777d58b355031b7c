package org.dinobench.torch.mpi;

import org.bytedeco.pytorch.global.torch.ScalarType;

/** Element types that can be sent and summed. The order is known to the native library. */
public enum ElementType {
    /** 32-bit floating point. */
    FLOAT32(4),
    /** IEEE half precision; sums are taken in 32 bits. */
    FLOAT16(2),
    /** The upper half of a 32-bit number; sums are taken in 32 bits. */
    BFLOAT16(2),
    /** 64-bit floating point. */
    FLOAT64(8),
    /** 64-bit integers; sums wrap around. */
    INT64(8);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }

    /**
     * The type of a tensor's elements.
     *
     * @throws IllegalArgumentException for types that are not sent
     */
    public static ElementType of(ScalarType type) {
        return switch (type.intern()) {
            case Float -> FLOAT32;
            case Half -> FLOAT16;
            case BFloat16 -> BFLOAT16;
            case Double -> FLOAT64;
            case Long -> INT64;
            default -> throw new IllegalArgumentException("Collectives do not send elements of type " + type.intern());
        };
    }
}
