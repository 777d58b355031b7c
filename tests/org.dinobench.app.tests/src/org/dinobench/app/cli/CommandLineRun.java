package org.dinobench.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.dinobench.core.io.Json;

/**
 * One call of the command line and what came of it.
 *
 * @param code exit code
 * @param printed standard output
 * @param said standard error
 */
record CommandLineRun(int code, String printed, String said) {
    static CommandLineRun of(List<String> arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = new CommandRunner(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(arguments.toArray(String[]::new));
        return new CommandLineRun(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The result of a call with {@code --json} that went well. */
    ObjectNode json() {
        assertEquals(0, code, said);
        return Json.parseObject("output", printed.strip());
    }
}
