package org.dinobench.torch.collective;

/**
 * An operation under way. Its tensors stay open and untouched until {@link #await()} has returned: what is sent may
 * not be written, what is received may not be read.
 */
@FunctionalInterface
public interface Pending {
    /** An operation that is complete. */
    Pending DONE = () -> {};

    /**
     * Returns once the results may be read; immediately when called again.
     *
     * @throws CollectiveException when the operation failed; again at every call
     */
    void await();
}
