package org.dinobench.torch.format;

import java.util.Locale;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Element types that files may hold, by their safetensors names. */
public enum TensorType {
    /** IEEE double. */
    F64(8, ScalarType.Double),
    /** IEEE single. */
    F32(4, ScalarType.Float),
    /** IEEE half. */
    F16(2, ScalarType.Half),
    /** The upper half of an IEEE single. */
    BF16(2, ScalarType.BFloat16),
    /** Signed, 64 bits. */
    I64(8, ScalarType.Long),
    /** Signed, 32 bits. */
    I32(4, ScalarType.Int),
    /** Signed, 16 bits. */
    I16(2, ScalarType.Short),
    /** Signed, 8 bits. */
    I8(1, ScalarType.Char),
    /** Unsigned, 8 bits. */
    U8(1, ScalarType.Byte),
    /** One byte, 0 or 1. */
    BOOL(1, ScalarType.Bool);

    private final int bytes;
    private final ScalarType torch;

    TensorType(int bytes, ScalarType torch) {
        this.bytes = bytes;
        this.torch = torch;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }

    /** libtorch's type. */
    public ScalarType torch() {
        return torch;
    }

    /** The type of a safetensors name, or null. */
    public static TensorType named(String name) {
        for (TensorType type : values()) {
            if (type.name().equals(name)) {
                return type;
            }
        }
        return null;
    }

    /** The type of a tensor's elements. */
    public static TensorType of(ScalarType scalarType) {
        for (TensorType type : values()) {
            if (type.torch == scalarType) {
                return type;
            }
        }
        throw new IllegalArgumentException(
                "Tensors of " + scalarType.toString().toLowerCase(Locale.ROOT) + " are not stored");
    }
}
