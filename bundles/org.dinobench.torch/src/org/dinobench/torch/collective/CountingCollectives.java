package org.dinobench.torch.collective;

import java.util.EnumMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Counts calls and bytes by kind of operation, for any implementation: by the formulas of {@link CollectiveOperation},
 * so that an implementation's own count can be checked against it. Closing it closes what it wraps. Counts may be read
 * from any thread.
 */
public final class CountingCollectives implements Collectives {
    private final Collectives inner;
    private final Map<CollectiveOperation, Traffic> counts = new EnumMap<>(CollectiveOperation.class);

    /** @param inner does the work */
    public CountingCollectives(Collectives inner) {
        this.inner = inner;
        reset();
    }

    /** What this rank has sent since the start or the last {@link #reset()}, by kind of operation. */
    public Map<CollectiveOperation, Traffic> traffic() {
        synchronized (counts) {
            return new EnumMap<>(counts);
        }
    }

    /** What this rank has sent with one kind of operation. */
    public Traffic traffic(CollectiveOperation operation) {
        synchronized (counts) {
            return counts.get(operation);
        }
    }

    /** Sets all counts to zero. */
    public void reset() {
        synchronized (counts) {
            for (CollectiveOperation operation : CollectiveOperation.values()) {
                counts.put(operation, new Traffic(operation, 0, 0));
            }
        }
    }

    private void count(CollectiveOperation operation, Tensor whole, int root) {
        long bytes = operation.bytesSent(rank(), size(), root, whole.numel(), (int) whole.element_size());
        synchronized (counts) {
            counts.compute(operation, (key, old) -> old.plus(bytes));
        }
    }

    @Override
    public int rank() {
        return inner.rank();
    }

    @Override
    public int size() {
        return inner.size();
    }

    @Override
    public void allGather(Tensor part, Tensor whole) {
        inner.allGather(part, whole);
        count(CollectiveOperation.ALL_GATHER, whole, 0);
    }

    @Override
    public Pending startAllGather(Tensor part, Tensor whole) {
        Pending pending = inner.startAllGather(part, whole);
        count(CollectiveOperation.ALL_GATHER, whole, 0);
        return pending;
    }

    @Override
    public void reduceScatter(Tensor whole, Tensor part) {
        inner.reduceScatter(whole, part);
        count(CollectiveOperation.REDUCE_SCATTER, whole, 0);
    }

    @Override
    public Pending startReduceScatter(Tensor whole, Tensor part) {
        Pending pending = inner.startReduceScatter(whole, part);
        count(CollectiveOperation.REDUCE_SCATTER, whole, 0);
        return pending;
    }

    @Override
    public void allReduce(Tensor values) {
        inner.allReduce(values);
        count(CollectiveOperation.ALL_REDUCE, values, 0);
    }

    @Override
    public Pending startAllReduce(Tensor values) {
        Pending pending = inner.startAllReduce(values);
        count(CollectiveOperation.ALL_REDUCE, values, 0);
        return pending;
    }

    @Override
    public void broadcast(Tensor values, int root) {
        inner.broadcast(values, root);
        count(CollectiveOperation.BROADCAST, values, root);
    }

    @Override
    public Pending startBroadcast(Tensor values, int root) {
        Pending pending = inner.startBroadcast(values, root);
        count(CollectiveOperation.BROADCAST, values, root);
        return pending;
    }

    @Override
    public void barrier() {
        inner.barrier();
        synchronized (counts) {
            counts.compute(CollectiveOperation.BARRIER, (key, old) -> old.plus(0));
        }
    }

    @Override
    public long bytesSent() {
        return inner.bytesSent();
    }

    @Override
    public void close() {
        inner.close();
    }
}
