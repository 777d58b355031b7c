package org.dinobench.torch.nccl;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.torch.ComputeDevice;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Tensors;
import org.dinobench.torch.Torch;
import org.dinobench.torch.collective.CollectiveChecks;
import org.dinobench.torch.collective.CollectiveException;
import org.dinobench.torch.collective.CollectiveOperation;
import org.dinobench.torch.collective.Collectives;
import org.dinobench.torch.collective.Pending;
import org.dinobench.torch.mpi.ElementType;
import org.dinobench.torch.nccl.internal.NcclLibrary;
import org.dinobench.torch.nccl.internal.NcclNative;

/**
 * Collectives on GPU memory over NCCL, on a stream of their own beside the computation; each rank has one GPU. Other
 * collectives among the same ranks, such as MPI's, bring them together: they pass NCCL's id on and carry barriers.
 *
 * <p>NCCL sums 16-bit numbers in 16 bits. So 16-bit addends are exchanged as they are, which sends as many bytes, and
 * summed in float32 by the rank that owns them, in rank order; other types are summed by NCCL.
 *
 * <p>An operation that does not end within the deadline fails, and with it all later ones. Calls come from one thread.
 * It has been tested over a stand-in for NCCL on the processor's memory, and never on a GPU.
 */
public final class NcclCollectives implements Collectives {
    private static final long POLL_NANOS = 20_000;

    private final Collectives meeting;
    private final boolean onCpu;
    private final Duration deadline;
    private final AtomicLong sent = new AtomicLong();
    private long communicator;
    private CollectiveException failure;
    /** The last operation with a part that is still to be done when it is awaited; null: none. */
    private Pending unfinished;

    private long operations;

    /**
     * Brings the ranks of a group together; all of them call this.
     *
     * @param meeting among the same ranks, on the processor's memory; stays the caller's
     * @param device this rank's GPU
     * @param deadline how long an operation may take
     * @throws BadInputException when NCCL is missing, or the GPU is
     */
    public NcclCollectives(Collectives meeting, ComputeDevice device, Duration deadline) {
        this(meeting, device, deadline, false);
    }

    /** @param onCpu whether tensors lie on the processor, for a stand-in */
    NcclCollectives(Collectives meeting, ComputeDevice device, Duration deadline, boolean onCpu) {
        this.meeting = meeting;
        this.onCpu = onCpu;
        this.deadline = deadline;
        int devices = NcclLibrary.devices();
        if (device.index() >= devices) {
            throw new BadInputException(
                    "NCCL",
                    "there is no GPU " + device.index() + " among the " + devices + " of this machine",
                    "start as many processes on a machine as it has GPUs");
        }
        byte[] id = passedOn(meeting.rank() == 0 ? NcclNative.uniqueId() : new byte[128]);
        meeting.barrier(); // joining knows no deadline, so all are seen to be there first
        this.communicator = NcclNative.create(id, meeting.rank(), meeting.size(), device.index());
    }

    /** The first rank's id, to all. */
    private byte[] passedOn(byte[] id) {
        try (TensorScope scope = TensorScope.open()) {
            long[] numbers = new long[id.length];
            for (int i = 0; i < id.length; i++) {
                numbers[i] = id[i];
            }
            Tensor tensor = Tensors.of(numbers, numbers.length);
            meeting.broadcast(tensor, 0);
            long[] received = Tensors.longs(tensor);
            byte[] result = new byte[id.length];
            for (int i = 0; i < result.length; i++) {
                result[i] = (byte) received[i];
            }
            return result;
        }
    }

    /**
     * Number of GPUs that NCCL can use here.
     *
     * @throws BadInputException when NCCL is missing, or there is none; with the remedy
     */
    public static int requireGpus() {
        return NcclLibrary.devices();
    }

    /** NCCL's version, such as 22304 for 2.23.4. */
    public static int version() {
        NcclLibrary.require();
        return NcclNative.version();
    }

    @Override
    public int rank() {
        return meeting.rank();
    }

    @Override
    public int size() {
        return meeting.size();
    }

    @Override
    public void allGather(Tensor part, Tensor whole) {
        startAllGather(part, whole).await();
    }

    @Override
    public Pending startAllGather(Tensor part, Tensor whole) {
        CollectiveChecks.gather(this, part, whole);
        ElementType type = type(part);
        long from = address(part);
        long to = address(whole);
        requireApart(from, to, part.nbytes());
        long count = part.numel();
        return start(
                CollectiveOperation.ALL_GATHER,
                0,
                whole,
                () -> NcclNative.allGather(communicator, from, to, count, type.ordinal()));
    }

