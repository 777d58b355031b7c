package org.dinobench.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.dinobench.core.io.Json;
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
            List<RgbImage> painted = new PatchPca(
                            foreground ? PatchPca.Foreground.AUTOMATIC : PatchPca.Foreground.ALL, 0)
                    .paint(loaded.network(), inputs, monitor)
                    .images();
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
                    Json.object().put("folder", folder.toString()).put("pictures", painted.size()));
            return 0;
        }
    }
}
