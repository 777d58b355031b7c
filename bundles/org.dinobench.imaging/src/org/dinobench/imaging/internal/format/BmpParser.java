package org.dinobench.imaging.internal.format;

import org.dinobench.imaging.BrokenImageException;
import org.dinobench.imaging.BrokenImageException.Reason;
import org.dinobench.imaging.ImageFormat;
import org.dinobench.imaging.ImageHeader;

/** Windows bitmap: the fixed header; uncompressed pixels must lie in the file. */
final class BmpParser implements FormatParser {
    private static final int OLD_HEADER = 12;
    private static final int BIT_FIELDS = 3;

    @Override
    public ImageHeader header(Bytes bytes) throws BrokenImageException, Bytes.ShortException {
        bytes.need(0, 34);
        long headerSize = bytes.u32le(14);
        if (headerSize != OLD_HEADER && headerSize < 40 || headerSize > 200) {
            throw bytes.broken(Reason.NOT_AN_IMAGE, "the content is not an image of a known format");
        }
        int perPixel = perPixel(bytes);
        if (perPixel != 1 && perPixel != 4 && perPixel != 8 && perPixel != 16 && perPixel != 24 && perPixel != 32) {
            throw bytes.broken(Reason.CORRUPT, "BMP with " + perPixel + " bits a pixel");
        }
        if (headerSize != OLD_HEADER && bytes.u32le(30) > BIT_FIELDS) {
            throw bytes.broken(Reason.UNSUPPORTED, "BMP of compression " + bytes.u32le(30) + " is not read");
        }
        return FormatParser.checked(bytes, width(bytes), height(bytes), ImageFormat.BMP, 8, 3, 1);
    }

    @Override
    public void checkComplete(Bytes bytes) throws BrokenImageException, Bytes.ShortException {
        long compression = bytes.u32le(14) == OLD_HEADER ? 0 : bytes.u32le(30);
        if (compression == 0 || compression == BIT_FIELDS) {
            long line = (width(bytes) * perPixel(bytes) + 31) / 32 * 4;
            bytes.need(bytes.u32le(10), Math.multiplyExact(line, height(bytes)));
        } else if (bytes.u32le(2) > bytes.size()) {
            throw bytes.truncated();
        }
    }

    private static long width(Bytes bytes) throws BrokenImageException, Bytes.ShortException {
        return bytes.u32le(14) == OLD_HEADER ? bytes.u16le(18) : (int) bytes.u32le(18);
    }

    private static long height(Bytes bytes) throws BrokenImageException, Bytes.ShortException {
        // A negative height says that rows come from the top.
        return bytes.u32le(14) == OLD_HEADER ? bytes.u16le(20) : Math.abs((long) (int) bytes.u32le(22));
    }

    private static int perPixel(Bytes bytes) throws BrokenImageException, Bytes.ShortException {
        return bytes.u32le(14) == OLD_HEADER ? bytes.u16le(24) : bytes.u16le(28);
    }
}
