package org.dinobench.imaging.loader;

import java.nio.FloatBuffer;
import org.dinobench.imaging.augment.AugmentationSpec;
import org.dinobench.imaging.internal.DirectFloats;

/** The memory of one batch of crops. */
final class CropSlot {
    final FloatBuffer globals;
    final FloatBuffer locals;
    final int[] images;

    CropSlot(AugmentationSpec spec, int batchSize) {
        globals = DirectFloats.allocate(
                (long) batchSize * spec.global().count() * spec.global().floats());
        locals = DirectFloats.allocate(
                (long) batchSize * spec.local().count() * spec.local().floats());
        images = new int[batchSize];
    }
}
