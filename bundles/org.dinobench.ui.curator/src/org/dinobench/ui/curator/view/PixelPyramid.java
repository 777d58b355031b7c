package org.dinobench.ui.curator.view;

import java.util.ArrayList;
import java.util.List;
import org.dinobench.imaging.BrokenImageException;
import org.dinobench.imaging.ImageReader;
import org.dinobench.imaging.Resampler;
import org.dinobench.imaging.RgbImage;
import org.dinobench.ui.curator.model.ImageElement;

/**
 * A decoded picture and smaller versions of it, each half as large as the one before: a picture that is zoomed out is
 * drawn from one that is at most twice as fine as the screen.
 *
 * @param levels the picture itself first
 * @param reduced whether the file has more pixels than the first level
 */
record PixelPyramid(List<RgbImage> levels, boolean reduced) {
    private static final long MOST_PIXELS = 60_000_000;
    private static final int REDUCED_SIDE = 7000;
    private static final int SMALLEST = 256;

    /** Copies the list. */
    PixelPyramid {
        levels = List.copyOf(levels);
    }

    /** Decodes an image; not to be called on the UI thread. */
    static PixelPyramid read(ImageElement element) throws BrokenImageException {
        ImageReader reader = new ImageReader();
        boolean huge = (long) element.entry().width() * element.entry().height() > MOST_PIXELS;
        RgbImage image = huge
                ? reader.readAtMost(element.entry().file(), REDUCED_SIDE)
                : reader.read(element.entry().file());
        return of(image, huge);
    }

    static PixelPyramid of(RgbImage image, boolean reduced) {
        List<RgbImage> levels = new ArrayList<>(List.of(image));
        RgbImage last = image;
        while (Math.max(last.width(), last.height()) > SMALLEST) {
            last = new Resampler().shrinkLonger(last, Math.max(last.width(), last.height()) / 2);
            levels.add(last);
        }
        return new PixelPyramid(levels, reduced);
    }

    RgbImage full() {
        return levels.get(0);
    }

    /** The level to draw from when a pixel of the picture is so many pixels of the screen. */
    RgbImage at(double zoom) {
        int level = 0;
        double scale = zoom;
        while (scale <= 0.5 && level < levels.size() - 1) {
            scale *= 2;
            level++;
        }
        return levels.get(level);
    }
}
