package org.dinobench.evaluation.features;

import org.dinobench.imaging.augment.EvalTransform;
import org.dinobench.model.VitConfig;

/** How images are prepared for a model when nobody says otherwise. */
public final class UsualTransform {
    private static final int OFFICIAL = 224;

    private UsualTransform() {}

    /**
     * DINOv2's evaluation (shorter side 256, centre 224) for models made for 224 pixels or more whose patch divides 224,
     * such as the released ones, whose position embeddings are those of 518; otherwise the whole image squashed to the
     * model's own size, since small images have no border to spare.
     */
    public static EvalTransform of(VitConfig config) {
        return config.imageSize() >= OFFICIAL && OFFICIAL % config.patch() == 0
                ? EvalTransform.DINOV2
                : EvalTransform.squash(config.imageSize());
    }

    /**
     * As above at another size.
     *
     * @param side of the network's input in pixels; 0 for the usual
     */
    public static EvalTransform of(VitConfig config, int side) {
        EvalTransform usual = of(config);
        if (side == 0) {
            return usual;
        }
        return usual.resize() == 0
                ? EvalTransform.squash(side)
                : new EvalTransform(Math.round(side * 8 / 7f), side, usual.normalization());
    }
}
