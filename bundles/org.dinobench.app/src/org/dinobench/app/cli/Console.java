package org.dinobench.app.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import org.dinobench.core.job.ConsoleMonitor;
import org.dinobench.core.job.JobMonitor;

/** Where commands print: results on standard output, progress and remarks on standard error. */
final class Console {
    private final PrintStream out;
    private final PrintStream err;
    private final StopSignal stop;

    Console(PrintStream out, PrintStream err, StopSignal stop) {
        this.out = out;
        this.err = err;
        this.stop = stop;
    }

    /** One line of the result. */
    void print(String line) {
        out.println(line);
    }

    /** A remark that is no part of the result. */
    void remark(String line) {
        err.println(line);
    }

    /** A console that prints nothing and is stopped with this one: for all processes of a job but the first. */
    Console silenced() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        return new Console(nowhere, nowhere, stop);
    }

    /** A monitor that shows progress here and is stopped by Ctrl-C; close it when the work is done. */
    CommandMonitor monitor() {
        return new CommandMonitor(new ConsoleMonitor(err), stop);
    }

    /** Progress on the console, stopped by the process's own stop signal. */
    static final class CommandMonitor implements JobMonitor, AutoCloseable {
        private final ConsoleMonitor shown;
        private final StopSignal stop;

        CommandMonitor(ConsoleMonitor shown, StopSignal stop) {
            this.shown = shown;
            this.stop = stop;
        }

        @Override
        public void begin(String stage, long total) {
            shown.begin(stage, total);
        }

        @Override
        public void begin(String stage, long total, long done) {
            shown.begin(stage, total, done);
        }

        @Override
        public void expect(long total, String detail) {
            shown.expect(total, detail);
        }

        @Override
        public void done() {
            shown.done();
        }

        @Override
        public void worked(long units) {
            shown.worked(units);
        }

        @Override
        public void message(String text) {
            shown.message(text);
        }

        @Override
        public boolean isStopped() {
            return stop.isAsked();
        }

        @Override
        public void close() {
            shown.close();
        }
    }
}
