package org.dinobench.torch.collective;

import org.bytedeco.pytorch.Tensor;

/**
 * Collectives that choose their carrier by where a tensor lies: one for the processor's memory, one for that of GPUs, both
 * among the same ranks. All ranks keep a tensor in the same kind of place. Closing it closes the carrier of GPUs.
 */
public final class PlacedCollectives implements Collectives {
    private final Collectives onProcessor;
    private final Collectives onGpus;

    /**
     * @param onProcessor carries tensors on the processor, and barriers; stays the caller's
     * @param onGpus carries the others; closed with this
     */
    public PlacedCollectives(Collectives onProcessor, Collectives onGpus) {
        if (onProcessor.size() != onGpus.size() || onProcessor.rank() != onGpus.rank()) {
            throw new IllegalArgumentException("Two carriers among different ranks");
        }
        this.onProcessor = onProcessor;
        this.onGpus = onGpus;
    }

    private Collectives carrier(Tensor tensor) {
        return tensor.is_cuda() ? onGpus : onProcessor;
    }

    @Override
    public int rank() {
        return onProcessor.rank();
    }

    @Override
    public int size() {
        return onProcessor.size();
    }

    @Override
    public void allGather(Tensor part, Tensor whole) {
        carrier(whole).allGather(part, whole);
    }

    @Override
    public Pending startAllGather(Tensor part, Tensor whole) {
        return carrier(whole).startAllGather(part, whole);
    }

    @Override
    public void reduceScatter(Tensor whole, Tensor part) {
        carrier(whole).reduceScatter(whole, part);
    }

    @Override
    public Pending startReduceScatter(Tensor whole, Tensor part) {
        return carrier(whole).startReduceScatter(whole, part);
    }

    @Override
    public void allReduce(Tensor values) {
        carrier(values).allReduce(values);
    }

    @Override
    public Pending startAllReduce(Tensor values) {
        return carrier(values).startAllReduce(values);
    }

    @Override
    public void broadcast(Tensor values, int root) {
        carrier(values).broadcast(values, root);
    }

    @Override
    public Pending startBroadcast(Tensor values, int root) {
        return carrier(values).startBroadcast(values, root);
    }

    @Override
    public void barrier() {
        onProcessor.barrier();
    }

    @Override
    public long bytesSent() {
        return onProcessor.bytesSent() + onGpus.bytesSent();
    }

    @Override
    public void close() {
        onGpus.close();
    }
}
