package org.dinobench.evaluation.features;

import java.nio.FloatBuffer;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.evaluation.EvaluatedModel;
import org.dinobench.evaluation.data.FeatureMatrix;
import org.dinobench.evaluation.data.LabelledSet;
import org.dinobench.evaluation.internal.ImageBatches;
import org.dinobench.imaging.augment.EvalTransform;
import org.dinobench.model.ImageEmbedder;
import org.dinobench.model.VisionTransformer;
import org.dinobench.model.VitOutput;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Tensors;
import org.dinobench.torch.Torch;

/**
 * Runs a frozen backbone, or a black box, over the images of a set. The caller's network stays open and unchanged.
 */
public final class FeatureExtractor {
    private final VisionTransformer network;
    private final ImageEmbedder blackBox;
    private final EvalTransform transform;
    private final int batchSize;
    private final int workers;
    private final Views views;

    /**
     * @param transform makes network input of an image; its size must be a multiple of the network's patch
     * @param batchSize images per forward pass, at least 1
     * @param workers threads that decode ahead, at least 1
     */
    public FeatureExtractor(VisionTransformer network, EvalTransform transform, int batchSize, int workers) {
        this(network, transform, batchSize, workers, Views.ONE);
    }

    private FeatureExtractor(
            VisionTransformer network, EvalTransform transform, int batchSize, int workers, Views views) {
        if (transform.size() % network.config().patch() != 0) {
            throw new BadInputException(
                    "evaluation image size",
                    transform.size() + " is no multiple of the model's patch of "
                            + network.config().patch() + " pixels",
                    "choose another size");
        }
        this.network = network;
        this.blackBox = null;
        this.transform = transform;
        this.batchSize = batchSize;
        this.workers = workers;
        this.views = views;
    }

    private FeatureExtractor(ImageEmbedder blackBox, EvalTransform transform, int batchSize, int workers) {
        this.network = null;
        this.blackBox = blackBox;
        this.transform = transform;
        this.batchSize = batchSize;
        this.workers = workers;
        this.views = Views.ONE;
    }

    /**
     * Of either kind of model.
     *
     * @param transform of a backbone as above; of a black box at a size that it takes
     */
    public static FeatureExtractor of(EvaluatedModel model, EvalTransform transform, int batchSize, int workers) {
        return model.isBlackBox()
                ? new FeatureExtractor(model.blackBox(), transform, batchSize, workers)
                : new FeatureExtractor(model.network(), transform, batchSize, workers);
    }

    /**
     * This, looking at every image in several ways for {@link #extract}.
     *
     * @throws BadInputException when the model is a black box and the views are more than one
     */
    public FeatureExtractor withViews(Views other) {
        if (blackBox != null) {
            if (other != Views.ONE) {
                throw new BadInputException(
                        "views",
                        "a TorchScript file is looked through as it is",
                        "leave the views out, or name a run or a model folder");
            }
            return this;
        }
        return new FeatureExtractor(network, transform, batchSize, workers, other);
    }

    /**
     * One vector per image; a black box has one kind only, its own.
     *
     * @throws BadInputException when an image cannot be decoded or the features are not finite
     */
    public FeatureMatrix extract(LabelledSet set, FeatureKind kind, JobMonitor monitor) {
        if (blackBox != null) {
            return vectors(set, monitor);
        }
        int width = network.config().width();
        int columns = kind == FeatureKind.CLS_AND_MEAN_PATCH ? 2 * width : width;
        float[] values = new float[Math.multiplyExact(set.size(), columns)];
        run(set, monitor, "Computing features", (pixels, rows) -> {
            Tensor mean = views.mean(tensor(pixels, rows.length), images -> vectors(images, kind));
            scatter(mean, rows, values, columns, 0);
        });
        return FeatureMatrix.of(set.name(), set.size(), columns, values);
    }

    /**
     * What linear probes learn from: the class tokens of the last blocks from the earliest to the last, and the mean
     * patch token of the last block, each through the final norm.
     *
     * @param blocks number of blocks from the end, 1 to the network's depth
     * @return {@code [CLS of each block ..., mean patch]}, width {@code (blocks + 1) * D}
     */
    public FeatureMatrix extractLastBlocks(LabelledSet set, int blocks, JobMonitor monitor) {
        int width = network.config().width();
        int columns = (blocks + 1) * width;
        float[] values = new float[Math.multiplyExact(set.size(), columns)];
        run(set, monitor, "Computing features of the last blocks", (pixels, rows) -> {
            List<VitOutput> outputs = network.lastBlocks(tensor(pixels, rows.length), blocks);
            for (int b = 0; b < blocks; b++) {
                scatter(outputs.get(b).classToken(), rows, values, columns, b * width);
            }
            scatter(outputs.get(blocks - 1).patchTokens().mean(1), rows, values, columns, blocks * width);
        });
        return FeatureMatrix.of(set.name(), set.size(), columns, values);
    }

    /** {@code [B, D]}, or {@code [B, 2 D]} with the class token first. */
    private Tensor vectors(Tensor images, FeatureKind kind) {
        VitOutput output = network.forward(images);
        return switch (kind) {
            case CLS -> output.classToken();
            case MEAN_PATCH -> output.patchTokens().mean(1);
            case CLS_AND_MEAN_PATCH ->
                torch.cat(
                        new TensorVector(
                                output.classToken(), output.patchTokens().mean(1)),
                        1);
        };
    }

    private FeatureMatrix vectors(LabelledSet set, JobMonitor monitor) {
        int columns = blackBox.dimensions();
        float[] values = new float[Math.multiplyExact(set.size(), columns)];
        run(set, monitor, "Computing features", (pixels, rows) -> {
            float[] vectors = blackBox.embed(pixels, rows.length, transform.size(), transform.size());
            for (int i = 0; i < rows.length; i++) {
                System.arraycopy(vectors, i * columns, values, rows[i] * columns, columns);
            }
        });
        return FeatureMatrix.of(set.name(), set.size(), columns, values);
    }

    private Tensor tensor(FloatBuffer pixels, int count) {
        return Tensors.wrap(pixels, count, 3, transform.size(), transform.size());
    }

    private void run(LabelledSet set, JobMonitor monitor, String stage, ImageBatches.Step step) {
        new ImageBatches(transform, batchSize, workers).run(set, stage, monitor, (pixels, rows) -> {
            try (TensorScope scope = TensorScope.open();
                    Torch.GradSwitch off = Torch.noGrad()) {
                step.apply(pixels, rows);
            }
        });
    }

    private static void scatter(Tensor rowsOfFeatures, int[] rows, float[] values, int columns, int offset) {
        float[] features = Tensors.floats(rowsOfFeatures);
        int width = features.length / rows.length;
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(features, i * width, values, rows[i] * columns + offset, width);
        }
    }
}
