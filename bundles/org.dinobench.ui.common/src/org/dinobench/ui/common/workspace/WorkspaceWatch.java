package org.dinobench.ui.common.workspace;

import java.io.IOException;
import java.util.function.Consumer;
import org.eclipse.core.runtime.ILog;

/** Looks at a workspace again and again on a thread of its own, and tells when something is different. */
final class WorkspaceWatch {
    private static final long PERIOD_MILLIS = 1000;

    private final WorkspaceFolder folder;
    private final Consumer<WorkspaceSnapshot> onChange;
    private final Object lock = new Object();
    private boolean stopped;
    private boolean now = true;

    WorkspaceWatch(WorkspaceFolder folder, Consumer<WorkspaceSnapshot> onChange) {
        this.folder = folder;
        this.onChange = onChange;
    }

    void start() {
        Thread thread = new Thread(this::watch, "workspace-watch"); // $NON-NLS-1$
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.start();
    }

    void stop() {
        synchronized (lock) {
            stopped = true;
            lock.notifyAll();
        }
    }

    void lookNow() {
        synchronized (lock) {
            now = true;
            lock.notifyAll();
        }
    }

    private void watch() {
        WorkspaceScan scan = new WorkspaceScan(folder.workspace());
        WorkspaceSnapshot last = null;
        while (pause()) {
            try {
                WorkspaceSnapshot next = scan.look();
                if (!next.equals(last)) {
                    last = next;
                    onChange.accept(next);
                }
            } catch (IOException | RuntimeException e) {
                // one look that fails must not end all later ones
                ILog.of(WorkspaceWatch.class).error("The workspace could not be looked at", e); // $NON-NLS-1$
            }
        }
    }

    private boolean pause() {
        synchronized (lock) {
            long end = System.nanoTime() + PERIOD_MILLIS * 1_000_000;
            while (!stopped && !now && System.nanoTime() < end) {
                try {
                    lock.wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
                } catch (InterruptedException e) {
                    return false;
                }
            }
            now = false;
            return !stopped;
        }
    }
}
