package org.dinobench.torch.collective;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Tensors;

/** What sharded tensors promise on any group of ranks; run by ranks as {@link CollectivesContract} is. */
public final class ShardingContract {
    /** The last leaves ranks without an element of their own. */
    private static final int[] SIZES = {12_000, 10_007, 1};

    private ShardingContract() {}

    /** The checks by name, in the order in which they run. */
    public static Map<String, Consumer<Collectives>> checks() {
        Map<String, Consumer<Collectives>> checks = new LinkedHashMap<>();
        checks.put("gatheredValuesAreTheOriginal", ShardingContract::gathers);
        checks.put("manyRanksStepAsOne", ShardingContract::steps);
        checks.put("bytesFollowTheFormulasOfFsdp", ShardingContract::bytes);
        checks.put("stateIsDividedByTheRanks", ShardingContract::state);
        return checks;
    }

    private static void gathers(Collectives group) {
        for (int n : SIZES) {
            Tensor values = random(1, n);
            try (ShardedFlat sharded = new ShardedFlat(group, values)) {
                for (ScalarType type : new ScalarType[] {ScalarType.Float, ScalarType.BFloat16, ScalarType.Half}) {
                    try (ShardedFlat.Gathered gathered = sharded.startGather(type)) {
                        Tensor all = gathered.await();
                        check(torch.equal(values.to(type), all.narrow(0, 0, n)), type + " of " + n);
                        long padding = sharded.layout().padded() - n;
                        check(all.narrow(0, n, padding).count_nonzero().item_long() == 0, "padding is not zero");
                    }
                }
            }
        }
    }

    /**
     * Plain gradient descent in which every rank adds the gradients of its own samples: after eight steps the values
     * are those of one process that has all samples.
     */
    private static void steps(Collectives group) {
        int n = 10_007;
        Tensor alone = random(2, n);
        try (ShardedFlat sharded = new ShardedFlat(group, alone)) {
            long padded = sharded.layout().padded();
            for (int step = 0; step < 8; step++) {
                Tensor mean = torch.zeros(n);
                for (int rank = 0; rank < group.size(); rank++) {
                    mean.add_(gradient(alone, step, rank, n).div(Tensors.scalar(group.size())));
                }
                alone.sub_(mean.mul(Tensors.scalar(0.1)));
                Tensor share = torch.zeros(sharded.layout().share());
                try (ShardedFlat.Gathered gathered = sharded.startGather(ScalarType.Float)) {
                    Tensor mine = torch.zeros(padded);
                    mine.narrow(0, 0, n).copy_(gradient(gathered.await().narrow(0, 0, n), step, group.rank(), n));
                    Pending reduced = sharded.startReduce(mine, ScalarType.Float, 1.0 / group.size(), share);
                    reduced.await();
                    reduced.await();
                }
                sharded.local().sub_(share.mul(Tensors.scalar(0.1)));
            }
            try (ShardedFlat.Gathered gathered = sharded.startGather(ScalarType.Float)) {
                Tensor all = gathered.await().narrow(0, 0, n);
                check(
                        torch.allclose(alone, all, 1e-5, 1e-6, false),
                        "off by " + alone.sub(all).abs().max().item_double());
            }
        }
    }

    /** Of a quadratic with its minimum at the sample's own random values. */
    private static Tensor gradient(Tensor values, int step, int rank, int n) {
        return values.sub(random(100 + 10 * step + rank, n));
    }

    private static void bytes(Collectives inner) {
        CountingCollectives group = new CountingCollectives(inner);
        int w = group.size();
        for (int n : SIZES) {
            try (ShardedFlat sharded = new ShardedFlat(group, random(3, n))) {
                long padded = sharded.layout().padded();
                check(padded - n < w && padded % w == 0, "padded to " + padded);
                Tensor share = torch.zeros(sharded.layout().share());
                group.reset();
                sharded.startGather(ScalarType.BFloat16).close();
                check(
                        group.traffic(CollectiveOperation.ALL_GATHER).bytes() == padded * 2 * (w - 1) / w,
                        "gathering sent " + group.traffic());
                Tensor gradient = torch.ones(padded);
                sharded.startReduce(gradient, ScalarType.Float, 1, share).await();
                long full = group.traffic(CollectiveOperation.REDUCE_SCATTER).bytes();
                sharded.startReduce(gradient, ScalarType.Half, 1, share).await();
                long half = group.traffic(CollectiveOperation.REDUCE_SCATTER).bytes() - full;
                check(full == padded * 4 * (w - 1) / w && 2 * half == full, "reducing sent " + full + " and " + half);
                check(
                        torch.equal(share, torch.full(new long[] {share.numel()}, Tensors.scalar(2.0 * w))),
                        "two sums were not added");
            }
        }
    }

    private static void state(Collectives group) {
        int n = 10_007;
        try (ShardedFlat sharded = new ShardedFlat(group, random(4, n))) {
            check(sharded.bytes() == 4L * ((n + group.size() - 1) / group.size()), sharded.bytes() + " bytes");
        }
    }

    private static Tensor random(long seed, int count) {
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Tensors.of(values, count);
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw new AssertionError(message);
        }
    }

    /** Runs all checks; returns the failures by name. */
    public static Map<String, Throwable> run(Collectives group, Consumer<String> passed) {
        Map<String, Throwable> failures = new LinkedHashMap<>();
        checks().forEach((name, check) -> {
            try (TensorScope scope = TensorScope.open()) {
                check.accept(group);
                passed.accept(name);
            } catch (RuntimeException | AssertionError e) {
                failures.put(name, e);
            }
        });
        return failures;
    }
}
