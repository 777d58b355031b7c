package org.dinobench.app.workbench.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.dinobench.app.cli.ClusterServices;
import org.dinobench.cluster.remote.RemoteRecord;
import org.dinobench.core.job.StopFlag;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.workspace.RunDirectory;
import org.dinobench.ui.common.workspace.ActiveWorkspace;
import org.eclipse.core.runtime.ILog;

/**
 * While the workbench is open, follows all runs of its workspace that other machines compute, so that views show them
 * as they show local ones. Runs that cannot be followed are tried again at the next start.
 */
public final class RemoteFollower {
    private static final long PERIOD_SECONDS = 3;

    private final Set<Path> known = ConcurrentHashMap.newKeySet();
    private final StopFlag stop = new StopFlag();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "remote-runs"); // $NON-NLS-1$
        thread.setDaemon(true);
        return thread;
    });

    /** Begins to look for such runs. */
    public void start() {
        threads.execute(this::look);
    }

    /** Ends the following, not the runs. */
    public void stop() {
        stop.stop();
        threads.shutdownNow();
    }

    private void look() {
        try {
            while (!stop.isStopped()) {
                for (RunDirectory run : ActiveWorkspace.get().workspace().runs()) {
                    if (goesOnElsewhere(run) && known.add(run.folder())) {
                        threads.execute(() -> follow(run));
                    }
                }
                TimeUnit.SECONDS.sleep(PERIOD_SECONDS);
            }
        } catch (IOException e) {
            ILog.of(RemoteFollower.class).warn("Runs on other machines are not followed", e); // $NON-NLS-1$
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean goesOnElsewhere(RunDirectory run) {
        try {
            return RemoteRecord.isRemote(run) && !RemoteRecord.read(run).ended();
        } catch (BadInputException e) {
            return false; // the record of another user, or a damaged one: cluster attach says which
        }
    }

    private void follow(RunDirectory run) {
        try {
            ClusterServices.runs().follow(run, stop, line -> {});
            known.remove(run.folder()); // it may be started again
        } catch (IOException | BadInputException e) {
            ILog.of(RemoteFollower.class)
                    .warn("The run " + run.name() + " is not followed", e); // $NON-NLS-1$ //$NON-NLS-2$
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
