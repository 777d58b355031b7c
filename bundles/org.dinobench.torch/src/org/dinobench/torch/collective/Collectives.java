package org.dinobench.torch.collective;

import org.bytedeco.pytorch.Tensor;

/**
 * Communication among the ranks of one job. Every rank calls the same operations in the same order with the same sizes
 * and types. Tensors are contiguous; operations return when their results may be read.
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

    /**
     * Sums over ranks and leaves each rank its share.
     *
     * @param whole this rank's addends, {@code [n * size]}
     * @param part receives elements {@code rank * n} to {@code (rank + 1) * n} of the sum, same type
     */
    void reduceScatter(Tensor whole, Tensor part);

    /** Replaces {@code values} by the sum over ranks. */
    void allReduce(Tensor values);

    /** Replaces {@code values} by those of rank {@code root}. */
    void broadcast(Tensor values, int root);

    /** Returns once every rank has called it. */
    void barrier();

    /** Bytes this rank has sent to others so far, by the operations' formulas (not counting protocol headers). */
    long bytesSent();

    @Override
    void close();
}
