package org.dinobench.torch.mpi.internal;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.dinobench.torch.collective.CollectiveException;
import org.dinobench.torch.collective.Pending;

/**
 * Calls MPI from one thread at a time (its threading level "serialized"): from a thread of its own, so that operations
 * run beside the computation and in the order of their calls; or, where the caller waits anyway and nothing is under
 * way, from the caller's, which saves small operations the change of threads. After the first failure no further operation is begun: the ranks no longer agree about what
 * comes next. A daemon, so that a rank can end while MPI hangs.
 */
public final class MpiThread {
    private final BlockingQueue<Task> tasks = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::work, "dinobench-mpi");
    private final AtomicInteger underWay = new AtomicInteger();
    private final ReentrantLock turn = new ReentrantLock();
    private volatile Throwable failure;

    /** Starts the thread. */
    public MpiThread() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Runs {@code work} after everything submitted before. */
    public Pending submit(Runnable work) {
        Task task = new Task(work);
        underWay.incrementAndGet();
        tasks.add(task);
        return task;
    }

    /** Runs {@code work} after everything submitted before, and returns when it is done. */
    public void run(Runnable work) {
        if (underWay.get() > 0) {
            submit(work).await();
            return;
        }
        underWay.incrementAndGet();
        rethrow(perform(work));
    }

    /** Takes a turn at MPI; gives what was thrown, or null. */
    private Throwable perform(Runnable work) {
        turn.lock();
        try {
            if (failure != null) {
                throw new CollectiveException(
                        "Not begun, since an earlier operation failed: " + failure.getMessage(), failure);
            }
            work.run();
            return null;
        } catch (IllegalArgumentException e) {
            return e; // refused before anything was sent
        } catch (RuntimeException | Error e) {
            fail(e);
            return e;
        } finally {
            turn.unlock();
            underWay.decrementAndGet();
        }
    }

    private static void rethrow(Throwable problem) {
        if (problem instanceof IllegalArgumentException) {
            throw new IllegalArgumentException(problem.getMessage(), problem);
        }
        if (problem != null) {
            throw new CollectiveException(problem.getMessage(), problem);
        }
    }

    /**
     * Runs {@code work} after everything submitted before and returns its result.
     *
     * @param what names the work in the message of a failure
     * @param limit when to give up waiting for work that has no deadline of its own
     */
    public <T> T call(String what, Supplier<T> work, Duration limit) {
        Result<T> result = new Result<>();
        Task task = new Task(() -> result.value = work.get());
        underWay.incrementAndGet();
        tasks.add(task);
        if (!task.ended(limit)) {
            CollectiveException late = new CollectiveException(
                    what + " has not returned within " + limit.toMillis() / 1000.0 + " s: a rank died or hangs");
            fail(late);
            throw late;
        }
        task.await();
        return result.value;
    }

    /** Ends all communication of this process; operations from now on fail with this as their cause. */
    public void fail(Throwable cause) {
        synchronized (this) {
            if (failure == null) {
                failure = cause;
            }
        }
    }

    /** Whether communication has ended by a failure. */
    public boolean failed() {
        return failure != null;
    }

    private void work() {
        while (true) {
            try {
                tasks.take().run();
            } catch (InterruptedException e) {
                // nobody else knows this thread; MPI has to be called from it to the end
                fail(e);
            }
        }
    }

    private static final class Result<T> {
        private T value;
    }

    private final class Task implements Pending {
        private final Runnable work;
        private final CountDownLatch done = new CountDownLatch(1);
        private Throwable problem;

        Task(Runnable work) {
            this.work = work;
        }

        void run() {
            problem = perform(work);
            done.countDown();
        }

        boolean ended(Duration limit) {
            return waited(limit.toNanos());
        }

        @Override
        public void await() {
            waited(Long.MAX_VALUE);
            rethrow(problem);
        }

        /** Interruption waits: the memory is in MPI's hands, and the operation's own deadline ends it. */
        private boolean waited(long nanos) {
            boolean interrupted = false;
            long end = System.nanoTime() + nanos;
            try {
                while (true) {
                    try {
                        return done.await(
                                nanos == Long.MAX_VALUE ? nanos : end - System.nanoTime(), TimeUnit.NANOSECONDS);
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
