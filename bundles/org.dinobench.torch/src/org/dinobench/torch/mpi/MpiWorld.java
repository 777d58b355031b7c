package org.dinobench.torch.mpi;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.torch.collective.CollectiveException;
import org.dinobench.torch.mpi.internal.MpiLibrary;
import org.dinobench.torch.mpi.internal.MpiNative;
import org.dinobench.torch.mpi.internal.MpiThread;

/**
 * A process's membership in an MPI job, from {@link #start} to {@link #close()}; once a process, as MPI demands.
 *
 * <p>A rank that fails must not take part in the good-bye of the others: {@link #call} arranges that. It ends with the
 * exception, the process ends with an exit code other than 0, and the launcher ends the other ranks; where there is no
 * such launcher, they notice by their deadline.
 */
public final class MpiWorld implements AutoCloseable {
    private static final AtomicBoolean STARTED = new AtomicBoolean();

    private final MpiThread thread;
    private final MpiOptions options;
    private final MpiCollectives collectives;
    private final String version;
    private boolean closed;

    private MpiWorld(MpiThread thread, MpiOptions options) {
        this.thread = thread;
        this.options = options;
        Duration limit = options.deadline();
        thread.call("Starting MPI", MpiNative::init, limit);
        this.version = thread.call("Asking for MPI's version", MpiNative::version, limit);
        long world = thread.call("Joining the ranks", MpiNative::world, limit);
        this.collectives = new MpiCollectives(thread, options, world, null);
    }

    /** Whether {@code mpirun} or {@code srun} has started this process as a rank of a job. */
    public static boolean isUnderMpi() {
        return MpiEnvironment.read(System.getenv()).isPresent();
    }

    /**
     * Joins the job that this process was started for; returns when all ranks have.
     *
     * @throws BadInputException when Open MPI is not installed or this process is no rank of a job
     * @throws CollectiveException when the other ranks do not come within the deadline
     * @throws IllegalStateException when called a second time in this process
     */
    public static MpiWorld start(MpiOptions options) {
        if (!isUnderMpi()) {
            throw new BadInputException(
                    "MPI", "this process is not a rank of a job", "start it with mpirun -np RANKS, or with srun");
        }
        MpiLibrary.require();
        if (!STARTED.compareAndSet(false, true)) {
            throw new IllegalStateException("MPI can be started only once in a process");
        }
        return new MpiWorld(new MpiThread(), options);
    }

    /**
     * Does a job as a rank: {@link #start}, the job, {@link #close()}; or, when the job throws, its exception and no
     * further communication.
     */
    public static <T> T call(MpiOptions options, Function<MpiWorld, T> job) {
        MpiWorld world = start(options);
        T result;
        try {
            result = job.apply(world);
        } catch (RuntimeException | Error e) {
            world.abandon(e);
            throw e;
        }
        world.close();
        return result;
    }

    /** The operations among all ranks; closed with this. */
    public MpiCollectives collectives() {
        return collectives;
    }

    /**
     * The operations among the ranks that share this one's machine, in the order of their ranks. All ranks call this
     * together.
     */
    public MpiCollectives onThisMachine() {
        collectives.barrier();
        long group = thread.call(
                "Grouping ranks by machine", () -> MpiNative.splitNode(collectives.handle()), options.deadline());
        return new MpiCollectives(thread, options, group, collectives);
    }

    /** This process's number, from 0. */
    public int rank() {
        return collectives.rank();
    }

    /** Number of processes. */
    public int size() {
        return collectives.size();
    }

    /** How long an operation waits without receiving anything before it fails. */
    public Duration deadline() {
        return options.deadline();
    }

    /** Name and version of the MPI library. */
    public String version() {
        return version;
    }

    /** Ends this rank's part without a good-bye; operations under way or called later fail with this cause. */
    public void abandon(Throwable cause) {
        thread.fail(cause);
    }

    /**
     * Says good-bye: returns when all ranks have come here. After a failure it returns at once.
     *
     * @throws CollectiveException when a rank does not come within the deadline
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (!thread.failed()) {
            collectives.barrier();
            thread.call(
                    "Finishing MPI",
                    () -> {
                        MpiNative.finish();
                        return null;
                    },
                    options.deadline());
            thread.fail(new IllegalStateException("MPI is finished"));
        }
    }
}
