package org.dinobench.app.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.dinobench.core.io.Json;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.evaluation.maps.AttentionMaps;
import org.dinobench.evaluation.maps.ColourMap;
import org.dinobench.evaluation.maps.MapImages;
import org.dinobench.evaluation.maps.NetworkInput;
import org.dinobench.evaluation.maps.PatchMap;
import org.dinobench.imaging.ImageHeader;
import org.dinobench.imaging.ImageWriter;
import org.dinobench.model.LoadedModel;
import org.dinobench.model.ModelFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code attention}: where the class token or a patch looks, laid over the image. */
@Command(name = "attention", description = "Draw where the class token, or a patch, looks in an image.")
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

    @Option(names = "--every-layer", description = "One picture a block; their names get -layer-N.")
    private boolean everyLayer;

    @Option(names = "--every-head", description = "One picture a head; their names get -head-N.")
    private boolean everyHead;

    @Option(
            names = "--at",
            paramLabel = "X,Y",
            split = ",",
            description = "Look from the patch at this pixel of the image, from 0,0 at the upper left, instead of from"
                    + " the class token.")
    private List<Integer> at = new ArrayList<>();

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
            Path target = PicturesOfModel.target(out);
            List<String> lines = new ArrayList<>();
            ObjectNode node = Json.object();
            for (int block : chosen(everyLayer, layer == 0 ? depth : layer, depth)) {
                AttentionMaps maps = AttentionMaps.of(loaded.network(), input, block - 1);
                node.put("rows", maps.rows()).put("columns", maps.columns());
                for (int h : chosen(everyHead, head, heads)) {
                    Path file = named(target, block, h);
                    ImageWriter.writePng(
                            new MapImages(ColourMap.EMBER)
                                    .over(input.image(), map(maps, h).stretched(99.5), 0.25, 0.8),
                            file);
                    lines.add("Wrote " + file);
                    node.withArray("pictures").add(file.toString());
                }
            }
            output.print(console, lines, node);
            return 0;
        }
    }

    /** All numbers from 1, or the one. */
    private static int[] chosen(boolean every, int one, int count) {
        return every ? IntStream.rangeClosed(1, count).toArray() : new int[] {one};
    }

    private Path named(Path target, int block, int h) {
        String name = target.getFileName().toString();
        int dot = name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length();
        String suffix = (everyLayer ? String.format("-layer-%02d", block) : "")
                + (everyHead ? String.format("-head-%02d", h) : "");
        return target.resolveSibling(name.substring(0, dot) + suffix + name.substring(dot));
    }

    private PatchMap map(AttentionMaps maps, int h) {
        if (at.isEmpty()) {
            return h == 0 ? maps.meanOfClass() : maps.ofClass(h - 1);
        }
        int[] patch = patch(maps);
        return h == 0 ? maps.meanOfPatch(patch[0], patch[1]) : maps.ofPatch(patch[0], patch[1], h - 1);
    }

    /** Row and column of the patch under the pixel. */
    private int[] patch(AttentionMaps maps) {
        ImageHeader header = PicturesOfModel.header(image);
        int width = header.shownWidth();
        int height = header.shownHeight();
        if (at.size() != 2 || at.get(0) < 0 || at.get(0) >= width || at.get(1) < 0 || at.get(1) >= height) {
            throw new BadInputException(
                    "--at " + at,
                    "this is no pixel of an image of " + width + " x " + height,
                    "give two numbers such as " + width / 2 + "," + height / 2);
        }
        return new int[] {
            (int) ((long) at.get(1) * maps.rows() / height), (int) ((long) at.get(0) * maps.columns() / width)
        };
    }

    private static void check(String option, int value, int most) {
        if (value < 0 || value > most) {
            throw new BadInputException(
                    option + " " + value, "the model has 1 to " + most, "give a number from 1 to " + most);
        }
    }
}
