package org.dinobench.imaging.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;

/**
 * Fills numbered batches by worker threads, a fixed number of batches ahead of one consumer, into slots that are used
 * again and again. Workers take samples in stream order; batches are handed out in stream order, whatever the number of
 * workers.
 *
 * @param <S> the slot: the memory of one batch
 */
public final class SlotPipeline<S> implements AutoCloseable {
    /**
     * Fills one sample of one batch.
     *
     * @param <S> the slot
     */
    @FunctionalInterface
    public interface Filler<S> {
        /**
         * @param slot memory of the batch; other samples of it are written by other threads at the same time
         * @param batch number of the batch
         * @param sample number of the sample in the batch
         * @throws InterruptedException when the pipeline is being closed
         */
        void fill(S slot, long batch, int sample) throws InterruptedException;
    }

    /**
     * A filled batch on loan.
     *
     * @param batch number of the batch
     * @param slot its memory, to be given back by {@link SlotPipeline#release}
     * @param <S> the slot
     */
    public record Lease<S>(long batch, S slot) {}

    /** How many samples a batch has. */
    @FunctionalInterface
    public interface Sizes {
        /** @return at least 1 */
        int samples(long batch);
    }

    private static final class Work<S> {
        final long batch;
        final S slot;
        final int samples;
        int started;
        int finished;

        Work(long batch, S slot, int samples) {
            this.batch = batch;
            this.slot = slot;
            this.samples = samples;
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition mayStart = lock.newCondition();
    private final Condition mayTake = lock.newCondition();
    private final Deque<S> free = new ArrayDeque<>();
    /** Batches under way or ready, in stream order; the first is the next to be handed out. */
    private final Deque<Work<S>> open = new ArrayDeque<>();

    private final List<Thread> threads = new ArrayList<>();
    private final Sizes sizes;
    private final long end;
    private Work<S> starting;
    private long nextBatch;
    private Throwable failure;
    private boolean closed;
    private long waitNanos;
    private long workNanos;

    /**
     * Starts the workers.
     *
     * @param slots memory for the batches that exist at one time
     * @param first number of the first batch
     * @param end number after the last batch; {@code Long.MAX_VALUE} for a stream without end
     * @param sizes samples per batch
     * @param workers number of threads
     * @param name name of the threads
     * @param fillers makes the filler of a worker, with its own scratch memory
     */
    public SlotPipeline(
            List<S> slots,
            long first,
            long end,
            Sizes sizes,
            int workers,
            String name,
            IntFunction<Filler<S>> fillers) {
        this.sizes = sizes;
        this.end = end;
        this.nextBatch = first;
        free.addAll(slots);
        for (int w = 0; w < workers; w++) {
            Filler<S> filler = fillers.apply(w);
            Thread thread = new Thread(() -> run(filler), name + "-" + w);
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    /**
     * The next batch, complete; waits for it.
     *
     * @return null after the last one
     * @throws InterruptedException when the waiting thread is interrupted
     * @throws IllegalStateException when the pipeline is closed
     */
    public Lease<S> next() throws InterruptedException {
        long from = System.nanoTime();
        lock.lockInterruptibly();
        try {
            while (true) {
                rethrow();
                if (closed) {
                    throw new IllegalStateException("The pipeline is closed");
                }
                Work<S> head = open.peekFirst();
                if (head != null && head.finished == head.samples) {
                    open.removeFirst();
                    return new Lease<>(head.batch, head.slot);
                }
                if (head == null && nextBatch >= end) {
                    return null;
                }
                mayTake.await();
            }
        } finally {
            waitNanos += System.nanoTime() - from;
            lock.unlock();
        }
    }

    /** Gives the memory of a batch back. */
    public void release(Lease<S> lease) {
        lock.lock();
        try {
            free.addLast(lease.slot());
            mayStart.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the stream with a failure that the consumer gets instead of its next batch; the first one counts. */
    public void fail(Throwable problem) {
        lock.lock();
        try {
            if (failure == null) {
                failure = problem;
            }
            mayStart.signalAll();
            mayTake.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Time that the consumer spent waiting, nanoseconds. */
    public long waitNanos() {
        lock.lock();
        try {
            return waitNanos;
        } finally {
            lock.unlock();
        }
    }

    /** Time that all workers together spent working, nanoseconds. */
    public long workNanos() {
        lock.lock();
        try {
            return workNanos;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the workers and waits until they have ended; each finishes the sample it is at. */
    @Override
    @SuppressWarnings("unused") // the type of the exception says all
    public void close() {
        lock.lock();
        try {
            closed = true;
            mayStart.signalAll();
            mayTake.signalAll();
        } finally {
            lock.unlock();
        }
        threads.forEach(Thread::interrupt);
        boolean interrupted = false;
        for (Thread thread : threads) {
            try {
                thread.join(TimeUnit.SECONDS.toMillis(30));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("unused") // the type of the exception says all
    private void run(Filler<S> filler) {
        try {
            while (true) {
                Work<S> work;
                int sample;
                lock.lockInterruptibly();
                try {
                    work = claim();
                    if (work == null) {
                        return;
                    }
                    sample = work.started++;
                } finally {
                    lock.unlock();
                }
                long from = System.nanoTime();
                filler.fill(work.slot, work.batch, sample);
                finished(work, System.nanoTime() - from);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    /** The batch whose next sample is to be filled, or null when there is nothing more to do; waits for memory. */
    private Work<S> claim() throws InterruptedException {
        while (true) {
            if (closed || failure != null) {
                return null;
            }
            if (starting != null && starting.started < starting.samples) {
                return starting;
            }
            if (nextBatch >= end) {
                return null;
            }
            S slot = free.pollFirst();
            if (slot != null) {
                starting = new Work<>(nextBatch, slot, sizes.samples(nextBatch));
                nextBatch++;
                open.addLast(starting);
                return starting;
            }
            mayStart.await();
        }
    }

    private void finished(Work<S> work, long nanos) {
        lock.lock();
        try {
            workNanos += nanos;
            work.finished++;
            if (work.finished == work.samples) {
                mayTake.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void rethrow() {
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
    }
}
