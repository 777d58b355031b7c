package org.dinobench.ui.curator.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dinobench.imaging.BrokenImageException;
import org.dinobench.imaging.ImageReader;
import org.dinobench.imaging.RgbImage;
import org.dinobench.imaging.Thumbnails;
import org.dinobench.ui.common.grid.ThumbnailLoader;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.PaletteData;

/** Reads small originals as they are; of large ones a thumbnail is kept beside the catalog. */
public final class PictureLoader implements ThumbnailLoader {
    /** Longest side of a thumbnail that is kept on disk. */
    private static final int THUMBNAIL_SIDE = 192;

    private final ImageReader reader = new ImageReader();

    @Override
    public ImageData load(Object key, int size) throws IOException {
        PictureKey picture = (PictureKey) key;
        try {
            Path thumbnail = picture.dataset().thumbsFolder().resolve(picture.hash() + ".jpg"); // $NON-NLS-1$
            if (!picture.large() || picture.hash().isEmpty() || size > THUMBNAIL_SIDE) {
                return pixels(reader.readAtMost(picture.file(), size));
            }
            if (Files.isRegularFile(thumbnail)) {
                return pixels(reader.readAtMost(thumbnail, size));
            }
            return pixels(new Thumbnails(reader, THUMBNAIL_SIDE).write(picture.file(), thumbnail));
        } catch (BrokenImageException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static ImageData pixels(RgbImage image) {
        PaletteData palette = new PaletteData(0xFF0000, 0xFF00, 0xFF);
        ImageData data = new ImageData(image.width(), image.height(), 24, palette);
        int row = image.width() * 3;
        if (data.bytesPerLine == row) {
            System.arraycopy(image.rgb(), 0, data.data, 0, image.rgb().length);
        } else {
            for (int y = 0; y < image.height(); y++) {
                System.arraycopy(image.rgb(), y * row, data.data, y * data.bytesPerLine, row);
            }
        }
        return data;
    }
}
