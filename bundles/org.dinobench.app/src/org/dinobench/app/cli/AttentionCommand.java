package org.dinobench.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.dinobench.core.io.Json;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.evaluation.maps.AttentionMaps;
import org.dinobench.evaluation.maps.ColourMap;
import org.dinobench.evaluation.maps.MapImages;
import org.dinobench.evaluation.maps.NetworkInput;
import org.dinobench.evaluation.maps.PatchMap;
import org.dinobench.imaging.ImageWriter;
import org.dinobench.model.LoadedModel;
import org.dinobench.model.ModelFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code attention}: where the class token looks, laid over the image. */
@Command(name = "attention", description = "Draw where the class token looks in an image.")
final class AttentionCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ResultOutput output;

    @Mixin
    private WorkspaceOption workspaceOption;

    @Option(names = "--model", paramLabel = "M", required = true, description = "A run, a model folder or file.")
    private String model;

    @Option(names = "--image", paramLabel = "F", required = true, description = "The image.")
    private Path image;

    @Option(names = "--out", paramLabel = "PNG", required = true, description = "The picture to write.")
    private Path out;

    @Option(names = "--layer", paramLabel = "N", description = "Block, from 1; default: the last.")
    private int layer;

    @Option(names = "--head", paramLabel = "N", description = "Head, from 1; default: the mean of all.")
    private int head;

    @Option(names = "--size", paramLabel = "PIXELS", description = "Shorter side of the input; default: 24 patches.")
    private int size;

    AttentionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        try (LoadedModel loaded = ModelFiles.open(RunPaths.of(model, workspaceOption))) {
            int depth = loaded.config().depth();
            int heads = loaded.config().heads();
            check("--layer", layer, depth);
            check("--head", head, heads);
            NetworkInput input = new PicturesOfModel(loaded, size).input(image);
            AttentionMaps maps = AttentionMaps.of(loaded.network(), input, (layer == 0 ? depth : layer) - 1);
            PatchMap map = head == 0 ? maps.meanOfClass() : maps.ofClass(head - 1);
            Path target = PicturesOfModel.target(out);
            ImageWriter.writePng(
                    new MapImages(ColourMap.EMBER).over(input.image(), map.stretched(99.5), 0.25, 0.8), target);
            output.print(
                    console,
                    List.of("Wrote " + target),
                    Json.object()
                            .put("picture", target.toString())
                            .put("rows", maps.rows())
                            .put("columns", maps.columns()));
            return 0;
        }
    }

    private static void check(String option, int value, int most) {
        if (value < 0 || value > most) {
            throw new BadInputException(
                    option + " " + value, "the model has 1 to " + most, "give a number from 1 to " + most);
        }
    }
}
