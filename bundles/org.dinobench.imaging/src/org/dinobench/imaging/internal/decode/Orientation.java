package org.dinobench.imaging.internal.decode;

import org.dinobench.imaging.RgbImage;

/** Turns stored pixels into the picture that an EXIF orientation means. */
public final class Orientation {
    private Orientation() {}

    /**
     * @param orientation 1 upright; 2 mirrored; 3 half turn; 4 flipped top to bottom; 5 transposed; 6 to be turned a
     *     quarter clockwise; 7 transposed about the other diagonal; 8 to be turned a quarter counter-clockwise
     * @return the image itself for 1, a copy otherwise
     */
    public static RgbImage apply(RgbImage image, int orientation) {
        int w = image.width();
        int h = image.height();
        // For the shown pixel (x, y) the stored one lies at start + x * dx + y * dy.
        return switch (orientation) {
            case 2 -> copy(image, w, h, w - 1, -1, w);
            case 3 -> copy(image, w, h, w * h - 1, -1, -w);
            case 4 -> copy(image, w, h, w * (h - 1), 1, -w);
            case 5 -> copy(image, h, w, 0, w, 1);
            case 6 -> copy(image, h, w, w * (h - 1), -w, 1);
            case 7 -> copy(image, h, w, w * h - 1, -w, -1);
            case 8 -> copy(image, h, w, w - 1, w, -1);
            default -> image;
        };
    }

    private static RgbImage copy(RgbImage image, int outW, int outH, int start, int dx, int dy) {
        byte[] from = image.rgb();
        byte[] to = new byte[from.length];
        int at = 0;
        for (int y = 0; y < outH; y++) {
            int pixel = 3 * (start + y * dy);
            for (int x = 0; x < outW; x++) {
                to[at] = from[pixel];
                to[at + 1] = from[pixel + 1];
                to[at + 2] = from[pixel + 2];
                at += 3;
                pixel += 3 * dx;
            }
        }
        return new RgbImage(outW, outH, to);
    }
}
