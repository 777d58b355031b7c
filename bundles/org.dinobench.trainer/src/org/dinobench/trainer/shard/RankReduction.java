package org.dinobench.trainer.shard;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.dinobench.losses.Reduction;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Torch;
import org.dinobench.torch.collective.CollectiveOperation;
import org.dinobench.torch.collective.Collectives;

/** Batch statistics over all ranks. */
public final class RankReduction implements Reduction {
    private final Collectives group;
    private final Timeline timeline;

    /** @param group over which batches are spread */
    public RankReduction(Collectives group) {
        this(group, new Timeline());
    }

    /**
     * @param group over which batches are spread
     * @param timeline hears how long sums were waited for
     */
    public RankReduction(Collectives group, Timeline timeline) {
        this.group = group;
        this.timeline = timeline;
    }

    @Override
    public void sum(Tensor values) {
        timeline.expect(CollectiveOperation.ALL_REDUCE, "statistics");
        timeline.wait(Timeline.Wait.STATISTICS, () -> group.allReduce(values));
    }

    @Override
    public void max(Tensor values) {
        if (group.size() == 1) {
            return;
        }
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            Tensor flat = values.view(values.numel());
            Tensor all = torch.empty(
                    new long[] {flat.numel() * group.size()},
                    values.options(),
                    new org.bytedeco.pytorch.MemoryFormatOptional());
            timeline.expect(CollectiveOperation.ALL_GATHER, "statistics");
            timeline.wait(Timeline.Wait.STATISTICS, () -> group.allGather(flat, all));
            flat.copy_(all.view(group.size(), flat.numel()).amax(new long[] {0}, false));
        }
    }
}
