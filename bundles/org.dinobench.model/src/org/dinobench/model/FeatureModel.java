package org.dinobench.model;

import java.nio.FloatBuffer;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Tensors;
import org.dinobench.torch.Torch;

/**
 * Features of images from a frozen backbone, in and out of Java memory. Records no gradients and frees what it uses
 * before each call returns. Does not own the network; not safe for several threads at once.
 */
public final class FeatureModel {
    private final VisionTransformer network;

    /** What stands for a whole image. */
    public enum Kind {
        /** The class token, width D. */
        CLASS_TOKEN,
        /** The mean of the patch tokens, width D. */
        MEAN_PATCH,
        /** Class token and mean of the patch tokens one after the other, width 2 D. */
        CLASS_TOKEN_AND_MEAN_PATCH;

        /** Length of a vector for tokens of a width. */
        public int dimensions(int width) {
            return this == CLASS_TOKEN_AND_MEAN_PATCH ? 2 * width : width;
        }
    }

    /** @param network in float32; stays the caller's */
    public FeatureModel(VisionTransformer network) {
        this.network = network;
    }

    /** The backbone's shape. */
    public VitConfig config() {
        return network.config();
    }

    /** One kind of feature as an embedder. */
    public ImageEmbedder embedder(Kind kind) {
        return new ImageEmbedder() {
            @Override
            public int dimensions() {
                return kind.dimensions(config().width());
            }

            @Override
            public float[] embed(FloatBuffer images, int batch, int height, int width) {
                return features(images, batch, height, width, kind);
            }
        };
    }

    /**
     * One vector an image: final norm applied, not normalised to length one.
     *
     * @param images direct, {@code [B, C, H, W]} from its position on, normalised
     * @return {@code [B * kind.dimensions(D)]}
     */
    public float[] features(FloatBuffer images, int batch, int height, int width, Kind kind) {
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            CropBatch crops = new CropBatch(wrap(images, batch, height, width), null, kind == Kind.CLASS_TOKEN);
            VitOutput output =
                    network.forward(List.of(crops), ForwardOptions.EVALUATION).get(0);
            return Tensors.floats(
                    switch (kind) {
                        case CLASS_TOKEN -> output.classToken();
                        case MEAN_PATCH -> output.patchTokens().mean(1);
                        case CLASS_TOKEN_AND_MEAN_PATCH ->
                            torch.cat(
                                    Tensors.vector(List.of(
                                            output.classToken(),
                                            output.patchTokens().mean(1))),
                                    1);
                    });
        }
    }

    /**
     * The normalised patch tokens.
     *
     * @param target receives {@code [B, N, D]}, N = H/patch * W/patch in row-major order; its position advances
     */
    public void patchTokens(FloatBuffer images, int batch, int height, int width, FloatBuffer target) {
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            Tensors.copy(network.forward(wrap(images, batch, height, width)).patchTokens(), target);
        }
    }

    /**
     * Attention of the class token in one block.
     *
     * @param block from 0; negative counts from the end
     * @return {@code [B, heads, N]} probabilities given to the patches; less than 1 in sum by the class token's and the
     *     registers' share
     */
    public float[] classAttention(FloatBuffer images, int batch, int height, int width, int block) {
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            Tensor probabilities = network.attention(wrap(images, batch, height, width), block);
            long first = 1 + config().registers();
            return Tensors.floats(probabilities.select(2, 0).narrow(2, first, probabilities.size(3) - first));
        }
    }

    private Tensor wrap(FloatBuffer images, int batch, int height, int width) {
        long count = (long) batch * config().channels() * height * width;
        if (batch < 1 || height < 1 || width < 1 || images.remaining() < count) {
            throw new IllegalArgumentException("A batch of " + batch + " images of " + height + " x " + width
                    + " does not fit a buffer of " + images.remaining() + " values");
        }
        FloatBuffer exact = images.slice();
        exact.limit((int) count);
        return Tensors.wrap(exact, batch, config().channels(), height, width);
    }
}
