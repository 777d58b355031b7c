package org.dinobench.imaging.internal.decode;

import org.dinobench.imaging.BrokenImageException;
import org.dinobench.imaging.BrokenImageException.Reason;
import org.dinobench.imaging.DepthRule;
import org.dinobench.imaging.ImageFormat;
import org.dinobench.imaging.ImageHeader;
import org.dinobench.imaging.RgbImage;
import org.dinobench.imaging.internal.OpenCv;
import org.dinobench.imaging.internal.format.Bytes;
import org.opencv.core.CvException;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/** Decodes checked bytes by OpenCV. Native memory is released before returning. Stateless. */
public final class Decoder {
    private Decoder() {}

    /**
     * @param reduction 1, or 2, 4, 8 to decode a JPEG at that fraction of its size
     * @return the upright image
     */
    public static RgbImage decode(Bytes bytes, ImageHeader header, DepthRule depth, int reduction)
            throws BrokenImageException {
        if (header.format() == ImageFormat.DICOM) {
            return DicomDecoder.decode(bytes, depth);
        }
        return byOpenCv(bytes, bytes.array(), header, depth, reduction);
    }

    /** @param content an image file: {@code bytes} itself, or one that was inside it */
    static RgbImage byOpenCv(Bytes bytes, byte[] content, ImageHeader header, DepthRule depth, int reduction)
            throws BrokenImageException {
        OpenCv.load();
        Mat file = new Mat(1, content.length, CvType.CV_8UC1);
        Mat pixels = null;
        try {
            file.put(0, 0, content);
            pixels = Imgcodecs.imdecode(file, flags(header, reduction));
            if (pixels.empty()) {
                throw bytes.broken(Reason.CORRUPT, "the image data cannot be decoded");
            }
            RgbImage stored = toRgb(bytes, pixels, depth);
            // OpenCV's TIFF reader turns the pixels itself; it leaves the others as they are stored.
            int orientation = header.format() == ImageFormat.TIFF ? 1 : header.orientation();
            checkSize(bytes, header, stored, reduction);
            return Orientation.apply(stored, orientation);
        } catch (CvException e) {
            throw new BrokenImageException(bytes.name(), Reason.CORRUPT, "the image data cannot be decoded", e);
        } finally {
            file.release();
            if (pixels != null) {
                pixels.release();
            }
        }
    }

    private static int flags(ImageHeader header, int reduction) {
        if (reduction > 1) {
            int reduced =
                    switch (reduction) {
                        case 2 -> Imgcodecs.IMREAD_REDUCED_COLOR_2;
                        case 4 -> Imgcodecs.IMREAD_REDUCED_COLOR_4;
                        default -> Imgcodecs.IMREAD_REDUCED_COLOR_8;
                    };
            return reduced | Imgcodecs.IMREAD_IGNORE_ORIENTATION;
        }
        boolean alpha = header.channels() == 2 || header.channels() == 4 && header.format() != ImageFormat.JPEG;
        return alpha
                ? Imgcodecs.IMREAD_UNCHANGED
                : Imgcodecs.IMREAD_COLOR | Imgcodecs.IMREAD_ANYDEPTH | Imgcodecs.IMREAD_IGNORE_ORIENTATION;
    }

    private static RgbImage toRgb(Bytes bytes, Mat pixels, DepthRule depth) throws BrokenImageException {
        int channels = pixels.channels();
        toRgbOrder(pixels, channels);
        int samples = Math.multiplyExact(channels, Math.multiplyExact(pixels.cols(), pixels.rows()));
        byte[] interleaved;
        if (pixels.depth() == CvType.CV_8U) {
            interleaved = new byte[samples];
            pixels.get(0, 0, interleaved);
        } else if (pixels.depth() == CvType.CV_16U) {
            short[] wide = new short[samples];
            pixels.get(0, 0, wide);
            interleaved = DepthScaling.toBytes(wide, channels, depth);
        } else {
            throw bytes.broken(
                    Reason.UNSUPPORTED, "samples of type " + CvType.typeToString(pixels.type()) + " are not read");
        }
        byte[] rgb =
                switch (channels) {
                    case 1 -> spread(interleaved);
                    case 3 -> interleaved;
                    default -> onWhite(interleaved);
                };
        return new RgbImage(pixels.cols(), pixels.rows(), rgb);
    }

    private static void toRgbOrder(Mat pixels, int channels) {
        if (channels == 3) {
            Imgproc.cvtColor(pixels, pixels, Imgproc.COLOR_BGR2RGB);
        } else if (channels == 4) {
            Imgproc.cvtColor(pixels, pixels, Imgproc.COLOR_BGRA2RGBA);
        }
    }

    private static byte[] spread(byte[] gray) {
        byte[] rgb = new byte[3 * gray.length];
        for (int i = 0; i < gray.length; i++) {
            rgb[3 * i] = gray[i];
            rgb[3 * i + 1] = gray[i];
            rgb[3 * i + 2] = gray[i];
        }
        return rgb;
    }

    private static byte[] onWhite(byte[] rgba) {
        byte[] rgb = new byte[rgba.length / 4 * 3];
        for (int from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
            int alpha = rgba[from + 3] & 0xff;
            for (int c = 0; c < 3; c++) {
                rgb[to + c] = (byte) (((rgba[from + c] & 0xff) * alpha + 255 * (255 - alpha) + 127) / 255);
            }
        }
        return rgb;
    }

    private static void checkSize(Bytes bytes, ImageHeader header, RgbImage image, int reduction)
            throws BrokenImageException {
        boolean turned = header.format() == ImageFormat.TIFF && header.orientation() >= 5;
        int wide = turned ? header.height() : header.width();
        int high = turned ? header.width() : header.height();
        if (image.width() != (wide + reduction - 1) / reduction
                || image.height() != (high + reduction - 1) / reduction) {
            throw bytes.broken(
                    Reason.CORRUPT,
                    "the header claims " + wide + " x " + high + " pixels, the data hold " + image.width() + " x "
                            + image.height());
        }
    }
}
