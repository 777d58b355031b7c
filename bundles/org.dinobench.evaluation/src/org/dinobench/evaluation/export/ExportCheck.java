package org.dinobench.evaluation.export;

import java.util.ArrayList;
import java.util.List;
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
    private final boolean attention;
    private final List<CheckImages> batches = new ArrayList<>();

    private ExportCheck(VisionTransformer original, boolean attention) {
        this.original = original;
        this.attention = attention;
    }

    /** On the images of the request, at its size. */
    static ExportCheck ofWeights(ExportRequest request) {
        ExportCheck check = new ExportCheck(request.network(), false);
        check.batches.add(CheckImages.of(request));
        return check;
    }

    /**
     * Of a program: also on one image of another shape where the program takes any, and of the attention where it is an
     * output.
     */
    static ExportCheck ofProgram(ExportRequest request) {
        boolean attention = request.options().attention();
        ExportCheck check = new ExportCheck(request.network(), attention);
        CheckImages images = CheckImages.of(request);
        // attention grows with the square of the patches
        check.batches.add(attention ? images.first() : images);
        if (!request.options().fixedSize()) {
            check.batches.add(CheckImages.oblong(request));
        }
        return check;
    }

    /**
     * Normalised tokens in Java memory.
     *
     * @param classTokens {@code [images, D]}
     * @param patchTokens {@code [images, patches, D]}
     * @param attention of the last block, {@code [images, heads, tokens, tokens]}; null when it is no output
     */
    record Features(float[] classTokens, float[] patchTokens, float[] attention) {}

    /** A model opened again by whatever software reads its format. */
    @FunctionalInterface
    interface Reopened {
        Features features(CheckImages images);
    }

    /** The tokens of a network of ours. */
    static Features features(VisionTransformer network, CheckImages images) {
        return features(network, images, false);
    }

    private static Features features(VisionTransformer network, CheckImages images, boolean attention) {
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            VitOutput output = network.forward(images.tensor());
            return new Features(
                    Tensors.floats(output.classToken()),
                    Tensors.floats(output.patchTokens()),
                    attention ? Tensors.floats(network.attention(images.tensor(), -1)) : null);
        }
    }

    /** @param openedBy the software that reopened the model */
    ExportResult.Check run(String openedBy, Reopened reopened) {
        double difference = 0;
        long values = 0;
        int count = 0;
        boolean real = true;
        for (CheckImages images : batches) {
            Features expected = features(original, images, attention);
            Features found = reopened.features(images);
            difference = Math.max(difference, difference(expected.classTokens(), found.classTokens()));
            difference = Math.max(difference, difference(expected.patchTokens(), found.patchTokens()));
            values += (long) expected.classTokens().length + expected.patchTokens().length;
            if (attention) {
                difference = Math.max(difference, difference(expected.attention(), found.attention()));
                values += expected.attention().length;
            }
            count += images.count();
            real &= images.real();
        }
        return new ExportResult.Check(openedBy, count, real, values, difference, TOLERANCE);
    }

    private static double difference(float[] expected, float[] found) {
        if (found == null || expected.length != found.length) {
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
