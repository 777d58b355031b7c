package org.dinobench.imaging;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.dinobench.imaging.internal.OpenCv;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.imgcodecs.Imgcodecs;

/** Makes image files byte by byte, the odd ones included. */
final class FileForge {
    private FileForge() {}

    /** A PNG of any kind; {@code lines} are its unfiltered scan lines. */
    static byte[] png(int width, int height, int bits, int colourType, byte[] lines, byte[]... extraChunks) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        ByteBuffer header = ByteBuffer.allocate(13);
        header.putInt(width).putInt(height).put((byte) bits).put((byte) colourType);
        out.writeBytes(chunk("IHDR", header.array()));
        for (byte[] extra : extraChunks) {
            out.writeBytes(extra);
        }
        out.writeBytes(chunk("IDAT", deflate(filtered(lines, height))));
        out.writeBytes(chunk("IEND", new byte[0]));
        return out.toByteArray();
    }

    static byte[] chunk(String type, byte[] data) {
        ByteBuffer out = ByteBuffer.allocate(12 + data.length);
        out.putInt(data.length).put(type.getBytes(StandardCharsets.US_ASCII)).put(data);
        CRC32 crc = new CRC32();
        crc.update(out.array(), 4, 4 + data.length);
        return out.putInt((int) crc.getValue()).array();
    }

    private static byte[] filtered(byte[] lines, int height) {
        int line = height == 0 ? 0 : lines.length / height;
        byte[] out = new byte[lines.length + height];
        for (int y = 0; y < height && line > 0; y++) {
            System.arraycopy(lines, y * line, out, y * (line + 1) + 1, line);
        }
        return out;
    }

    private static byte[] deflate(byte[] data) {
        Deflater deflater = new Deflater();
        try {
            deflater.setInput(data);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] part = new byte[8192];
            while (!deflater.finished()) {
                out.write(part, 0, deflater.deflate(part));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    /** An EXIF block that holds nothing but the orientation. */
    static byte[] exif(int orientation, ByteOrder order) {
        ByteBuffer out = ByteBuffer.allocate(26).order(order);
        byte mark = (byte) (order == ByteOrder.LITTLE_ENDIAN ? 'I' : 'M');
        out.put(mark).put(mark).putShort((short) 42).putInt(8).putShort((short) 1);
        out.putShort((short) 274)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0);
        return out.putInt(0).array();
    }

    /** The JPEG with an EXIF block put in after its first marker. */
    static byte[] withExif(byte[] jpeg, byte[] exif) {
        ByteBuffer out = ByteBuffer.allocate(jpeg.length + exif.length + 10);
        out.put(jpeg, 0, 2).putShort((short) 0xffe1).putShort((short) (exif.length + 8));
        out.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII)).put(exif).put(jpeg, 2, jpeg.length - 2);
        return out.array();
    }

    /** An uncompressed RGB TIFF with an orientation. */
    static byte[] tiff(RgbImage image, int orientation) {
        int entries = 10;
        int bits = 8 + 2 + 12 * entries + 4;
        int pixels = bits + 6;
        ByteBuffer out = ByteBuffer.allocate(pixels + image.rgb().length).order(ByteOrder.LITTLE_ENDIAN);
        out.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8).putShort((short) entries);
        tag(out, 256, 4, 1, image.width());
        tag(out, 257, 4, 1, image.height());
        tag(out, 258, 3, 3, bits);
        tag(out, 259, 3, 1, 1);
        tag(out, 262, 3, 1, 2);
        tag(out, 273, 4, 1, pixels);
        tag(out, 274, 3, 1, orientation);
        tag(out, 277, 3, 1, 3);
        tag(out, 278, 4, 1, image.height());
        tag(out, 279, 4, 1, image.rgb().length);
        out.putInt(0).putShort((short) 8).putShort((short) 8).putShort((short) 8);
        return out.put(image.rgb()).array();
    }

    private static void tag(ByteBuffer out, int tag, int type, int count, int value) {
        out.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
    }

    /** An image encoded by OpenCV, by file extension. */
    static byte[] encoded(RgbImage image, String extension) {
        OpenCv.load();
        Mat pixels = new Mat(image.height(), image.width(), CvType.CV_8UC3);
        byte[] bgr = image.rgb().clone();
        for (int i = 0; i < bgr.length; i += 3) {
            byte red = bgr[i];
            bgr[i] = bgr[i + 2];
            bgr[i + 2] = red;
        }
        pixels.put(0, 0, bgr);
        return encoded(pixels, extension);
    }

    static byte[] encoded(Mat pixels, String extension) {
        MatOfByte bytes = new MatOfByte();
        if (!Imgcodecs.imencode(extension, pixels, bytes)) {
            throw new AssertionError("Not encoded: " + extension);
        }
        return bytes.toArray();
    }
}
