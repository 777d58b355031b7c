package org.dinobench.imaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * JPEG thumbnails of images. Images that are smaller than a thumbnail keep their size. Thread-safe.
 */
public final class Thumbnails {
    private static final int QUALITY = 88;

    private final ImageReader reader;
    private final int side;

    /**
     * @param reader how the originals are decoded
     * @param side longest side of a thumbnail in pixels, 8 to 1024
     */
    public Thumbnails(ImageReader reader, int side) {
        if (side < 8 || side > 1024) {
            throw new IllegalArgumentException("A thumbnail's side must be 8 to 1024 pixels, not " + side);
        }
        this.reader = reader;
        this.side = side;
    }

    /** Longest side of a thumbnail in pixels. */
    public int side() {
        return side;
    }

    /** The thumbnail of a file, decoded at a reduced size where the format allows it. */
    public RgbImage of(Path original) throws BrokenImageException {
        return reader.readAtMost(original, side);
    }

    /** The thumbnail of an image that is already decoded. */
    public RgbImage of(RgbImage original) {
        return new Resampler().shrinkLonger(original, side);
    }

    /** The JPEG bytes of a thumbnail. */
    public byte[] jpeg(RgbImage thumbnail) {
        return ImageWriter.jpeg(thumbnail, QUALITY);
    }

    /**
     * Makes a thumbnail and writes it atomically.
     *
     * @param original the image file
     * @param target the JPEG to write; its folder is made when missing
     * @return the thumbnail as it was before encoding
     */
    public RgbImage write(Path original, Path target) throws BrokenImageException, IOException {
        RgbImage thumbnail = of(original);
        Files.createDirectories(target.toAbsolutePath().getParent());
        ImageWriter.writeJpeg(thumbnail, QUALITY, target);
        return thumbnail;
    }

    /** Reads a thumbnail that was written. */
    public RgbImage read(Path thumbnail) throws BrokenImageException {
        return reader.read(thumbnail);
    }
}
