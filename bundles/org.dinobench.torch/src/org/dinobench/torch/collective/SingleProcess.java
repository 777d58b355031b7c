package org.dinobench.torch.collective;

import org.bytedeco.pytorch.Tensor;
import org.dinobench.torch.Torch;

/** A job of one rank: gathering and scattering are copies, sums are what is there. */
public final class SingleProcess implements Collectives {
    @Override
    public int rank() {
        return 0;
    }

    @Override
    public int size() {
        return 1;
    }

    @Override
    public void allGather(Tensor part, Tensor whole) {
        CollectiveChecks.gather(this, part, whole);
        copy(part, whole);
    }

    @Override
    public void reduceScatter(Tensor whole, Tensor part) {
        CollectiveChecks.gather(this, part, whole);
        copy(whole, part);
    }

    @Override
    public void allReduce(Tensor values) {
        CollectiveChecks.contiguous(values);
    }

    @Override
    public void broadcast(Tensor values, int root) {
        CollectiveChecks.contiguous(values);
        CollectiveChecks.root(this, root);
    }

    @Override
    public void barrier() {
        // the only rank has arrived
    }

    @Override
    public long bytesSent() {
        return 0;
    }

    @Override
    public void close() {
        // holds nothing
    }

    private static void copy(Tensor from, Tensor to) {
        if (from.numel() > 0 && from.data_ptr().address() != to.data_ptr().address()) {
            try (Torch.GradSwitch off = Torch.noGrad()) {
                to.view(to.numel()).copy_(from.view(from.numel()));
            }
        }
    }
}
