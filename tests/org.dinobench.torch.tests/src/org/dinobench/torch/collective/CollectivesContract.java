package org.dinobench.torch.collective;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.dinobench.torch.ComputeDevice;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Tensors;

/**
 * What every implementation of {@link Collectives} promises. All ranks run the same checks in the same order; each
 * knows what the others contribute and throws an {@link AssertionError} when it gets something else. Needs no test
 * library, so that ranks in processes of their own can run it.
 */
public final class CollectivesContract {
    private static final List<ScalarType> TYPES =
            List.of(ScalarType.Float, ScalarType.Half, ScalarType.BFloat16, ScalarType.Double, ScalarType.Long);
    private static final int[] SIZES = {0, 1, 2, 3, 5, 17, 1023, 4096, 140_009};

    /** Where the tensors lie. */
    private static ComputeDevice device = ComputeDevice.CPU;

    private CollectivesContract() {}

    /** Makes the checks with tensors on a device, in this process from now on. */
    public static void useDevice(ComputeDevice on) {
        device = on;
    }

    private static Tensor here(Tensor tensor) {
        return device.equals(ComputeDevice.CPU) ? tensor : tensor.to(device.toTorch(), tensor.scalar_type());
    }

    /** The checks by name, in the order in which they run. */
    public static Map<String, Consumer<Collectives>> checks() {
        Map<String, Consumer<Collectives>> checks = new LinkedHashMap<>();
        checks.put("rankIsWithinSize", CollectivesContract::rankIsWithinSize);
        checks.put("allGatherConcatenatesInRankOrder", group -> allGather(group, false));
        checks.put("allGatherInPlace", group -> allGather(group, true));
        checks.put("reduceScatterLeavesEachItsShare", group -> reduceScatter(group, false));
        checks.put("reduceScatterInPlace", group -> reduceScatter(group, true));
        checks.put("allReduceOfSizesThatDoNotDivide", CollectivesContract::allReduce);
        checks.put("sumsOf16BitsAreTakenIn32", CollectivesContract::wideSums);
        checks.put("every16BitPatternSurvives", CollectivesContract::patterns);
        checks.put("allReduceIsEqualToTheLastBit", CollectivesContract::bitEqual);
        checks.put("broadcastFromEveryRank", CollectivesContract::broadcast);
        checks.put("startedOperationsKeepTheirOrder", CollectivesContract::started);
        checks.put("barrierWaitsForTheLast", CollectivesContract::barrier);
        checks.put("badArgumentsSendNothing", CollectivesContract::badArguments);
        checks.put("bytesSentFollowTheFormulas", CollectivesContract::bytes);
        return checks;
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

    private static void rankIsWithinSize(Collectives group) {
        check(group.size() >= 1 && group.rank() >= 0 && group.rank() < group.size(), "rank " + group.rank());
    }

    private static void allGather(Collectives group, boolean inPlace) {
        for (ScalarType type : TYPES) {
            for (int n : SIZES) {
                Tensor whole = zeros(type, (long) n * group.size());
                Tensor part = whole.narrow(0, (long) n * group.rank(), n);
                if (inPlace) {
                    part.copy_(pattern(type, group.rank(), n));
                } else {
                    part = pattern(type, group.rank(), n);
                }
                group.allGather(part, whole);
                for (int rank = 0; rank < group.size(); rank++) {
                    same(
                            pattern(type, rank, n),
                            whole.narrow(0, (long) n * rank, n),
                            type + " of rank " + rank + ", size " + n);
                }
            }
        }
    }

    private static void reduceScatter(Collectives group, boolean inPlace) {
        for (ScalarType type : TYPES) {
            for (int n : SIZES) {
                long length = (long) n * group.size();
                Tensor whole = pattern(type, group.rank(), length);
                Tensor part = inPlace ? whole.narrow(0, (long) n * group.rank(), n) : zeros(type, n);
                group.reduceScatter(whole, part);
                same(sum(group, type, length).narrow(0, (long) n * group.rank(), n), part, type + ", size " + n);
            }
        }
    }

    private static void allReduce(Collectives group) {
        for (ScalarType type : TYPES) {
            for (int n : SIZES) {
                Tensor values = pattern(type, group.rank(), n);
                group.allReduce(values);
                same(sum(group, type, n), values, type + ", size " + n);
            }
        }
    }

    /** Beside a large addend small ones vanish, one after the other, unless the sum is wider than its parts. */
    private static void wideSums(Collectives group) {
        for (ScalarType type : List.of(ScalarType.Half, ScalarType.BFloat16)) {
            float large = type == ScalarType.Half ? 2048 : 256;
            Tensor values = filled(type, 1001, group.rank() == 0 ? large : 1);
            Tensor expected = filled(type, 1001, large + group.size() - 1);
            group.allReduce(values);
            same(expected, values, type.toString());
            Tensor whole = filled(type, 1001L * group.size(), group.rank() == 0 ? large : 1);
            Tensor part = zeros(type, 1001);
            group.reduceScatter(whole, part);
            same(expected, part, type.toString());
        }
    }

    /** Infinities, numbers that are none, and the smallest numbers, on every position within a vector instruction. */
    private static void patterns(Collectives group) {
        long[] all = new long[65_536 + 3];
        Arrays.setAll(all, i -> i % 65_536);
        for (ScalarType type : List.of(ScalarType.Half, ScalarType.BFloat16)) {
            Tensor bits = here(Tensors.of(all, all.length).to(ScalarType.Short).view(type));
            Tensor values = group.rank() == group.size() - 1 ? bits.clone() : zeros(type, all.length);
            group.allReduce(values);
            check(
                    torch.allclose(bits.to(ScalarType.Double), values.to(ScalarType.Double), 0, 0, true),
                    "a pattern of " + type + " has changed");
        }
    }

    private static void bitEqual(Collectives group) {
        for (int n : new int[] {1, 333, 70_001}) {
            float[] mine = new float[n];
            Random random = new Random(17 + group.rank());
            for (int i = 0; i < n; i++) {
                mine[i] = (float) (random.nextGaussian() * Math.exp(random.nextGaussian() * 4));
            }
            for (ScalarType type : List.of(ScalarType.Float, ScalarType.Half, ScalarType.BFloat16)) {
                Tensor values = here(Tensors.of(mine, n).to(type).clone());
                group.allReduce(values);
                Tensor everyone = zeros(type, (long) n * group.size());
                group.allGather(values, everyone);
                for (int rank = 0; rank < group.size(); rank++) {
                    check(
                            torch.equal(values, everyone.narrow(0, (long) n * rank, n)),
                            type + ": rank " + rank + " has another sum than rank " + group.rank());
                }
            }
        }
    }

    private static void broadcast(Collectives group) {
        for (ScalarType type : TYPES) {
            for (int n : SIZES) {
                for (int root = 0; root < group.size(); root++) {
                    Tensor values = pattern(type, group.rank(), n);
                    group.broadcast(values, root);
                    same(pattern(type, root, n), values, type + " from " + root + ", size " + n);
                }
            }
        }
    }

    private static void started(Collectives group) {
        int n = 50_021;
        List<Tensor> sums = new ArrayList<>();
        List<Pending> pending = new ArrayList<>();
        Tensor part = pattern(ScalarType.Float, group.rank(), n);
        Tensor whole = zeros(ScalarType.Float, (long) n * group.size());
        Tensor share = zeros(ScalarType.Float, n);
        pending.add(group.startAllGather(part, whole));
        pending.add(group.startReduceScatter(whole, share)); // of what the gathering before it leaves
        for (int i = 0; i < 5; i++) {
            sums.add(pattern(ScalarType.Double, group.rank(), n + i));
            pending.add(group.startAllReduce(sums.get(i)));
            pending.add(group.startBroadcast(sums.get(i), group.size() - 1));
        }
        for (int i = pending.size() - 1; i >= 0; i--) {
            pending.get(i).await();
            pending.get(i).await();
        }
        for (int i = 0; i < 5; i++) {
            same(sum(group, ScalarType.Double, n + i), sums.get(i), "sum " + i);
        }
        same(part.mul(Tensors.scalar(group.size())), share, "reduced after gathering");
    }

    /** The clock of one machine is the same in all its processes. */
    private static void barrier(Collectives group) {
        for (int last = 0; last < group.size(); last++) {
            if (group.rank() == last) {
                try {
                    Thread.sleep(30);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            long arrived = System.nanoTime();
            group.barrier();
            long left = System.nanoTime();
            Tensor times = here(Tensors.of(new long[2 * group.size()], 2L * group.size()));
            group.allGather(here(Tensors.of(new long[] {arrived, left}, 2)), times);
            long[] all = Tensors.longs(times);
            for (int rank = 0; rank < group.size(); rank++) {
                check(all[2 * rank + 1] >= all[2 * last], "rank " + rank + " has left before rank " + last + " came");
            }
        }
    }

    private static void badArguments(Collectives group) {
        long before = group.bytesSent();
        Tensor part = zeros(ScalarType.Float, 3);
        Tensor whole = zeros(ScalarType.Float, 3L * group.size());
        refused(() -> group.allGather(part, zeros(ScalarType.Float, 3L * group.size() + 1)), "wrong size");
        refused(() -> group.allGather(part, zeros(ScalarType.Double, 3L * group.size())), "different types");
        refused(() -> group.reduceScatter(whole, zeros(ScalarType.Float, 4)), "wrong share");
        refused(() -> group.allReduce(zeros(ScalarType.Float, 6).view(2, 3).t()), "not contiguous");
        refused(() -> group.broadcast(part, group.size()), "no such root");
        refused(() -> group.broadcast(part, -1), "negative root");
        check(group.bytesSent() == before, "bytes were sent");
        group.allGather(part, whole);
    }

    private static void bytes(Collectives group) {
        int w = group.size();
        int r = group.rank();
        long n = 840;
        Tensor part = zeros(ScalarType.BFloat16, n);
        Tensor whole = zeros(ScalarType.BFloat16, n * w);
        expectBytes(group, () -> group.allGather(part, whole), (w - 1) * n * 2);
        expectBytes(group, () -> group.reduceScatter(whole, part), (w - 1) * n * 2);
        expectBytes(group, () -> group.allReduce(whole), 2 * (w - 1) * n * 2);
        expectBytes(group, () -> group.broadcast(whole, 0), r == w - 1 ? 0 : w * n * 2);
        expectBytes(group, group::barrier, 0);
    }

    private static void expectBytes(Collectives group, Runnable operation, long expected) {
        long before = group.bytesSent();
        operation.run();
        check(group.bytesSent() - before == expected, (group.bytesSent() - before) + " bytes instead of " + expected);
    }

    private static void refused(Runnable call, String what) {
        try {
            call.run();
        } catch (IllegalArgumentException e) {
            return;
        }
        throw new AssertionError("not refused: " + what);
    }

    /** Small whole numbers that differ from rank to rank and are exact in every type, as their sums are. */
    private static Tensor pattern(ScalarType type, int rank, long count) {
        float[] values = new float[Math.toIntExact(count)];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 13 + rank + 1;
        }
        return here(Tensors.of(values, count).to(type).clone());
    }

    private static Tensor sum(Collectives group, ScalarType type, long count) {
        int w = group.size();
        float[] values = new float[Math.toIntExact(count)];
        for (int i = 0; i < values.length; i++) {
            values[i] = w * (i % 13) + w * (w + 1) / 2;
        }
        return here(Tensors.of(values, count).to(type));
    }

    private static Tensor filled(ScalarType type, long count, float value) {
        return here(
                torch.full(new long[] {count}, Tensors.scalar(value)).to(type).clone());
    }

    private static Tensor zeros(ScalarType type, long count) {
        return here(torch.zeros(count).to(type));
    }

    private static void same(Tensor expected, Tensor actual, String what) {
        check(torch.equal(expected, actual), "wrong values: " + what);
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw new AssertionError(message);
        }
    }
}
