package org.dinobench.ui.evaluation.look;

import org.dinobench.imaging.RgbImage;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.PaletteData;

/** Images of the core as pixels of the toolkit. */
final class Pixels {
    private Pixels() {}

    static ImageData of(RgbImage image) {
        ImageData data = new ImageData(image.width(), image.height(), 24, new PaletteData(0xFF0000, 0xFF00, 0xFF));
        int row = image.width() * 3;
        for (int y = 0; y < image.height(); y++) {
            System.arraycopy(image.rgb(), y * row, data.data, y * data.bytesPerLine, row);
        }
        return data;
    }
}
