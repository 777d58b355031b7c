package org.dinobench.torch.collective;

import org.bytedeco.pytorch.Tensor;

/** Argument checks that every implementation of {@link Collectives} makes before it sends. */
public final class CollectiveChecks {
    private CollectiveChecks() {}

    /** Checks the pair of tensors of an all-gather or a reduce-scatter. */
    public static void gather(Collectives group, Tensor part, Tensor whole) {
        contiguous(part);
        contiguous(whole);
        if (part.scalar_type().intern() != whole.scalar_type().intern()) {
            throw new IllegalArgumentException("Part and whole have different types: "
                    + part.scalar_type().intern() + ", " + whole.scalar_type().intern());
        }
        if (Math.multiplyExact(part.numel(), group.size()) != whole.numel()) {
            throw new IllegalArgumentException("A part of " + part.numel() + " elements times " + group.size()
                    + " ranks is not the whole of " + whole.numel());
        }
    }

    /** Checks that a tensor can be sent as one block of memory. */
    public static void contiguous(Tensor tensor) {
        if (!tensor.defined() || !tensor.is_contiguous()) {
            throw new IllegalArgumentException("Collectives need contiguous tensors");
        }
    }

    /** Checks the rank that a broadcast starts from. */
    public static void root(Collectives group, int root) {
        if (root < 0 || root >= group.size()) {
            throw new IllegalArgumentException("There is no rank " + root + " among " + group.size());
        }
    }
}
