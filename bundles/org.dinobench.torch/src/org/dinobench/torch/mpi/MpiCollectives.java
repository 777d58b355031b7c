package org.dinobench.torch.mpi;

import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.torch.collective.CollectiveChecks;
import org.dinobench.torch.collective.CollectiveOperation;
import org.dinobench.torch.collective.Collectives;
import org.dinobench.torch.collective.Pending;
import org.dinobench.torch.mpi.internal.MpiNative;
import org.dinobench.torch.mpi.internal.MpiThread;

/**
 * Collectives on CPU memory over MPI's messages. Every rank exchanges chunks with every other directly; a sum is taken
 * by the rank that owns the elements, in rank order, so it is the same in every run and, for an all-reduce, the same to
 * the last bit on all ranks. An operation that receives nothing for the deadline fails, and with it all later ones.
 *
 * <p>Besides tensors there are forms for plain addresses. Their memory belongs to the caller, who keeps it until the
 * operation is awaited. Calls come from one thread, or the caller orders them, the same on all ranks.
 */
public final class MpiCollectives implements Collectives {
    private final MpiThread thread;
    private final MpiOptions options;
    private final MpiCollectives parent;
    private final int rank;
    private final int size;
    private final double seconds;
    private final AtomicLong sent = new AtomicLong();
    private volatile MessageObserver observer = (operation, bytes, from, to) -> {};
    private long group;

    /** @param parent null for the group of all ranks, which is closed with the world */
    MpiCollectives(MpiThread thread, MpiOptions options, long group, MpiCollectives parent) {
        this.thread = thread;
        this.options = options;
        this.group = group;
        this.parent = parent;
        this.seconds = options.deadline().toNanos() / 1e9;
        this.rank = thread.call("Asking for the rank", () -> MpiNative.rank(group), options.deadline());
        this.size = thread.call("Asking for the number of ranks", () -> MpiNative.size(group), options.deadline());
    }

    /** @param observer hears of this group's operations from now on */
    public void observe(MessageObserver observer) {
        this.observer = observer;
    }

    long handle() {
        if (group == 0) {
            throw new IllegalStateException("The group is closed");
        }
        return group;
    }

    @Override
    public int rank() {
        return rank;
    }

    @Override
    public int size() {
        return size;
    }

    /**
     * A smaller group: the ranks that give the same color, in the order of their ranks here. All ranks of this group
     * call this together.
     *
     * @param color from 0
     */
    public MpiCollectives split(int color) {
        if (color < 0) {
            throw new IllegalArgumentException("A color is not negative: " + color);
        }
        barrier(); // the splitting itself knows no deadline
        long part =
                thread.call("Splitting the ranks", () -> MpiNative.split(handle(), color, rank), options.deadline());
        return new MpiCollectives(thread, options, part, this);
    }

    @Override
    public void allGather(Tensor part, Tensor whole) {
        CollectiveChecks.gather(this, part, whole);
        run(gathering(address(part), address(whole), part.numel(), type(part)));
    }

    @Override
    public Pending startAllGather(Tensor part, Tensor whole) {
        CollectiveChecks.gather(this, part, whole);
        return startAllGather(address(part), address(whole), part.numel(), type(part));
    }

    /**
     * As {@link #allGather(Tensor, Tensor)} on addresses.
     *
     * @param part address of this rank's elements
     * @param whole address of room for {@code elements * size}
     * @param elements number of elements of a part, the same on all ranks
     */
    public Pending startAllGather(long part, long whole, long elements, ElementType type) {
        return submit(gathering(part, whole, elements, type));
    }

    private Runnable gathering(long part, long whole, long elements, ElementType type) {
        requireApart(part, whole, elements, type);
        return counted(
                CollectiveOperation.ALL_GATHER,
                0,
                elements * size,
                type,
                () -> MpiNative.allGather(
                        handle(), part, whole, elements * type.bytes(), options.chunkBytes(), seconds));
    }

    @Override
    public void reduceScatter(Tensor whole, Tensor part) {
        CollectiveChecks.gather(this, part, whole);
        run(scattering(address(whole), address(part), part.numel(), type(part)));
    }

    @Override
    public Pending startReduceScatter(Tensor whole, Tensor part) {
        CollectiveChecks.gather(this, part, whole);
        return startReduceScatter(address(whole), address(part), part.numel(), type(part));
    }

