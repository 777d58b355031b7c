package org.dinobench.torch.collective;

/**
 * A collective operation did not succeed: a rank died, hangs or called something else, or the transport failed. The
 * group is of no use afterwards and the job has to end; its last checkpoint is the place to go on from.
 */
public final class CollectiveException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what was waited for, where, and what is known of the cause */
    public CollectiveException(String message) {
        super(message);
    }

    /** As {@link #CollectiveException(String)}, with the failure that it follows from. */
    public CollectiveException(String message, Throwable cause) {
        super(message, cause);
    }
}
