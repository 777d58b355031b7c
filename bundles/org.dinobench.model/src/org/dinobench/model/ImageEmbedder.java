package org.dinobench.model;

import java.nio.FloatBuffer;

/** Turns images into vectors. */
public interface ImageEmbedder {
    /** Length of a vector. */
    int dimensions();

    /**
     * Embeds one batch; memory used on the way is freed before this returns. Not safe for several threads at once.
     *
     * @param images direct, native byte order, {@code [B, C, H, W]} from its position on, normalised as the model wants
     * @param batch B, at least 1
     * @param height H in pixels
     * @param width W in pixels
     * @return {@code [B * dimensions()]}, row after row
     */
    float[] embed(FloatBuffer images, int batch, int height, int width);
}
