package org.dinobench.evaluation.segmentation;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.evaluation.data.LabelledSet;
import org.dinobench.evaluation.internal.ImageBatches;
import org.dinobench.imaging.augment.EvalTransform;
import org.dinobench.model.VisionTransformer;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Tensors;
import org.dinobench.torch.Torch;

/**
 * Patch features of whole images: each is squashed into the square that the network sees, so that the grid of patches
 * covers all of it.
 */
public final class PatchFeatures {
    private final int patch;
    private final ImageBatches batches;
    private final int size;

    /**
     * @param patch side of a patch in pixels
     * @param size side of the input in pixels, a multiple of the patch
     * @param batchSize images a pass
     * @param workers threads that decode
     */
    public PatchFeatures(int patch, int size, int batchSize, int workers) {
        if (size % patch != 0) {
            throw new BadInputException(
                    "segmentation image size",
                    size + " is no multiple of the model's patch of " + patch + " pixels",
                    "choose another size");
        }
        this.patch = patch;
        this.size = size;
        this.batches = new ImageBatches(EvalTransform.squash(size), batchSize, workers);
    }

    /** The network's patch tokens. */
    public PatchTokens ofNetwork(VisionTransformer network, LabelledSet set, JobMonitor monitor) {
        int width = network.config().width();
        return collect(set, width, "Computing patch features", monitor, (pixels, count) -> {
            try (TensorScope scope = TensorScope.open();
                    Torch.GradSwitch off = Torch.noGrad()) {
                return Tensors.floats(network.forward(Tensors.wrap(pixels, count, 3, size, size))
                        .patchTokens());
            }
        });
    }

    /** The patches' own pixels, the baseline that says what features add. */
    public PatchTokens ofPixels(LabelledSet set, JobMonitor monitor) {
        int width = 3 * patch * patch;
        int grid = size / patch;
        return collect(set, width, "Reading patches", monitor, (pixels, count) -> {
            float[] out = new float[count * grid * grid * width];
            int at = 0;
            for (int i = 0; i < count; i++) {
                for (int p = 0; p < grid * grid; p++) {
                    for (int k = 0; k < width; k++) {
                        int channel = k / (patch * patch);
                        int y = p / grid * patch + k / patch % patch;
                        int x = p % grid * patch + k % patch;
                        out[at++] = pixels.get(((i * 3 + channel) * size + y) * size + x);
                    }
                }
            }
            return out;
        });
    }

    private interface Tokens {
        float[] of(FloatBuffer pixels, int count);
    }

    private PatchTokens collect(LabelledSet set, int width, String stage, JobMonitor monitor, Tokens tokens) {
        int grid = size / patch;
        int each = grid * grid * width;
        long bytes = 4L * each * set.size();
        if (bytes > Runtime.getRuntime().maxMemory() / 2) {
            throw new BadInputException(
                    "segmentation",
                    "the patch features of " + set.size() + " images take " + (bytes >> 20)
                            + " MiB, more than half of this process's memory",
                    "choose a smaller size or fewer images");
        }
        List<float[]> all = new ArrayList<>(Collections.nCopies(set.size(), new float[0]));
        batches.run(set, stage, monitor, (pixels, rows) -> {
            float[] values = tokens.of(pixels, rows.length);
            for (int i = 0; i < rows.length; i++) {
                all.set(rows[i], Arrays.copyOfRange(values, i * each, (i + 1) * each));
            }
        });
        return new PatchTokens(grid, width, all);
    }
}
