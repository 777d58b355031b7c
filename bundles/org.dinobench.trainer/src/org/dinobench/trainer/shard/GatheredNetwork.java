package org.dinobench.trainer.shard;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.dinobench.torch.FlatParameters;
import org.dinobench.torch.ParameterUnit;
import org.dinobench.torch.TensorMemory;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Torch;
import org.dinobench.torch.UnitAccess;
import org.dinobench.torch.collective.CollectiveOperation;
import org.dinobench.torch.collective.Collectives;
import org.dinobench.torch.collective.Pending;
import org.dinobench.torch.collective.ShardLayout;

/**
 * Parameters that are there while they are used: a unit is collected from its owners in the type of the network before
 * its use and freed after it. The order of uses is remembered, so that the next unit can be collected meanwhile. All
 * ranks use the same units in the same order.
 */
final class GatheredNetwork implements UnitAccess, AutoCloseable {
    private final FlatParameters parameters;
    private final Shares shares;
    private final Collectives group;
    private final boolean ahead;
    private final Uses uses;
    private final Timeline timeline;
    private final String who;
    private final WholeBytes bytes;
    private final Map<ParameterUnit, Long> begun = new HashMap<>();
    private final Map<ParameterUnit, Coming> coming = new HashMap<>();
    private final Set<ParameterUnit> there = new HashSet<>();
    private final Map<ParameterUnit, ParameterUnit> following = new HashMap<>();
    private ParameterUnit last;

    /** What happens to a unit after its use. */
    interface Uses {
        /** Units are freed at once. */
        Uses ONCE = new Uses() {
            @Override
            public boolean entered(ParameterUnit unit) {
                return true;
            }

            @Override
            public boolean keeps(ParameterUnit unit) {
                return false;
            }
        };

        /**
         * A unit begins to be used.
         *
         * @return whether this belongs to the order in which units are collected ahead
         */
        boolean entered(ParameterUnit unit);

        /** Whether its values stay after this forward pass. */
        boolean keeps(ParameterUnit unit);
    }

    /** Values on their way. The tensors name the memory for the collective, past autograd's book of changes. */
    private record Coming(Pending pending, Tensor part, Tensor whole) {}

    /**
     * @param parameters without memory, padded for the group; closed with this
     * @param shares this rank's share of the values; stays the caller's
     * @param ahead whether the next unit is collected while the present one is used
     * @param uses what happens after a use
     * @param who the network, for the timeline
     * @param timeline hears what is used when, and how long values were waited for
     * @param bytes hears what is whole
     */
    GatheredNetwork(
            FlatParameters parameters,
            Shares shares,
            Collectives group,
            boolean ahead,
            Uses uses,
            String who,
            Timeline timeline,
            WholeBytes bytes) {
        this.timeline = timeline;
        this.who = who;
        this.bytes = bytes;
        this.parameters = parameters;
        this.shares = shares;
        this.group = group;
        this.ahead = ahead;
        this.uses = uses;
        parameters.access(this);
    }

    FlatParameters parameters() {
        return parameters;
    }

    /** Begins a pass: what follows its last unit is not its first one. */
    void beginPass() {
        last = null;
    }

    @Override
    public void enter(ParameterUnit unit) {
        boolean ordered = uses.entered(unit);
        bring(unit);
        if (ahead && ordered) {
            startNext(unit);
        }
        begun.put(unit, System.nanoTime());
    }

    private void startNext(ParameterUnit unit) {
        if (last != null) {
            following.put(last, unit);
        }
        last = unit;
        ParameterUnit next = following.get(unit);
        if (next != null) {
            start(next);
        }
    }

    @Override
    public void leave(ParameterUnit unit) {
        Long from = begun.remove(unit);
        if (from != null) {
            timeline.span(Timeline.Track.COMPUTATION, who + " forward " + unit.name(), from, System.nanoTime());
        }
        if (!uses.keeps(unit)) {
            release(unit);
        }
    }

    /** Begins to collect a unit, unless it is there or on its way. */
    void start(ParameterUnit unit) {
        if (there.contains(unit) || coming.containsKey(unit)) {
            return;
        }
        Tensor data = unit.data();
        TensorMemory.restore(data);
        bytes.added(data.nbytes());
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            ShardLayout layout = shares.layout(unit);
            Tensor whole = scope.detach(torch.from_blob(data.data_ptr(), new long[] {data.numel()}, data.options()));
            Tensor part = scope.detach(whole.narrow(0, layout.from(group.rank()), layout.share()));
            part.copy_(shares.of(unit));
            timeline.expect(CollectiveOperation.ALL_GATHER, "gather " + who + " " + unit.name());
            coming.put(unit, new Coming(group.startAllGather(part, whole), part, whole));
        }
    }

    /** Returns once the values of a unit are there. */
    void bring(ParameterUnit unit) {
        start(unit);
        Coming values = coming.remove(unit);
        if (values != null) {
            timeline.wait(Timeline.Wait.WEIGHTS, values.pending()::await);
            values.part().close();
            values.whole().close();
            there.add(unit);
        }
    }

    /** Frees the values of a unit. */
    void release(ParameterUnit unit) {
        if (coming.containsKey(unit)) {
            bring(unit);
        }
        if (there.remove(unit)) {
            bytes.freed(unit.data().nbytes());
            TensorMemory.release(unit.data());
        }
    }

    /** Frees everything that is there. */
    void releaseAll() {
        parameters.units().forEach(this::release);
    }

    /**
     * Shows the whole values by unit, one unit after the other, and takes over the changes made to them. Every rank has
     * to make the same.
     *
     * @param work is given the parameters of a unit by name
     */
    void edit(Consumer<Map<String, Tensor>> work) {
        releaseAll();
        for (ParameterUnit unit : parameters.units()) {
            bring(unit);
            Map<String, Tensor> values = new LinkedHashMap<>();
            unit.parameters().forEach(parameter -> values.put(parameter.name(), parameter.tensor()));
            work.accept(values);
            keep(unit);
            release(unit);
        }
    }

    /** Draws all values from a seed, the same as in one process, and keeps this rank's share; holds a unit at a time. */
    void initialize(long seed) {
        parameters.access(new UnitAccess() {
            @Override
            public void enter(ParameterUnit unit) {
                TensorMemory.restore(unit.data());
                try (Torch.GradSwitch off = Torch.noGrad()) {
                    unit.data().zero_();
                }
            }

            @Override
            public void leave(ParameterUnit unit) {
                Long from = begun.remove(unit);
                if (from != null) {
                    timeline.span(Timeline.Track.COMPUTATION, who + " forward " + unit.name(), from, System.nanoTime());
                }
                keep(unit);
                TensorMemory.release(unit.data());
            }
        });
        parameters.initialize(seed);
        parameters.access(this);
    }

    private void keep(ParameterUnit unit) {
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            ShardLayout layout = shares.layout(unit);
            shares.of(unit).copy_(unit.data().narrow(0, layout.from(group.rank()), layout.share()));
        }
    }

    @Override
    public void close() {
        coming.values().forEach(values -> {
            values.part().close();
            values.whole().close();
        });
        coming.clear();
        there.clear();
        parameters.close();
    }

    static Tensor emptyLike(Tensor like, long length) {
        return torch.empty(new long[] {length}, like.options(), new MemoryFormatOptional());
    }
}