    @Override
    public void reduceScatter(Tensor whole, Tensor part) {
        startReduceScatter(whole, part).await();
    }

    @Override
    public Pending startReduceScatter(Tensor whole, Tensor part) {
        CollectiveChecks.gather(this, part, whole);
        ElementType type = type(part);
        long from = address(whole);
        long to = address(part);
        requireApart(to, from, part.nbytes());
        long count = part.numel();
        if (type.bytes() == 2) {
            Blocks blocks = new Blocks(whole.numel(), size());
            Tensor addends = room(part, blocks.count(rank()) * size());
            Pending exchange =
                    start(CollectiveOperation.REDUCE_SCATTER, 0, whole, () -> scatter(from, blocks, address(addends)));
            return thenFinish(exchange, () -> sum(addends, part));
        }
        return start(
                CollectiveOperation.REDUCE_SCATTER,
                0,
                whole,
                () -> NcclNative.reduceScatter(communicator, from, to, count, type.ordinal()));
    }

    @Override
    public void allReduce(Tensor values) {
        startAllReduce(values).await();
    }

    @Override
    public Pending startAllReduce(Tensor values) {
        CollectiveChecks.contiguous(values);
        ElementType type = type(values);
        long address = address(values);
        if (type.bytes() == 2) {
            Blocks blocks = new Blocks(values.numel(), size());
            Tensor addends = room(values, blocks.count(rank()) * size());
            Pending exchange =
                    start(CollectiveOperation.ALL_REDUCE, 0, values, () -> scatter(address, blocks, address(addends)));
            return thenFinish(exchange, () -> {
                sum(addends, values.view(values.numel()).narrow(0, blocks.from(rank()), blocks.count(rank())));
                begun("all-reduce", gather(address, blocks)).await();
            });
        }
        return start(
                CollectiveOperation.ALL_REDUCE,
                0,
                values,
                () -> NcclNative.allReduce(communicator, address, values.numel(), type.ordinal()));
    }

    @Override
    public void broadcast(Tensor values, int root) {
        startBroadcast(values, root).await();
    }

    @Override
    public Pending startBroadcast(Tensor values, int root) {
        CollectiveChecks.contiguous(values);
        CollectiveChecks.root(this, root);
        ElementType type = type(values);
        long address = address(values);
        return start(
                CollectiveOperation.BROADCAST,
                root,
                values,
                () -> NcclNative.broadcast(communicator, address, values.numel(), type.ordinal(), root));
    }

    @Override
    public void barrier() {
        finishEarlier();
        meeting.barrier();
    }

    @Override
    public long bytesSent() {
        return sent.get();
    }

    /** Ends the communicator; all ranks do, unless an operation has failed. */
    @Override
    public void close() {
        if (communicator != 0) {
            NcclNative.close(communicator);
            communicator = 0;
        }
    }

    /** Elements in one block for each rank, the first ones longer by one where they do not divide. */
    private record Blocks(long elements, int ranks) {
        long count(int rank) {
            return elements / ranks + (rank < elements % ranks ? 1 : 0);
        }

        long from(int rank) {
            return elements / ranks * rank + Math.min(rank, elements % ranks);
        }
    }

    /** Sends every rank its block of 16-bit addends and collects all ranks' addends of the own one, in rank order. */
    private long scatter(long values, Blocks blocks, long addends) {
        Parcels parcels = new Parcels(size());
        for (int peer = 0; peer < size(); peer++) {
            parcels.out(peer, values + 2 * blocks.from(peer), 2 * blocks.count(peer));
            long own = 2 * blocks.count(rank());
            parcels.in(peer, addends + own * peer, own);
        }
        return parcels.exchange(communicator);
    }

    /** Sends the own block of 16-bit sums to everyone and collects theirs. */
    private long gather(long values, Blocks blocks) {
        Parcels parcels = new Parcels(size());
        for (int peer = 0; peer < size(); peer++) {
            if (peer != rank()) {
                parcels.out(peer, values + 2 * blocks.from(rank()), 2 * blocks.count(rank()));
                parcels.in(peer, values + 2 * blocks.from(peer), 2 * blocks.count(peer));
            }
        }
        return parcels.exchange(communicator);
    }

