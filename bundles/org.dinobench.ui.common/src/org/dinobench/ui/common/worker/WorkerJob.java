package org.dinobench.ui.common.worker;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.dinobench.ui.common.Messages;
import org.dinobench.ui.common.workspace.ActiveWorkspace;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.osgi.util.NLS;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.util.tracker.ServiceTracker;

/**
 * A worker as a job of the workbench: its progress is in the Progress view, and cancelling the job stops the worker.
 * Closing the workbench leaves workers alone: their work is in files.
 */
public final class WorkerJob extends Job {
    private static final int TICKS = 1000;
    private static final int KEPT_LINES = 12;
    private static final int BAD_INPUT = 2;
    private static final int STOPPED = 3;

    private final WorkerRequest request;
    private final Deque<String> lastLines = new ArrayDeque<>();
    private IProgressMonitor progress;
    private String stage = ""; // $NON-NLS-1$
    private int ticks;

    /**
     * A job that is not yet scheduled.
     *
     * @param request what to do
     */
    public WorkerJob(WorkerRequest request) {
        super(request.title());
        this.request = request;
        setUser(false);
        setPriority(LONG);
    }

    @Override
    protected IStatus run(IProgressMonitor monitor) {
        progress = monitor;
        monitor.beginTask(request.title(), IProgressMonitor.UNKNOWN);
        Optional<WorkerStarter> starter = starter();
        if (starter.isEmpty()) {
            return Status.error(Messages.WorkerJob_NoStarter);
        }
        try {
            WorkerProcess process = starter.get().start(request, this::line);
            boolean asked = false;
            while (process.isAlive()) {
                if (monitor.isCanceled() && !asked) {
                    asked = true;
                    monitor.subTask(Messages.WorkerJob_Stopping);
                    process.stop();
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
            return asked ? Status.CANCEL_STATUS : result(process.exitCode());
        } catch (IOException e) {
            return Status.error(NLS.bind(Messages.WorkerJob_NotStarted, e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Status.CANCEL_STATUS;
        } finally {
            ActiveWorkspace.refreshIfOpen();
        }
    }

    @Override
    public boolean belongsTo(Object family) {
        return family == WorkerJob.class;
    }

    private IStatus result(int code) {
        if (code == 0) {
            return Status.OK_STATUS;
        }
        if (code == STOPPED) {
            return Status.CANCEL_STATUS;
        }
        String lines;
        synchronized (lastLines) {
            lines = String.join("\n", lastLines); // $NON-NLS-1$
        }
        String message = code == BAD_INPUT ? Messages.WorkerJob_BadInput : Messages.WorkerJob_Failed;
        return Status.error(NLS.bind(message, request.title(), lines));
    }

    private void line(String line) {
        if (line.isBlank()) {
            return;
        }
        synchronized (lastLines) {
            lastLines.addLast(line);
            if (lastLines.size() > KEPT_LINES) {
                lastLines.removeFirst();
            }
        }
        progress.subTask(line.strip());
        WorkerLine.parse(line).ifPresent(this::advance);
    }

    /** Each stage fills the bar anew: how long the stages take together is not known before. */
    private void advance(WorkerLine line) {
        if (!line.stage().equals(stage)) {
            stage = line.stage();
            ticks = 0;
            progress.beginTask(stage, TICKS);
        }
        int wanted = (int) (line.share() * TICKS);
        if (wanted > ticks) {
            progress.worked(wanted - ticks);
            ticks = wanted;
        }
    }

    /**
     * Finds the one who starts workers, for jobs of other kinds.
     *
     * @return it, empty when the product brings none within two seconds; not for the UI thread
     */
    public static Optional<WorkerStarter> starter() {
        BundleContext context = FrameworkUtil.getBundle(WorkerJob.class).getBundleContext();
        ServiceTracker<WorkerStarter, WorkerStarter> tracker = new ServiceTracker<>(context, WorkerStarter.class, null);
        tracker.open();
        try {
            return Optional.ofNullable(tracker.waitForService(2000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            tracker.close();
        }
    }
}
