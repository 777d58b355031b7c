package org.dinobench.torch.collective;

/**
 * How a flat tensor is divided among ranks: padded with zeros to a multiple of their number, each rank owning one
 * stretch of equal length.
 *
 * @param count elements without padding, at least 1
 * @param ranks number of ranks, at least 1
 */
public record ShardLayout(long count, int ranks) {
    /** Checks the parts. */
    public ShardLayout {
        if (count < 1 || ranks < 1) {
            throw new IllegalArgumentException("No layout for " + count + " elements on " + ranks + " ranks");
        }
    }

    /** Elements that one rank owns. */
    public long share() {
        return (count + ranks - 1) / ranks;
    }

    /** Elements with padding. */
    public long padded() {
        return Math.multiplyExact(share(), ranks);
    }

    /** First element that a rank owns. */
    public long from(int rank) {
        return share() * rank;
    }

    /** Elements of a rank's share that are no padding; 0 for the last ranks when there are few elements. */
    public long used(int rank) {
        return Math.max(0, Math.min(share(), count - from(rank)));
    }
}
