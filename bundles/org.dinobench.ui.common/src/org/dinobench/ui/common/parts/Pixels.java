package org.dinobench.ui.common.parts;

import org.dinobench.imaging.RgbImage;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.PaletteData;

/** Decoded images in the toolkit's form. */
public final class Pixels {
    private static final PaletteData RGB = new PaletteData(0xFF0000, 0xFF00, 0xFF);

    private Pixels() {}

    /**
     * A copy of the pixels.
     *
     * @param image a decoded image
     * @return 24 bits a pixel
     */
    public static ImageData of(RgbImage image) {
        ImageData data = new ImageData(image.width(), image.height(), 24, RGB);
        byte[] rgb = image.rgb();
        for (int y = 0; y < image.height(); y++) {
            System.arraycopy(rgb, 3 * y * image.width(), data.data, y * data.bytesPerLine, 3 * image.width());
        }
        return data;
    }
}
