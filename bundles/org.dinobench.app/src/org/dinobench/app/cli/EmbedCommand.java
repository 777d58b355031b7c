package org.dinobench.app.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.dinobench.core.io.ContentHash;
import org.dinobench.core.io.Json;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.evaluation.EvaluatedModel;
import org.dinobench.evaluation.OpenedModel;
import org.dinobench.evaluation.data.EvalImage;
import org.dinobench.evaluation.embed.EmbedImages;
import org.dinobench.evaluation.embed.EmbedResult;
import org.dinobench.evaluation.embed.EmbedSpec;
import org.dinobench.evaluation.embed.Embedding;
import org.dinobench.evaluation.features.FeatureKind;
import org.dinobench.imaging.loader.BrokenImage;
import org.dinobench.torch.Precision;
import org.dinobench.torch.Torch;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code embed}: features of a folder or dataset as NumPy and Parquet files. */
@Command(
        name = "embed",
        description = "Write the features of all images of a folder or dataset as .npy and Parquet files. Called again"
                + " after an interruption, it goes on where it stood.")
final class EmbedCommand implements Callable<Integer> {
    private static final int SHOWN = 10;

    private final Console console;

    @Mixin
    private ResultOutput output;

    @Mixin
    private WorkspaceOption workspaceOption;

    @Option(names = "--model", paramLabel = "M", required = true, description = "A run, a model folder or file.")
    private String model;

    @ArgGroup(multiplicity = "1")
    private Images images;

    /** What is embedded. */
    static final class Images {
        @Option(names = "--images", paramLabel = "DIR", description = "A folder of images, with its subfolders.")
        private Path folder;

        @Option(names = "--dataset", paramLabel = "NAME", description = "A dataset with a manifest.")
        private String dataset;

        @Option(names = "--manifest", paramLabel = "FILE", description = "A manifest (CSV).")
        private Path manifest;
    }

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder for the files.")
    private Path out;

    @Option(
            names = "--features",
            paramLabel = "KIND",
            defaultValue = "cls",
            description = "cls, mean_patch or cls_and_mean_patch; default: ${DEFAULT-VALUE}.")
    private FeatureKind features;

    @Option(names = "--patches", description = "Write every patch token too (patches.npy; large).")
    private boolean patches;

    @Option(names = "--size", paramLabel = "PIXELS", description = "Side of the input; default: as the model wants.")
    private int size;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "32",
            description = "Images a pass; default: ${DEFAULT-VALUE}.")
    private int batch;

    @Option(names = "--threads", paramLabel = "N", description = "Threads that decode; default: all cores.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--precision",
            paramLabel = "NAME",
            defaultValue = "fp32",
            description = "fp32, or fast for products of bfloat16; default: ${DEFAULT-VALUE}.")
    private Precision precision;

    EmbedCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (size < 0) {
            throw new BadInputException("--size " + size, "a size is above 0", "give a multiple of the model's patch");
        }
        List<EvalImage> list = list();
        EmbedResult result;
        Precision before = Torch.precision();
        try (OpenedModel opened = OpenedModel.open(RunPaths.of(model, workspaceOption), size);
                Console.CommandMonitor monitor = console.monitor()) {
            Torch.setPrecision(precision);
            EmbedSpec spec = new EmbedSpec(features, patches, opened.transform(), batch, threads);
            String weights = ContentHash.of(opened.source()) + " " + precision;
            EvaluatedModel evaluated = opened.model();
            Embedding embedding = evaluated.isBlackBox()
                    ? Embedding.of(evaluated.blackBox(), weights, spec)
                    : Embedding.of(evaluated.network(), weights, spec);
            result = embedding.run(list, out.toAbsolutePath(), monitor);
        } finally {
            Torch.setPrecision(before);
        }
        output.print(console, lines(result), json(result));
        return 0;
    }

    private List<EvalImage> list() throws IOException {
        if (images.folder != null) {
            return EmbedImages.folder(images.folder.toAbsolutePath());
        }
        return EmbedImages.manifest(Manifests.required(images.manifest, images.dataset, workspaceOption));
    }

    private static List<String> lines(EmbedResult result) {
        List<String> lines = new ArrayList<>();
        String speed = result.seconds() == 0
                ? "they were there already"
                : String.format(Locale.ROOT, "%.1f images/s", result.imagesPerSecond());
        lines.add(result.rows() + " vectors of " + result.dimensions() + " numbers, " + speed);
        if (result.resumed() > 0 && result.seconds() > 0) {
            lines.add("  " + result.resumed() + " of them were there from an interrupted call");
        }
        for (BrokenImage broken :
                result.broken().subList(0, Math.min(SHOWN, result.broken().size()))) {
            lines.add("  left out: " + broken.name() + ": " + broken.problem());
        }
        if (result.broken().size() > SHOWN) {
            lines.add("  left out: " + (result.broken().size() - SHOWN) + " more, listed in embed.json");
        }
        lines.add("folder: " + result.folder());
        return lines;
    }

    private static ObjectNode json(EmbedResult result) {
        return Json.object()
                .put("folder", result.folder().toString())
                .put("rows", result.rows())
                .put("dimensions", result.dimensions())
                .put("resumed", result.resumed())
                .put("broken", result.broken().size())
                .put("seconds", result.seconds())
                .put("images_per_s", result.imagesPerSecond());
    }
}
