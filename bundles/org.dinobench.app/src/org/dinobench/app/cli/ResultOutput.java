package org.dinobench.app.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that every command has, and how its result is printed under them. */
final class ResultOutput {
    @Option(names = "--json", description = "Print the result as one line of JSON, the last line of standard output.")
    private boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    /** Whether the person asked for JSON. */
    boolean isJson() {
        return json;
    }

    /**
     * Prints the result in the form that was asked for.
     *
     * @param lines for a person
     * @param machine the same as JSON
     */
    void print(Console console, List<String> lines, ObjectNode machine) {
        if (json) {
            console.print(machine.toString());
        } else {
            lines.forEach(console::print);
        }
    }
}
