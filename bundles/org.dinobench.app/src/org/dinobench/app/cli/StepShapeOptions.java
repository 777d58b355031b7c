package org.dinobench.app.cli;

import java.util.List;
import picocli.CommandLine.Option;

/** The options of every measurement of a training step: the network, its heads and the crops. */
final class StepShapeOptions {
    @Option(names = "--arch", defaultValue = "vit_small", description = "Preset of the backbone.")
    private String arch;

    @Option(names = "--patch", defaultValue = "14", description = "Side of a patch, pixels.")
    private int patch;

    @Option(names = "--size", defaultValue = "224", description = "Side of a global crop, pixels.")
    private int size;

    @Option(names = "--local", defaultValue = "98", description = "Side of a local crop, pixels.")
    private int local;

    @Option(names = "--locals", defaultValue = "8", description = "Local crops an image.")
    private int locals;

    @Option(names = "--prototypes", defaultValue = "8192", description = "Prototypes of each head.")
    private int prototypes;

    @Option(names = "--hidden", defaultValue = "2048", description = "Hidden width of the heads.")
    private int hidden;

    @Option(names = "--bottleneck", defaultValue = "256", description = "Bottleneck of the heads.")
    private int bottleneck;

    String arch() {
        return arch;
    }

    int patch() {
        return patch;
    }

    int size() {
        return size;
    }

    int local() {
        return local;
    }

    int locals() {
        return locals;
    }

    int prototypes() {
        return prototypes;
    }

    int hidden() {
        return hidden;
    }

    int bottleneck() {
        return bottleneck;
    }

    /** {@return these options as arguments of another process} */
    List<String> arguments() {
        return List.of(
                "--arch",
                arch,
                "--patch",
                Integer.toString(patch),
                "--size",
                Integer.toString(size),
                "--local",
                Integer.toString(local),
                "--locals",
                Integer.toString(locals),
                "--prototypes",
                Integer.toString(prototypes),
                "--hidden",
                Integer.toString(hidden),
                "--bottleneck",
                Integer.toString(bottleneck));
    }
}
