package org.dinobench.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cluster}: other machines that compute runs. */
@Command(
        name = "cluster",
        description = "Try a cluster profile out, follow a run that another machine computes, or end it.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ClusterCheckCommand.class,
            ClusterAttachCommand.class,
            ClusterCancelCommand.class,
            ClusterProbeCommand.class
        })
final class ClusterCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return 0;
    }
}