    /**
     * As {@link #reduceScatter(Tensor, Tensor)} on addresses.
     *
     * @param whole address of this rank's {@code elements * size} addends
     * @param part address of room for this rank's share of the sum
     * @param elements number of elements of a part, the same on all ranks
     */
    public Pending startReduceScatter(long whole, long part, long elements, ElementType type) {
        return submit(scattering(whole, part, elements, type));
    }

    private Runnable scattering(long whole, long part, long elements, ElementType type) {
        requireApart(part, whole, elements, type);
        return counted(
                CollectiveOperation.REDUCE_SCATTER,
                0,
                elements * size,
                type,
                () -> MpiNative.reduceScatter(
                        handle(), whole, part, elements, type.ordinal(), options.chunkBytes(), seconds));
    }

    @Override
    public void allReduce(Tensor values) {
        CollectiveChecks.contiguous(values);
        run(reducing(address(values), values.numel(), type(values)));
    }

    @Override
    public Pending startAllReduce(Tensor values) {
        CollectiveChecks.contiguous(values);
        return startAllReduce(address(values), values.numel(), type(values));
    }

    /** As {@link #allReduce(Tensor)} on the memory at an address. */
    public Pending startAllReduce(long values, long elements, ElementType type) {
        return submit(reducing(values, elements, type));
    }

    private Runnable reducing(long values, long elements, ElementType type) {
        return counted(
                CollectiveOperation.ALL_REDUCE,
                0,
                elements,
                type,
                () -> MpiNative.allReduce(handle(), values, elements, type.ordinal(), options.chunkBytes(), seconds));
    }

    @Override
    public void broadcast(Tensor values, int root) {
        CollectiveChecks.contiguous(values);
        run(casting(address(values), values.numel(), type(values), root));
    }

    @Override
    public Pending startBroadcast(Tensor values, int root) {
        CollectiveChecks.contiguous(values);
        return startBroadcast(address(values), values.numel(), type(values), root);
    }

    /** As {@link #broadcast(Tensor, int)} on the memory at an address. */
    public Pending startBroadcast(long values, long elements, ElementType type, int root) {
        return submit(casting(values, elements, type, root));
    }

    private Runnable casting(long values, long elements, ElementType type, int root) {
        CollectiveChecks.root(this, root);
        return counted(
                CollectiveOperation.BROADCAST,
                root,
                elements,
                type,
                () -> MpiNative.broadcast(
                        handle(), values, elements, type.ordinal(), root, options.chunkBytes(), seconds));
    }

    @Override
    public void barrier() {
        run(() -> MpiNative.barrier(handle(), seconds));
    }

    @Override
    public long bytesSent() {
        return sent.get();
    }

    /** Frees a group made by {@link #split}; all its ranks do. The group of all ranks is closed with its world. */
    @Override
    public void close() {
        if (parent == null || group == 0) {
            return;
        }
        if (!thread.failed()) {
            barrier();
            long gone = group;
            thread.call(
                    "Freeing a group",
                    () -> {
                        MpiNative.free(gone);
                        return null;
                    },
                    options.deadline());
        }
        group = 0;
    }

    private Pending submit(Runnable operation) {
        handle();
        return thread.submit(operation);
    }

    private void run(Runnable operation) {
        handle();
        thread.run(operation);
    }

    private Runnable counted(
            CollectiveOperation operation, int root, long elements, ElementType type, Runnable exchange) {
        long bytes = operation.bytesSent(rank, size, root, elements, type.bytes());
        return () -> {
            long from = System.nanoTime();
            exchange.run();
            sent.addAndGet(bytes);
            observer.done(operation, bytes, from, System.nanoTime());
        };
    }

    private void requireApart(long part, long whole, long elements, ElementType type) {
        long bytes = Math.multiplyExact(elements, type.bytes());
        boolean overlap = part < whole + bytes * size && whole < part + bytes;
        if (overlap && part != whole + bytes * rank) {
            throw new IllegalArgumentException("Part and whole overlap, and the part is not this rank's slice");
        }
    }

    private static long address(Tensor tensor) {
        if (!tensor.is_cpu()) {
            throw new IllegalArgumentException("MPI collectives need tensors on the CPU");
        }
        return tensor.numel() == 0 ? 0 : tensor.data_ptr().address();
    }

    private static ElementType type(Tensor tensor) {
        return ElementType.of(tensor.scalar_type());
    }
}
