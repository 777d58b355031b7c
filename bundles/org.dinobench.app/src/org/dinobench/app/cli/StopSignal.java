package org.dinobench.app.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Ctrl-C, kill and a closed terminal, as a wish that the running command polls: it ends in order, and the process with
 * the exit code for that. A second one ends the process at once, as without this class.
 */
final class StopSignal implements AutoCloseable {
    private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

    private final List<JvmSignal> handled = new ArrayList<>();
    private volatile boolean asked;

    private StopSignal() {}

    static StopSignal install() {
        StopSignal signal = new StopSignal();
        for (String name : SIGNALS) {
            JvmSignal.handle(name, signal::ask).ifPresent(signal.handled::add);
        }
        return signal;
    }

    private synchronized void ask() {
        asked = true;
        release();
    }

    private void release() {
        handled.forEach(JvmSignal::restore);
        handled.clear();
    }

    /** Whether the process was asked to end. */
    boolean isAsked() {
        return asked;
    }

    @Override
    public synchronized void close() {
        release();
    }
}
