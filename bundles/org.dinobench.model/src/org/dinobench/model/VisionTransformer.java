package org.dinobench.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.dinobench.model.internal.VitNetwork;
import org.dinobench.torch.FlatParameters;
import org.dinobench.torch.ParameterSpec;
import org.dinobench.torch.Tensors;
import org.dinobench.torch.Torch;

/**
 * The DINOv2 backbone over parameters that somebody else owns: a student's (gradients flow into its flat parameters) or
 * a teacher's. Holds no state of its own. Results belong to the caller's {@link org.dinobench.torch.TensorScope}.
 * Works in the floating-point type of its parameters. Wrong shapes are refused before native code sees them.
 */
public final class VisionTransformer {
    private final VitConfig config;
    private final FlatParameters.Module module;
    private final VitNetwork network;

    /**
     * @param config the shape
     * @param module parameters made from {@link #layout}, for example {@code parameters.module("backbone")}
     */
    public VisionTransformer(VitConfig config, FlatParameters.Module module) {
        this.config = config;
        this.module = module;
        this.network = new VitNetwork(config, module);
    }

    /** Declarations of the parameters, with official names, in units {@code embeddings}, {@code blocks.i}, {@code norm}. */
    public static List<ParameterSpec> layout(VitConfig config) {
        return VitLayout.of(config);
    }

    /** The shape. */
    public VitConfig config() {
        return config;
    }

    /** The parameters. */
    public FlatParameters.Module module() {
        return module;
    }

    /**
     * Runs crops of one or several sizes. Gradients are recorded when the calling thread records and the parameters are
     * trained.
     *
     * @param crops at least one batch
     * @return one output a batch, in the same order
     */
    public List<VitOutput> forward(List<CropBatch> crops, ForwardOptions options) {
        if (crops.isEmpty()) {
            throw new IllegalArgumentException("There are no crops");
        }
        crops.forEach(this::check);
        if (options.packed() || crops.size() == 1) {
            return network.forward(crops, options);
        }
        List<VitOutput> outputs = new ArrayList<>(crops.size());
        for (CropBatch batch : crops) {
            outputs.addAll(network.forward(List.of(batch), options));
        }
        return outputs;
    }

    /**
     * Runs images of one size without stochastic depth.
     *
     * @param images {@code [B, C, H, W]}
     */
    public VitOutput forward(Tensor images) {
        return forward(List.of(CropBatch.of(images)), ForwardOptions.EVALUATION).get(0);
    }

    /**
     * Tokens of the last blocks, each through the final norm (for linear probes).
     *
     * @param images {@code [B, C, H, W]}
     * @param count number of blocks from the end, 1 to depth
     * @return outputs from the earliest to the last block; their prenorm is that block's output
     */
    public List<VitOutput> lastBlocks(Tensor images, int count) {
        if (count < 1 || count > config.depth()) {
            throw new IllegalArgumentException("count must be from 1 to " + config.depth() + ": " + count);
        }
        CropBatch batch = CropBatch.of(images);
        check(batch);
        try (Torch.GradSwitch off = Torch.noGrad()) {
            return network.lastBlocks(batch, count);
        }
    }

    /**
     * Attention probabilities of one block.
     *
     * @param images {@code [B, C, H, W]}
     * @param block from 0; negative counts from the end, -1 is the last
     * @return {@code [B, heads, T, T]} with T = 1 + registers + patches, rows sum to 1
     */
    public Tensor attention(Tensor images, int block) {
        int index = block < 0 ? config.depth() + block : block;
        if (index < 0 || index >= config.depth()) {
            throw new IllegalArgumentException("There is no block " + block + " among " + config.depth());
        }
        CropBatch batch = CropBatch.of(images);
        check(batch);
        try (Torch.GradSwitch off = Torch.noGrad()) {
            return network.attention(batch, index);
        }
    }

    /**
     * Position embeddings for a grid of patches, interpolated when it is not the stored one.
     *
     * @return {@code [1, 1 + rows * columns, D]}
     */
    public Tensor positions(int rows, int columns) {
        if (rows < 1 || columns < 1) {
            throw new IllegalArgumentException("A grid has at least one patch: " + rows + " x " + columns);
        }
        return network.positions(rows, columns);
    }

    private void check(CropBatch crops) {
        Tensor images = crops.images();
        long[] shape = Tensors.shape(images);
        int patch = config.patch();
        if (shape.length != 4
                || shape[0] < 1
                || shape[1] != config.channels()
                || shape[2] < patch
                || shape[3] < patch
                || shape[2] % patch != 0
                || shape[3] % patch != 0) {
            throw new IllegalArgumentException("Images must be [B, " + config.channels()
                    + ", H, W] with H and W multiples of " + patch + ", not " + Arrays.toString(shape));
        }
        ScalarType type = module.parameters().type();
        if (images.scalar_type().intern() != type) {
            throw new IllegalArgumentException(
                    "Images must be " + type + ", not " + images.scalar_type().intern());
        }
        if (crops.masks() != null) {
            long patches = shape[2] / patch * (shape[3] / patch);
            long[] mask = Tensors.shape(crops.masks());
            if (!Arrays.equals(mask, new long[] {shape[0], patches})) {
                throw new IllegalArgumentException(
                        "Masks must be [" + shape[0] + ", " + patches + "], not " + Arrays.toString(mask));
            }
        }
    }
}
