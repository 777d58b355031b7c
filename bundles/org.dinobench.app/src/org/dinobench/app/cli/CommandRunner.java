package org.dinobench.app.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.problem.StoppedException;
import org.dinobench.core.problem.WantOfMemory;
import picocli.CommandLine;

/** Parses a command line, runs its command and turns the end into an exit code and, where it went wrong, a sentence. */
public final class CommandRunner {
    private final PrintStream out;
    private final PrintStream err;

    /**
     * @param out for results
     * @param err for progress, remarks and problems
     */
    public CommandRunner(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** @return the exit code: 0 done, 1 failure, 2 bad input, 3 stopped on request */
    public int run(String... arguments) {
        try (StopSignal stop = StopSignal.install()) {
            Console console = new Console(out, err, stop);
            CommandLine line = new CommandLine(new DinobenchCommand(), new CommandFactory(console));
            line.setCaseInsensitiveEnumValuesAllowed(true);
            line.setOut(writer(out));
            line.setErr(writer(err));
            line.setParameterExceptionHandler((problem, args) -> unusable(problem));
            line.setExecutionExceptionHandler((problem, failed, parsed) -> ended(problem));
            return line.execute(arguments);
        } catch (OutOfMemoryError problem) {
            return ended(problem);
        }
    }

    private int unusable(CommandLine.ParameterException problem) {
        err.println("dinobench: " + problem.getMessage());
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(problem, writer(err))) {
            err.println("See: ./dinobench " + path(problem.getCommandLine()) + "--help");
        }
        return CliApplication.BAD_INPUT;
    }

    private static String path(CommandLine command) {
        return command.getParent() == null ? "" : command.getCommandName() + " ";
    }

    private int ended(Throwable problem) {
        if (problem instanceof BadInputException) {
            err.println("dinobench: " + problem.getMessage());
            return CliApplication.BAD_INPUT;
        }
        if (problem instanceof StoppedException) {
            err.println("dinobench: " + problem.getMessage());
            return CliApplication.STOPPED;
        }
        err.println("dinobench: " + FailureSentence.of(problem));
        problem.printStackTrace(err);
        return CliApplication.FAILURE;
    }

    private static PrintWriter writer(OutputStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    /** What went wrong, for a person, above the stack trace that is for us. */
    private static final class FailureSentence {
        static String of(Throwable problem) {
            String message = problem.getMessage();
            if (WantOfMemory.is(problem)) {
                return "out of memory: end other programs or take less at once; in training a smaller"
                        + " train.batch_size_per_gpu with train.gradient_accumulation, or"
                        + " train.activation_checkpointing=true";
            }
            if (problem instanceof IOException) {
                return "a file could not be read or written: " + message;
            }
            return "this is a fault of Dinobench: "
                    + (message == null ? problem.getClass().getSimpleName() : message);
        }
    }
}
