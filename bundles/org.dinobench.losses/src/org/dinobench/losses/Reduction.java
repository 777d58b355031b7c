package org.dinobench.losses;

import org.bytedeco.pytorch.Tensor;

/**
 * The sums over all ranks that batch statistics need. The distributed engine implements it on its collectives; every
 * rank calls the same methods in the same order.
 */
public interface Reduction {
    /** One process: every value is already the total. */
    Reduction NONE = new Reduction() {
        @Override
        public void sum(Tensor values) {}

        @Override
        public void max(Tensor values) {}
    };

    /** Replaces {@code values} (contiguous, any shape) by their sum over the ranks. */
    void sum(Tensor values);

    /** Replaces {@code values} (contiguous, any shape) by their maximum over the ranks. */
    void max(Tensor values);
}
