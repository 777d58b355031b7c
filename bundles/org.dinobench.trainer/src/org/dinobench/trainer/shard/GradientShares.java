package org.dinobench.trainer.shard;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.dinobench.torch.ParameterUnit;
import org.dinobench.torch.TensorMemory;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Torch;
import org.dinobench.torch.collective.CollectiveOperation;
import org.dinobench.torch.collective.Pending;
import org.dinobench.trainer.step.ModelShape;

/**
 * The student's gradients: a unit's are whole while they are summed up in backward passes, then they are summed over
 * the ranks, and each keeps its share in float32.
 */
final class GradientShares implements AutoCloseable {
    /** More sums under way would hold more memory without being sooner done. */
    private static final int MOST_UNDER_WAY = 2;

    private final RankGroups groups;
    private final Sharding sharding;
    private final Shares shares;
    private final Timeline timeline;
    private final WholeBytes bytes;
    private final Deque<Sum> underWay = new ArrayDeque<>();
    private final Set<ParameterUnit> whole = new HashSet<>();
    private final Set<ParameterUnit> summed = new HashSet<>();

    private record Sum(ParameterUnit unit, Pending pending, Tensor sent, Tensor part) {}

    GradientShares(Shares shares, RankGroups groups, Sharding sharding, Timeline timeline, WholeBytes bytes) {
        this.timeline = timeline;
        this.bytes = bytes;
        this.shares = shares;
        this.groups = groups;
        this.sharding = sharding;
    }

    Shares shares() {
        return shares;
    }

    void begin() {
        summed.clear();
    }

    /** Makes room for a unit's gradient, zero at first. */
    void prepare(ParameterUnit unit) {
        if (whole.add(unit)) {
            TensorMemory.restore(unit.gradient());
            bytes.added(unit.gradient().nbytes());
            try (Torch.GradSwitch off = Torch.noGrad()) {
                unit.gradient().zero_();
            }
        }
    }

    /**
     * Begins to sum a unit's gradient over the ranks; its memory is freed when that is done.
     *
     * @param factor of this rank's gradient, before it is narrowed to the type of the sum
     */
    void sum(ParameterUnit unit, double factor) {
        if (underWay.size() >= MOST_UNDER_WAY) {
            end(underWay.poll());
        }
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            Tensor gradient = unit.gradient();
            if (factor != 1) {
                gradient.mul_(new Scalar(factor));
            }
            ScalarType type =
                    unit.module().equals(ModelShape.BACKBONE) ? sharding.backboneReduction() : sharding.headReduction();
            boolean plain = gradient.scalar_type().intern() == type;
            Tensor sent = plain ? gradient : scope.detach(gradient.to(type));
            if (!plain) {
                release(unit);
            }
            Tensor part = scope.detach(
                    GatheredNetwork.emptyLike(sent, shares.layout(unit).share()));
            timeline.expect(CollectiveOperation.REDUCE_SCATTER, "sum " + unit.name());
            Pending pending = groups.shard().startReduceScatter(sent, part);
            underWay.add(new Sum(unit, pending, plain ? null : sent, part));
        }
    }

    private void end(Sum sum) {
        timeline.wait(Timeline.Wait.GRADIENTS, sum.pending()::await);
        if (groups.replicas().size() > 1) {
            timeline.expect(
                    CollectiveOperation.ALL_REDUCE,
                    "sum of copies " + sum.unit().name());
            timeline.wait(Timeline.Wait.GRADIENTS, () -> groups.replicas().allReduce(sum.part()));
        }
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            shares.of(sum.unit()).copy_(sum.part());
        }
        sum.part().close();
        if (sum.sent() != null) {
            sum.sent().close();
        }
        release(sum.unit());
        whole.remove(sum.unit());
        summed.add(sum.unit());
    }

    private void release(ParameterUnit unit) {
        if (TensorMemory.isThere(unit.gradient())) {
            bytes.freed(unit.gradient().nbytes());
            TensorMemory.release(unit.gradient());
        }
    }

    /** Returns once all sums are there; units without a gradient in this step have a share of zeros. */
    void finish(Iterable<ParameterUnit> units) {
        while (!underWay.isEmpty()) {
            end(underWay.poll());
        }
        try (Torch.GradSwitch off = Torch.noGrad()) {
            for (ParameterUnit unit : units) {
                if (!summed.contains(unit)) {
                    shares.of(unit).zero_();
                }
            }
        }
    }

    @Override
    public void close() {
        underWay.forEach(sum -> sum.part().close());
        underWay.clear();
        shares.close();
    }
}
