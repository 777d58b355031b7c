package org.dinobench.ui.evaluation.look;

import org.dinobench.evaluation.maps.PatchMap;
import org.dinobench.imaging.RgbImage;

/** What one block of a network sees in one image; kept in memory, so that each question is answered at once. */
public interface ImageLook {
    /** {@return the image at the size at which the network saw it} */
    RgbImage image();

    /** {@return patches from top to bottom} */
    int rows();

    /** {@return patches from left to right} */
    int columns();

    /** {@return number of heads} */
    int heads();

    /**
     * Where a token looks.
     *
     * @param query the token
     * @param head from 0; -1 for the mean of all heads
     * @return attention probabilities over the patches
     */
    PatchMap map(Query query, int head);
}