    /** What an exchange sends and receives. */
    private static final class Parcels {
        private final long[] out;
        private final long[] outBytes;
        private final long[] in;
        private final long[] inBytes;

        Parcels(int ranks) {
            out = new long[ranks];
            outBytes = new long[ranks];
            in = new long[ranks];
            inBytes = new long[ranks];
        }

        void out(int peer, long address, long bytes) {
            out[peer] = address;
            outBytes[peer] = bytes;
        }

        void in(int peer, long address, long bytes) {
            in[peer] = address;
            inBytes[peer] = bytes;
        }

        long exchange(long communicator) {
            return NcclNative.exchange(communicator, out, outBytes, in, inBytes);
        }
    }

    private static Tensor room(Tensor like, long elements) {
        try (TensorScope scope = TensorScope.open()) {
            return scope.detach(torch.empty(new long[] {elements}, like.options(), new MemoryFormatOptional()));
        }
    }

    /** Sums blocks of 16-bit numbers in 32 bits, rounds once, and frees them. */
    private void sum(Tensor addends, Tensor into) {
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            if (into.numel() > 0) {
                into.view(into.numel())
                        .copy_(addends.view(size(), into.numel())
                                .sum(new long[] {0}, false, new ScalarTypeOptional(ScalarType.Float)));
            }
        } finally {
            addends.close();
        }
    }

    private Pending start(CollectiveOperation operation, int root, Tensor whole, LongSupplier begin) {
        finishEarlier();
        if (failure != null) {
            throw new CollectiveException(
                    "Not begun, since an earlier operation failed: " + failure.getMessage(), failure);
        }
        long bytes = operation.bytesSent(rank(), size(), root, whole.numel(), (int) whole.element_size());
        operations++;
        if (whole.numel() == 0) {
            return Pending.DONE;
        }
        long event;
        try {
            event = begin.getAsLong();
        } catch (CollectiveException e) {
            giveUp(e);
            throw e;
        }
        sent.addAndGet(bytes);
        return begun(operation.name().toLowerCase(Locale.ROOT).replace('_', '-'), event);
    }

    private Pending begun(String what, long event) {
        long number = operations;
        return new Pending() {
            private boolean over;

            @Override
            public void await() {
                if (!over) {
                    finish(what, number, () -> NcclNative.done(communicator, event));
                    over = true;
                }
            }
        };
    }

    /** An operation with a last part that the computation does; later operations begin after it. */
    private Pending thenFinish(Pending first, Runnable last) {
        Pending whole = new Pending() {
            private boolean over;

            @Override
            public void await() {
                if (over) {
                    return;
                }
                if (unfinished == this) {
                    unfinished = null;
                }
                requireSound();
                first.await();
                last.run();
                over = true;
            }
        };
        unfinished = whole;
        return whole;
    }

    private void requireSound() {
        if (failure != null) {
            throw failure;
        }
    }

    private void finishEarlier() {
        Pending earlier = unfinished;
        if (earlier != null) {
            earlier.await();
        }
    }

    /** Waits for an operation on the GPU; past the deadline everything is given up. */
    private void finish(String what, long number, BooleanSupplier done) {
        requireSound();
        long end = System.nanoTime() + deadline.toNanos();
        try {
            while (!done.getAsBoolean()) {
                if (System.nanoTime() > end) {
                    throw new CollectiveException("Rank " + rank() + " of " + size() + " has waited "
                            + deadline.toMillis() / 1000.0 + " s in " + what + " (operation " + number
                            + ") for another rank, which died, hangs or called another operation");
                }
                LockSupport.parkNanos(POLL_NANOS);
            }
        } catch (CollectiveException e) {
            giveUp(e);
            throw e;
        }
    }

    private void giveUp(CollectiveException cause) {
        failure = cause;
        NcclNative.abort(communicator);
    }

    private void requireApart(long part, long whole, long bytes) {
        boolean overlap = part < whole + bytes * size() && whole < part + bytes;
        if (overlap && part != whole + bytes * rank()) {
            throw new IllegalArgumentException("Part and whole overlap, and the part is not this rank's slice");
        }
    }

    private long address(Tensor tensor) {
        if (tensor.is_cuda() == onCpu) {
            throw new IllegalArgumentException("NCCL's collectives need tensors on the GPU");
        }
        return tensor.numel() == 0 ? 0 : tensor.data_ptr().address();
    }

    private static ElementType type(Tensor tensor) {
        return ElementType.of(tensor.scalar_type());
    }
}
