package org.dinobench.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The root of the command line; by itself it only shows what there is. */
@Command(
        name = "dinobench",
        description = "Curate images, pre-train vision transformers on them without labels, evaluate and export.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Without a command, ./dinobench opens the workbench (--workspace DIR).",
            "./dinobench test and ./dinobench doctor build, check and describe the installation itself.",
            "Exit codes: 0 done, 1 failure, 2 bad input, 3 stopped on request (control stop, Ctrl-C or kill;",
            "a second Ctrl-C ends the process at once, with 130)."
        },
        subcommands = {
            QuickstartCommand.class,
            ImportCommand.class,
            CatalogCommand.class,
            CurateCommand.class,
            TrainCommand.class,
            DistillCommand.class,
            EvaluateCommand.class,
            EmbedCommand.class,
            MapCommand.class,
            ExportCommand.class,
            AttentionCommand.class,
            PcaCommand.class,
            BenchCommand.class,
            RunsCommand.class,
            ClusterCommand.class,
            ControlCommand.class
        })
final class DinobenchCommand implements Callable<Integer> {
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
