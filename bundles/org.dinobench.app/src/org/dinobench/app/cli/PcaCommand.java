package org.dinobench.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.dinobench.core.io.Json;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.evaluation.maps.NetworkInput;
import org.dinobench.evaluation.maps.PatchPca;
import org.dinobench.imaging.ImageWriter;
import org.dinobench.imaging.Resampler;
import org.dinobench.imaging.RgbImage;
import org.dinobench.model.LoadedModel;
import org.dinobench.model.ModelFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pca}: the first three principal components of patch features, joint over images, as colours. */
@Command(
        name = "pca",
        description = "Draw patch features by their first three principal components, joint over images.")
final class PcaCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ResultOutput output;

    @Mixin
    private WorkspaceOption workspaceOption;

    @Option(names = "--model", paramLabel = "M", required = true, description = "A run, a model folder or file.")
    private String model;

    @Option(names = "--images", paramLabel = "F", required = true, arity = "1..*", description = "The images.")
    private List<Path> images;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder for one picture per image.")
    private Path out;

    @Option(names = "--foreground", description = "Separate the foreground first and leave the rest black.")
    private boolean foreground;

    @Option(
            names = "--threshold",
            paramLabel = "T",
            description = "Foreground is what lies above this share of the first component's range, 0 to 1, instead of"
                    + " what Otsu's method separates; implies --foreground.")
    private Double threshold;

    @Option(names = "--size", paramLabel = "PIXELS", description = "Shorter side of the input; default: 24 patches.")
    private int size;

    PcaCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        try (LoadedModel loaded = ModelFiles.open(RunPaths.of(model, workspaceOption));
                Console.CommandMonitor monitor = console.monitor()) {
            List<NetworkInput> inputs = new PicturesOfModel(loaded, size).inputs(images);
            PatchPca.Result result = new PatchPca(rule(), 0).paint(loaded.network(), inputs, monitor);
            List<RgbImage> painted = result.images();
            Path folder = out.toAbsolutePath();
            Files.createDirectories(folder);
            Resampler resampler = new Resampler();
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < painted.size(); i++) {
                RgbImage shown = inputs.get(i).image();
                Path target = folder.resolve(
                        String.format("%03d-%s.png", i, images.get(i).getFileName()));
                ImageWriter.writePng(resampler.resize(painted.get(i), shown.width(), shown.height()), target);
                lines.add("Wrote " + target);
            }
            output.print(
                    console,
                    lines,
                    Json.object()
                            .put("folder", folder.toString())
                            .put("pictures", painted.size())
                            .put("foreground_share", result.foregroundShare()));
            return 0;
        }
    }

    private PatchPca.Foreground rule() {
        if (threshold == null) {
            return foreground ? PatchPca.Foreground.AUTOMATIC : PatchPca.Foreground.ALL;
        }
        if (!(threshold >= 0 && threshold <= 1)) {
            throw new BadInputException("--threshold " + threshold, "it is no share", "give a number from 0 to 1");
        }
        return PatchPca.Foreground.above(threshold);
    }
}
