package org.dinobench.app.cli;

import org.eclipse.equinox.app.IApplication;
import org.eclipse.equinox.app.IApplicationContext;

/** The headless Equinox application behind every {@code ./dinobench COMMAND}. */
public final class CliApplication implements IApplication {
    /** An unusable argument, file or key. */
    public static final int BAD_INPUT = 2;
    /** Ended early on request. */
    public static final int STOPPED = 3;
    /** A fault, ours or the machine's. */
    public static final int FAILURE = 1;

    @Override
    public Object start(IApplicationContext context) {
        String[] arguments = (String[]) context.getArguments().get(IApplicationContext.APPLICATION_ARGS);
        return new CommandRunner(System.out, System.err).run(arguments);
    }

    @Override
    public void stop() {
        // Equinox asks for this at shutdown; running commands are ended by their stop flag, see StopSignal.
    }
}
