package org.dinobench.imaging.internal.decode;

import java.io.ByteArrayOutputStream;
import org.dinobench.imaging.BrokenImageException;
import org.dinobench.imaging.BrokenImageException.Reason;
import org.dinobench.imaging.DepthRule;
import org.dinobench.imaging.ImageFormat;
import org.dinobench.imaging.ImageHeader;
import org.dinobench.imaging.RgbImage;
import org.dinobench.imaging.internal.format.Bytes;
import org.dinobench.imaging.internal.format.DicomImage;

/**
 * Decodes the image of a DICOM file as a viewer would show it: rescaled, through the first window that the file names
 * (the linear function of DICOM PS3.3, C.11.2.1.2), {@code MONOCHROME1} inverted. Gray without a window is stretched
 * between percentiles: by the rule of the reader, or {@link DepthRule#MEDICAL} where that is the full range, which
 * medical images hardly ever fill.
 */
final class DicomDecoder {
    private DicomDecoder() {}

    static RgbImage decode(Bytes bytes, DepthRule depth) throws BrokenImageException {
        DicomImage image = DicomImage.ofWhole(bytes);
        if (image.syntax() == DicomImage.Syntax.JPEG) {
            return jpeg(bytes, image, depth);
        }
        byte[] data = image.syntax() == DicomImage.Syntax.RLE ? DicomRle.decode(bytes, image) : plain(bytes, image);
        byte[] rgb = image.samples() == 3 ? colour(data, image) : spread(gray(values(data, image), image, depth));
        return new RgbImage(image.columns(), image.rows(), rgb);
    }

