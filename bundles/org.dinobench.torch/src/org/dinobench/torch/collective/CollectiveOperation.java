package org.dinobench.torch.collective;

/**
 * The kinds of operations and what each sends. Formulas as in ZeRO and FSDP (Rajbhandari et al. 2020, section 7): with
 * {@code W} ranks an all-gather or a reduce-scatter costs a rank {@code (W-1)/W} of the tensor, an all-reduce twice
 * that; a broadcast passes the tensor on from rank to rank, so that each but the last sends it once.
 */
public enum CollectiveOperation {
    /** Everyone's part to everyone. */
    ALL_GATHER,
    /** Sums, of which every rank keeps its share. */
    REDUCE_SCATTER,
    /** Sums for everyone. */
    ALL_REDUCE,
    /** One rank's values to everyone. */
    BROADCAST,
    /** Meeting without data. */
    BARRIER;

    /**
     * Bytes that a rank has to send to others, exactly, also where the tensor does not divide evenly among the ranks
     * (then the first ranks own one element more).
     *
     * @param rank the sending rank
     * @param size number of ranks
     * @param root the rank that a broadcast starts from; without meaning for the others
     * @param elements elements of the whole tensor (of an all-gather's result, of a reduce-scatter's addends)
     * @param width bytes of one element
     */
    public long bytesSent(int rank, int size, int root, long elements, int width) {
        long own = elements / size + (rank < elements % size ? 1 : 0);
        long gathered = own * (size - 1);
        long scattered = elements - own;
        long sent =
                switch (this) {
                    case ALL_GATHER -> gathered;
                    case REDUCE_SCATTER -> scattered;
                    case ALL_REDUCE -> scattered + gathered;
                    case BROADCAST -> (rank + 1) % size == root ? 0 : elements;
                    case BARRIER -> 0;
                };
        return Math.multiplyExact(sent, width);
    }
}
