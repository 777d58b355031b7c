package org.dinobench.ui.common.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.dinobench.ui.testing.UiRobot;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.swt.widgets.Display;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

class WorkerJobTest {
    private ServiceRegistration<WorkerStarter> registration;

    @AfterEach
    void remove() {
        if (registration != null) {
            registration.unregister();
        }
    }

    private IStatus run(WorkerStarter starter, boolean cancel) {
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(Constants.SERVICE_RANKING, 1000);
        registration = FrameworkUtil.getBundle(WorkerJob.class)
                .getBundleContext()
                .registerService(WorkerStarter.class, starter, properties);
        WorkerJob job = new WorkerJob(new WorkerRequest("Testing", List.of("test")));
        job.setProperty(org.eclipse.ui.progress.IProgressConstants.NO_IMMEDIATE_ERROR_PROMPT_PROPERTY, true);
        job.schedule();
        if (cancel) {
            new UiRobot(Display.getCurrent()).settle(300);
            job.cancel();
        }
        new UiRobot(Display.getCurrent()).waitUntil("the job's end", () -> job.getResult() != null);
        return job.getResult();
    }

    @Test
    void aWorkerThatEndsWellIsOk() {
        assertTrue(run((request, lines) -> ended(0, lines, "Working: 1 of 2 (50 %)"), false)
                .isOK());
    }

    @Test
    void badInputIsToldWithTheWorkersWords() {
        IStatus status = run((request, lines) -> ended(2, lines, "dinobench: /x: there is no such folder"), false);
        assertEquals(IStatus.ERROR, status.getSeverity());
        assertTrue(status.getMessage().contains("there is no such folder"), status.getMessage());
    }

    @Test
    void cancellingStopsTheWorker() {
        AtomicBoolean stopped = new AtomicBoolean();
        IStatus status = run(
                (request, lines) -> new WorkerProcess() {
                    @Override
                    public boolean isAlive() {
                        return !stopped.get();
                    }

                    @Override
                    public int exitCode() {
                        return 143;
                    }

                    @Override
                    public void stop() {
                        stopped.set(true);
                    }
                },
                true);
        assertTrue(stopped.get());
        assertEquals(IStatus.CANCEL, status.getSeverity());
    }

    private static WorkerProcess ended(int code, Consumer<String> lines, String line) {
        lines.accept(line);
        return new WorkerProcess() {
            @Override
            public boolean isAlive() {
                return false;
            }

            @Override
            public int exitCode() {
                return code;
            }

            @Override
            public void stop() {
                throw new AssertionError("it has ended already");
            }
        };
    }
}
