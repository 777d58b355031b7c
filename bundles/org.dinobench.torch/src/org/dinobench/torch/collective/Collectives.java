package org.dinobench.torch.collective;

import org.bytedeco.pytorch.Tensor;

/**
 * Communication among the ranks of one job. Every rank calls the same operations in the same order with the same sizes
 * and types. Tensors are contiguous; operations return when their results may be read. Sums of float16 and bfloat16 are
 * taken in float32 and rounded once. A part may be the rank's own slice of the whole, otherwise the two do not overlap.
 *
 * <p>The {@code start...} forms return at once where an implementation can work beside the computation; operations
 * that were started take place in the order of their calls.
 *
 * <p>Implementations are checked by one contract test. Sizes are checked before anything is sent.
 */
public interface Collectives extends AutoCloseable {
    /** This process's number, from 0. */
    int rank();

    /** Number of processes. */
    int size();

    /**
     * Concatenates every rank's {@code part} in rank order.
     *
     * @param part this rank's elements, {@code [n]}
     * @param whole receives {@code [n * size]}, same type
     */
    void allGather(Tensor part, Tensor whole);

    /** As {@link #allGather}, without waiting. */
    default Pending startAllGather(Tensor part, Tensor whole) {
        allGather(part, whole);
        return Pending.DONE;
    }

    /**
     * Sums over ranks and leaves each rank its share.
     *
     * @param whole this rank's addends, {@code [n * size]}
     * @param part receives elements {@code rank * n} to {@code (rank + 1) * n} of the sum, same type
     */
    void reduceScatter(Tensor whole, Tensor part);

    /** As {@link #reduceScatter}, without waiting. */
    default Pending startReduceScatter(Tensor whole, Tensor part) {
        reduceScatter(whole, part);
        return Pending.DONE;
    }

    /** Replaces {@code values} by the sum over ranks. */
    void allReduce(Tensor values);

    /** As {@link #allReduce}, without waiting. */
    default Pending startAllReduce(Tensor values) {
        allReduce(values);
        return Pending.DONE;
    }

    /** Replaces {@code values} by those of rank {@code root}. */
    void broadcast(Tensor values, int root);

    /** As {@link #broadcast}, without waiting. */
    default Pending startBroadcast(Tensor values, int root) {
        broadcast(values, root);
        return Pending.DONE;
    }

    /** Returns once every rank has called it. */
    void barrier();

    /** Bytes this rank has sent to others so far, by the operations' formulas (not counting protocol headers). */
    long bytesSent();

    @Override
    void close();
}
