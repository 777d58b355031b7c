package org.dinobench.ui.curator.view;

import java.io.IOException;
import org.dinobench.ui.common.grid.ThumbnailLoader;
import org.dinobench.ui.curator.model.PictureKey;
import org.dinobench.ui.curator.model.PictureLoader;
import org.eclipse.swt.graphics.ImageData;

/** Reads pictures, and pictures of what differs between two of them. */
final class DifferenceLoader implements ThumbnailLoader {
    /** How much stronger differences are drawn than they are. */
    private static final int GAIN = 4;

    private final PictureLoader pictures = new PictureLoader();

    /**
     * What differs between two pictures, laid over each other: black where they are equal.
     *
     * @param picture the picture
     * @param from what it is compared with
     */
    record Key(PictureKey picture, PictureKey from) {}

    @Override
    public ImageData load(Object key, int size) throws IOException {
        if (!(key instanceof Key pair)) {
            return pictures.load(key, size);
        }
        ImageData a = pictures.load(pair.picture(), size);
        ImageData b = pictures.load(pair.from(), size);
        if (b.width != a.width || b.height != a.height) {
            b = b.scaledTo(a.width, a.height);
        }
        for (int y = 0; y < a.height; y++) {
            int here = y * a.bytesPerLine;
            int there = y * b.bytesPerLine;
            for (int x = 0; x < 3 * a.width; x++) {
                int difference = Math.abs((a.data[here + x] & 0xFF) - (b.data[there + x] & 0xFF));
                a.data[here + x] = (byte) Math.min(255, GAIN * difference);
            }
        }
        return a;
    }
}
