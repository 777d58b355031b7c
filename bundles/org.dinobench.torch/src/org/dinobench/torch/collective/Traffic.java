package org.dinobench.torch.collective;

/**
 * What one rank has sent with one kind of operation.
 *
 * @param operation the kind
 * @param calls how often it was called
 * @param bytes bytes sent to other ranks
 */
public record Traffic(CollectiveOperation operation, long calls, long bytes) {
    Traffic plus(long more) {
        return new Traffic(operation, calls + 1, bytes + more);
    }

    /** What was added since an earlier reading of the same kind. */
    public Traffic since(Traffic earlier) {
        if (earlier.operation != operation) {
            throw new IllegalArgumentException(operation + " and " + earlier.operation + " are not comparable");
        }
        return new Traffic(operation, calls - earlier.calls, bytes - earlier.bytes);
    }
}
