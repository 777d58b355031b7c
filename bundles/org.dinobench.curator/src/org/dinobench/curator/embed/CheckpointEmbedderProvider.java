package org.dinobench.curator.embed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dinobench.core.io.ContentHash;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.curator.dedup.LocalFeaturePairs;
import org.dinobench.imaging.ImageReader;
import org.dinobench.model.FeatureModel;
import org.dinobench.model.ImageEmbedder;
import org.dinobench.model.LoadedModel;
import org.dinobench.model.ModelFiles;
import org.dinobench.model.VitConfig;

/** Embedders from backbones: runs and checkpoints of ours, HF folders, safetensors and {@code .pth} files. */
public final class CheckpointEmbedderProvider implements EmbedderProvider {
    /** Backbones trained on other sizes are used at most at this one: DINOv2's evaluation. */
    private static final int LARGEST_SIDE = 224;

    /** Low, because local features decide: features of a backbone tell kinds of images rather than copies. */
    private static final double THRESHOLD = 0.5;

    /** Changes whenever {@link CopyViews} computes other numbers. */
    private static final String COPIES = "-copies-v1";

    @Override
    public int rank() {
        return 20;
    }

    @Override
    public String help() {
        return "a run, a checkpoint, an HF folder, a safetensors or a .pth file";
    }

    @Override
    public boolean accepts(String model) {
        return !model.isEmpty() && Files.exists(Path.of(model));
    }

    /** Makes the embedder of an open model. */
    @FunctionalInterface
    private interface Making {
        Embedder of(LoadedModel loaded, int side, String id);
    }

    @Override
    public Embedder open(String model) {
        return open(
                model,
                (loaded, side, id) ->
                        embedder(id, loaded.features().embedder(FeatureModel.Kind.CLASS_TOKEN), loaded, side));
    }

    @Override
    public Embedder openForCopies(String model) {
        return open(model, (loaded, side, id) -> {
            CopyViews views = new CopyViews(loaded.features(), side);
            return embedder(id + COPIES, views, loaded, views.inputSide());
        });
    }

    private static Embedder embedder(String id, ImageEmbedder network, LoadedModel loaded, int side) {
        return new NetworkEmbedder(
                id, network, loaded, side, THRESHOLD, THRESHOLD, new LocalFeaturePairs(new ImageReader()));
    }

    private static Embedder open(String model, Making making) {
        try {
            LoadedModel loaded = ModelFiles.open(Path.of(model));
            VitConfig config = loaded.config();
            if (config.channels() != 3) {
                loaded.close();
                throw new BadInputException(
                        model, "its images have " + config.channels() + " channels", "choose a model for RGB images");
            }
            int side = Math.max(
                    config.patch(), Math.min(LARGEST_SIDE, config.imageSize()) / config.patch() * config.patch());
            String id = "vit-" + ContentHash.of(loaded.source()).substring(0, 16) + "-" + side;
            return making.of(loaded, side, id);
        } catch (IOException e) {
            throw new BadInputException(model, "it cannot be read (" + e.getMessage() + ")", "check the file", e);
        }
    }
}
