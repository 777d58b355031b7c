package org.dinobench.imaging;

import java.io.IOException;
import java.nio.file.Path;
import org.dinobench.core.io.AtomicFiles;
import org.dinobench.imaging.internal.OpenCv;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.MatOfInt;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/** Encodes images. Stateless, thread-safe. */
public final class ImageWriter {
    private ImageWriter() {}

    /**
     * JPEG bytes.
     *
     * @param quality 1 to 100; 90 is good for thumbnails
     */
    public static byte[] jpeg(RgbImage image, int quality) {
        if (quality < 1 || quality > 100) {
            throw new IllegalArgumentException("Quality must be 1 to 100, not " + quality);
        }
        return encode(image, ".jpg", Imgcodecs.IMWRITE_JPEG_QUALITY, quality);
    }

    /** PNG bytes, 8-bit RGB, lossless. */
    public static byte[] png(RgbImage image) {
        return encode(image, ".png", Imgcodecs.IMWRITE_PNG_COMPRESSION, 6);
    }

    /** Writes a JPEG file atomically; its folder must exist. */
    public static void writeJpeg(RgbImage image, int quality, Path file) throws IOException {
        byte[] bytes = jpeg(image, quality);
        AtomicFiles.write(file, out -> out.write(bytes));
    }

    /** Writes a PNG file atomically; its folder must exist. */
    public static void writePng(RgbImage image, Path file) throws IOException {
        byte[] bytes = png(image);
        AtomicFiles.write(file, out -> out.write(bytes));
    }

    private static byte[] encode(RgbImage image, String extension, int key, int value) {
        OpenCv.load();
        Mat pixels = new Mat(image.height(), image.width(), CvType.CV_8UC3);
        MatOfByte bytes = new MatOfByte();
        MatOfInt parameters = new MatOfInt(key, value);
        try {
            pixels.put(0, 0, image.rgb());
            Imgproc.cvtColor(pixels, pixels, Imgproc.COLOR_RGB2BGR);
            if (!Imgcodecs.imencode(extension, pixels, bytes, parameters)) {
                throw new IllegalStateException("An image of " + image.width() + " x " + image.height()
                        + " could not be encoded as " + extension);
            }
            return bytes.toArray();
        } finally {
            pixels.release();
            bytes.release();
            parameters.release();
        }
    }
}
