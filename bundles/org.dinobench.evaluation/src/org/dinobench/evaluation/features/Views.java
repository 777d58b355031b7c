package org.dinobench.evaluation.features;

import java.util.function.Function;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** How often an image is looked at for one vector. */
public enum Views {
    /** Once, as it is. */
    ONE(1, ""),
    /**
     * In all eight turns and mirrorings, whose vectors are averaged: for images without an upright position, such as
     * those of lesions or of tissue under a microscope. Takes eight times as long.
     */
    EIGHT(8, ", mean of eight turned and mirrored views");

    private final int count;
    private final String words;

    Views(int count, String words) {
        this.count = count;
        this.words = words;
    }

    /** Number of forward passes an image. */
    public int count() {
        return count;
    }

    /** What a description of features adds for this; empty for one view. */
    public String words() {
        return words;
    }

    /**
     * The mean of what a network says of all views.
     *
     * @param images {@code [B, 3, S, S]}
     * @param look the network, from such images to {@code [B, D]}
     */
    Tensor mean(Tensor images, Function<Tensor, Tensor> look) {
        Tensor sum = look.apply(images);
        for (int view = 1; view < count; view++) {
            Tensor turned = images.rot90(view % 4, 2, 3);
            sum = sum.add(look.apply((view < 4 ? turned : turned.flip(3)).contiguous()));
        }
        return count == 1 ? sum : sum.div(new Scalar((double) count));
    }
}
