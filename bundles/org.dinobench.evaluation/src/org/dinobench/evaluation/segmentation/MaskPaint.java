package org.dinobench.evaluation.segmentation;

import org.dinobench.imaging.RgbImage;

/** Lays class colours over a picture. The first class, usually the background, stays as it is. */
public final class MaskPaint {
    private static final double COVER = 0.55;
    private static final int[] COLOURS = {
        0xe8590c, 0x1c7ed6, 0x2f9e44, 0x9c36b5, 0xf2b705, 0xd6336c, 0x0c8599, 0x868e96, 0xa61e4d, 0x5c940d
    };

    private MaskPaint() {}

    /** @param map of the picture's size */
    public static RgbImage over(RgbImage picture, LabelMap map) {
        if (picture.width() != map.width() || picture.height() != map.height()) {
            throw new IllegalArgumentException("The map differs in size from the picture");
        }
        byte[] rgb = picture.rgb().clone();
        for (int p = 0; p < map.classes().length; p++) {
            int label = map.classes()[p] & 0xff;
            if (label == 0 || label == LabelMap.IGNORED) {
                continue;
            }
            int colour = COLOURS[(label - 1) % COLOURS.length];
            for (int c = 0; c < 3; c++) {
                int tint = colour >> 16 - 8 * c & 0xff;
                rgb[3 * p + c] = (byte) Math.round((rgb[3 * p + c] & 0xff) * (1 - COVER) + tint * COVER);
            }
        }
        return new RgbImage(picture.width(), picture.height(), rgb);
    }
}
