package org.dinobench.evaluation.embed;

import java.nio.FloatBuffer;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.evaluation.features.FeatureKind;
import org.dinobench.model.CropBatch;
import org.dinobench.model.ForwardOptions;
import org.dinobench.model.ImageEmbedder;
import org.dinobench.model.VisionTransformer;
import org.dinobench.model.VitOutput;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Tensors;
import org.dinobench.torch.Torch;

/** Gives the numbers of a batch of images. */
interface TokenSource {
    /** Length of an image's vector. */
    int dimensions();

    /** Length of a patch token; 0 where there are none. */
    int width();

    /**
     * Computes a batch.
     *
     * @param images direct, {@code [B, 3, side, side]} from its position on
     * @param vectors receives {@code B * dimensions()} numbers; its position advances
     * @param tokens receives {@code B * patches * width()} numbers; null when they are not wanted
     */
    void compute(FloatBuffer images, int batch, int side, FloatBuffer vectors, FloatBuffer tokens);

    /** The vectors and tokens of a transformer, in one pass. */
    static TokenSource of(VisionTransformer network, FeatureKind kind) {
        return new OfNetwork(network, kind);
    }

    /** The vectors of a model whose inside is not known. */
    static TokenSource of(ImageEmbedder model) {
        return new OfEmbedder(model);
    }

    /** @param kind what stands for an image */
    record OfNetwork(VisionTransformer network, FeatureKind kind) implements TokenSource {
        @Override
        public int dimensions() {
            return (kind == FeatureKind.CLS_AND_MEAN_PATCH ? 2 : 1) * width();
        }

        @Override
        public int width() {
            return network.config().width();
        }

        @Override
        public void compute(FloatBuffer images, int batch, int side, FloatBuffer vectors, FloatBuffer tokens) {
            try (TensorScope scope = TensorScope.open();
                    Torch.GradSwitch off = Torch.noGrad()) {
                FloatBuffer exact = images.slice();
                exact.limit(batch * 3 * side * side);
                boolean classOnly = kind == FeatureKind.CLS && tokens == null;
                CropBatch crops = new CropBatch(Tensors.wrap(exact, batch, 3, side, side), null, classOnly);
                VitOutput output = network.forward(List.of(crops), ForwardOptions.EVALUATION)
                        .get(0);
                Tensors.copy(vectors(output), vectors);
                if (tokens != null) {
                    Tensors.copy(output.patchTokens(), tokens);
                }
            }
        }

        private Tensor vectors(VitOutput output) {
            return switch (kind) {
                case CLS -> output.classToken();
                case MEAN_PATCH -> output.patchTokens().mean(1);
                case CLS_AND_MEAN_PATCH ->
                    org.bytedeco.pytorch.global.torch.cat(
                            Tensors.vector(List.of(
                                    output.classToken(), output.patchTokens().mean(1))),
                            1);
            };
        }
    }

    /** @param model gives one vector an image */
    record OfEmbedder(ImageEmbedder model) implements TokenSource {
        @Override
        public int dimensions() {
            return model.dimensions();
        }

        @Override
        public int width() {
            return 0;
        }

        @Override
        public void compute(FloatBuffer images, int batch, int side, FloatBuffer vectors, FloatBuffer tokens) {
            vectors.put(model.embed(images.slice(), batch, side, side));
        }
    }
}
