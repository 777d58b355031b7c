package org.dinobench.evaluation.export;

import org.dinobench.model.VisionTransformer;
import org.dinobench.model.VitOutput;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Tensors;
import org.dinobench.torch.Torch;

/** Compares a written model with the one it was written from. */
final class ExportCheck {
    /** Largest difference of normalised features that counts as equal. */
    static final double TOLERANCE = 1e-4;

    private final VisionTransformer original;
    private final CheckImages images;

    ExportCheck(ExportRequest request) {
        this.original = request.network();
        this.images = CheckImages.of(request);
    }

    /**
     * Normalised tokens in Java memory.
     *
     * @param classTokens {@code [images, D]}
     * @param patchTokens {@code [images, patches, D]}
     */
    record Features(float[] classTokens, float[] patchTokens) {}

    /** A model opened again by whatever software reads its format. */
    @FunctionalInterface
    interface Reopened {
        Features features(CheckImages images);
    }

    /** The features of a network of ours. */
    static Features features(VisionTransformer network, CheckImages images) {
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            VitOutput output = network.forward(
                    Tensors.wrap(images.pixels().duplicate(), images.count(), 3, images.side(), images.side()));
            return new Features(Tensors.floats(output.classToken()), Tensors.floats(output.patchTokens()));
        }
    }

    /** @param openedBy the software that reopened the model */
    ExportResult.Check run(String openedBy, Reopened reopened) {
        Features expected = features(original, images);
        Features found = reopened.features(images);
        double difference = Math.max(
                difference(expected.classTokens(), found.classTokens()),
                difference(expected.patchTokens(), found.patchTokens()));
        long values = (long) expected.classTokens().length + expected.patchTokens().length;
        return new ExportResult.Check(openedBy, images.count(), images.real(), values, difference, TOLERANCE);
    }

    private static double difference(float[] expected, float[] found) {
        if (expected.length != found.length) {
            return Double.POSITIVE_INFINITY;
        }
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            double d = Math.abs((double) expected[i] - found[i]);
            largest = Double.isNaN(d) ? Double.POSITIVE_INFINITY : Math.max(largest, d);
        }
        return largest;
    }
}
