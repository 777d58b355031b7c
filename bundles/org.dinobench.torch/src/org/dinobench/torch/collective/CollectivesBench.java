package org.dinobench.torch.collective;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.dinobench.torch.ComputeDevice;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Tensors;

/**
 * Measures the operations of a group by size and element type. All ranks call {@link #run} with the same settings. The
 * sizes, and what is counted, are those of the C program {@code mpi_bench} beside the native library's sources.
 */
public final class CollectivesBench {
    /** Element types with their names in results. */
    private static final Map<ScalarType, String> NAMES = Map.of(
            ScalarType.Float, "float32",
            ScalarType.Half, "float16",
            ScalarType.BFloat16, "bfloat16",
            ScalarType.Double, "float64",
            ScalarType.Long, "int64");

    private static final int WARM_UP = 3000;

    private final Collectives group;
    private final ComputeDevice device;
    private final Duration time;

    /**
     * @param group the ranks to measure
     * @param device where the tensors lie
     * @param time how long to measure each case, about; at least three rounds are made
     */
    public CollectivesBench(Collectives group, ComputeDevice device, Duration time) {
        this.group = group;
        this.device = device;
        this.time = time;
    }

    /**
     * Measures every operation for every size and type.
     *
     * @param sizes bytes of the whole tensor; made a multiple of what all ranks and types divide
     * @param types element types
     * @param each receives every result as soon as it is known, on every rank
     * @return all results
     */
    public List<CollectiveSpeed> run(List<Long> sizes, List<ScalarType> types, Consumer<CollectiveSpeed> each) {
        warmUp();
        List<CollectiveSpeed> results = new ArrayList<>();
        for (CollectiveOperation operation : CollectiveOperation.values()) {
            if (operation == CollectiveOperation.BARRIER) {
                continue;
            }
            for (long size : sizes) {
                for (ScalarType type : types) {
                    CollectiveSpeed speed = measure(operation, type, size);
                    results.add(speed);
                    each.accept(speed);
                }
            }
        }
        return results;
    }

    /** Until Java has compiled what is measured; short tensors, as often on all ranks. */
    private void warmUp() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor whole = Tensors.zeros(ScalarType.Float, device, 16L * group.size());
            Tensor part = Tensors.zeros(ScalarType.Float, device, 16);
            for (int i = 0; i < WARM_UP; i++) {
                for (CollectiveOperation operation : CollectiveOperation.values()) {
                    round(operation, whole, part).run();
                }
            }
        }
    }

    private CollectiveSpeed measure(CollectiveOperation operation, ScalarType type, long size) {
        try (TensorScope scope = TensorScope.open()) {
            long step = 8L * group.size();
            long elements = Math.max(1, size / step) * step / width(type);
            Tensor whole = Tensors.zeros(type, device, elements);
            Tensor part = Tensors.zeros(type, device, elements / group.size());
            Runnable round = round(operation, whole, part);
            round.run();
            double once = slowest(round);
            int rounds = (int) Math.min(100_000, time.toNanos() / 1e9 / once) + 3;
            double best = Double.POSITIVE_INFINITY;
            for (int i = 0; i < rounds; i++) {
                best = Math.min(best, slowest(round));
            }
            long bytes = elements * width(type);
            double sent = (double) bytes * (group.size() - 1) / group.size();
            return new CollectiveSpeed(
                    operation.name().toLowerCase(Locale.ROOT),
                    NAMES.get(type),
                    group.size(),
                    bytes,
                    best,
                    sent * (operation == CollectiveOperation.ALL_REDUCE ? 2 : 1) / best / 1e9);
        }
    }

    private Runnable round(CollectiveOperation operation, Tensor whole, Tensor part) {
        return switch (operation) {
            case ALL_GATHER -> () -> group.allGather(part, whole);
            case REDUCE_SCATTER -> () -> group.reduceScatter(whole, part);
            case ALL_REDUCE -> () -> group.allReduce(whole);
            case BROADCAST -> () -> group.broadcast(whole, 0);
            case BARRIER -> group::barrier;
        };
    }

    /** Seconds of the slowest rank, the same number on all. */
    private double slowest(Runnable round) {
        group.barrier();
        long start = System.nanoTime();
        round.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        try (TensorScope scope = TensorScope.open()) {
            Tensor all = Tensors.zeros(ScalarType.Double, device, group.size());
            Tensor mine =
                    torch.full(new long[] {1}, Tensors.scalar(seconds), Tensors.options(ScalarType.Double, device));
            group.allGather(mine, all);
            return Arrays.stream(Tensors.doubles(all)).max().orElseThrow();
        }
    }

    private static int width(ScalarType type) {
        if (!NAMES.containsKey(type)) {
            throw new IllegalArgumentException("Collectives do not send elements of type " + type);
        }
        return switch (type) {
            case Half, BFloat16 -> 2;
            case Float -> 4;
            default -> 8;
        };
    }
}