    private static RgbImage jpeg(Bytes bytes, DicomImage image, DepthRule depth) throws BrokenImageException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (long[] part : image.parts()) {
            content.write(bytes.array(), (int) part[0], (int) (part[1] - part[0]));
        }
        ImageHeader header = new ImageHeader(image.columns(), image.rows(), ImageFormat.JPEG, 8, image.samples(), 1);
        RgbImage decoded = Decoder.byOpenCv(bytes, content.toByteArray(), header, depth, 1);
        if (image.samples() == 3) {
            return decoded;
        }
        int[] values = new int[image.rows() * image.columns()];
        for (int i = 0; i < values.length; i++) {
            values[i] = decoded.rgb()[3 * i] & 0xff;
        }
        return new RgbImage(image.columns(), image.rows(), spread(gray(values, image, depth)));
    }

    private static byte[] plain(Bytes bytes, DicomImage image) {
        int start = (int) image.parts().get(0)[0];
        int length = Math.multiplyExact(image.rows() * image.columns(), image.samples() * (image.allocated() / 8));
        return java.util.Arrays.copyOfRange(bytes.array(), start, start + length);
    }

    private static byte[] colour(byte[] data, DicomImage image) {
        // What was run-length coded comes plane by plane.
        if (!image.planar() && image.syntax() == DicomImage.Syntax.PLAIN) {
            return data;
        }
        int pixels = image.rows() * image.columns();
        byte[] rgb = new byte[data.length];
        for (int i = 0; i < pixels; i++) {
            for (int c = 0; c < 3; c++) {
                rgb[3 * i + c] = data[c * pixels + i];
            }
        }
        return rgb;
    }

    /** Gray samples as numbers; bits beyond those stored may hold anything. */
    private static int[] values(byte[] data, DicomImage image) {
        int[] values = new int[image.rows() * image.columns()];
        int unused = 32 - image.stored();
        for (int i = 0; i < values.length; i++) {
            int sample = image.allocated() == 8 ? data[i] & 0xff : data[2 * i] & 0xff | (data[2 * i + 1] & 0xff) << 8;
            values[i] = image.signed() ? sample << unused >> unused : sample << unused >>> unused;
        }
        return values;
    }

    private static byte[] gray(int[] values, DicomImage image, DepthRule depth) {
        byte[] gray;
        if (image.window() != null) {
            gray = windowed(values, image);
        } else if (image.allocated() == 8 && !image.signed()) {
            gray = new byte[values.length];
            for (int i = 0; i < values.length; i++) {
                gray[i] = (byte) values[i];
            }
        } else {
            gray = stretched(values, image, depth.fullRange() ? DepthRule.MEDICAL : depth);
        }
        if (image.photometric().equals("MONOCHROME1")) {
            for (int i = 0; i < gray.length; i++) {
                gray[i] = (byte) (255 - (gray[i] & 0xff));
            }
        }
        return gray;
    }

    private static byte[] windowed(int[] values, DicomImage image) {
        double centre = image.window()[0] - 0.5;
        double width = image.window()[1] - 1;
        byte[] gray = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            double x = values[i] * image.slope() + image.intercept();
            double share = x <= centre - width / 2 ? 0 : x > centre + width / 2 ? 1 : (x - centre) / width + 0.5;
            gray[i] = (byte) (int) (share * 255 + 0.5);
        }
        return gray;
    }

    private static byte[] stretched(int[] values, DicomImage image, DepthRule depth) {
        // Moved so that signed values keep their order; the slope is a positive factor that stretching takes out.
        int offset = image.signed() ? 1 << (image.stored() - 1) : 0;
        short[] samples = new short[values.length];
        for (int i = 0; i < values.length; i++) {
            samples[i] = (short) (values[i] + offset);
        }
        return DepthScaling.toBytes(samples, 1, depth);
    }

    private static byte[] spread(byte[] gray) {
        byte[] rgb = new byte[3 * gray.length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = gray[i / 3];
        }
        return rgb;
    }

    /** Run lengths of bytes, the bytes of a sample in segments of their own, the highest first (PS3.5 annex G). */
    private static final class DicomRle {
        private static final int HEAD = 64;

        static byte[] decode(Bytes bytes, DicomImage image) throws BrokenImageException {
            int width = image.allocated() / 8;
            int segments = image.samples() * width;
            int pixels = image.rows() * image.columns();
            int start = (int) image.parts().get(0)[0];
            int end = (int) image.parts().get(0)[1];
            if (image.parts().size() != 1 || end - start < HEAD || u32(bytes, start) != segments) {
                throw damaged(bytes);
            }
            byte[] out = new byte[Math.multiplyExact(pixels, segments)];
            for (int segment = 0; segment < segments; segment++) {
                long from = start + u32(bytes, start + 4 + 4 * segment);
                long to = segment + 1 < segments ? start + u32(bytes, start + 8 + 4 * segment) : end;
                if (from < start + HEAD || from > to || to > end) {
                    throw damaged(bytes);
                }
                byte[] plane = unpack(bytes, (int) from, (int) to, pixels);
                int sample = segment / width;
                int place = width - 1 - segment % width;
                for (int i = 0; i < pixels; i++) {
                    // Planes of samples one after the other; within a sample the lowest byte first.
                    out[(sample * pixels + i) * width + place] = plane[i];
                }
            }
            return out;
        }

        private static byte[] unpack(Bytes bytes, int from, int to, int size) throws BrokenImageException {
            byte[] out = new byte[size];
            byte[] in = bytes.array();
            int at = from;
            int done = 0;
            while (done < size && at < to) {
                int code = in[at++];
                if (code == -128) {
                    continue;
                }
                int count = code >= 0 ? code + 1 : 1 - code;
                int wanted = Math.min(count, size - done);
                if (at + (code >= 0 ? count : 1) > to) {
                    throw damaged(bytes);
                }
                if (code >= 0) {
                    System.arraycopy(in, at, out, done, wanted);
                    at += count;
                } else {
                    java.util.Arrays.fill(out, done, done + wanted, in[at++]);
                }
                done += wanted;
            }
            if (done < size) {
                throw damaged(bytes);
            }
            return out;
        }

        private static long u32(Bytes bytes, int at) {
            byte[] in = bytes.array();
            return (in[at] & 0xffL)
                    | (in[at + 1] & 0xffL) << 8
                    | (in[at + 2] & 0xffL) << 16
                    | (in[at + 3] & 0xffL) << 24;
        }

        private static BrokenImageException damaged(Bytes bytes) {
            return bytes.broken(Reason.CORRUPT, "the run lengths of the DICOM pixels are damaged");
        }
    }
}
