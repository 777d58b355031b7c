package org.dinobench.app.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and kill, as a wish that the running command polls. The virtual machine waits in its shutdown hook until the
 * command has ended in order, for at most {@value #PATIENCE_SECONDS} seconds.
 */
final class StopSignal implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 20;

    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean asked;
    private Thread hook;

    private StopSignal() {}

    static StopSignal install() {
        StopSignal signal = new StopSignal();
        signal.hook = new Thread(signal::shutdown, "dinobench-stop");
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    private void shutdown() {
        asked = true;
        try {
            ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the process was asked to end. */
    boolean isAsked() {
        return asked;
    }

    @Override
    public void close() {
        ended.countDown();
        if (!asked) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }
}
