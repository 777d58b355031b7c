package org.dinobench.imaging.internal.format;

import org.dinobench.imaging.BrokenImageException;
import org.dinobench.imaging.BrokenImageException.Reason;
import org.dinobench.imaging.ImageFormat;
import org.dinobench.imaging.ImageHeader;

/** JPEG: marker segments up to the first scan for the header; all scans up to the end marker for completeness. */
final class JpegParser implements FormatParser {
    private static final int START_OF_SCAN = 0xda;
    private static final int END_OF_IMAGE = 0xd9;
    private static final int APP1 = 0xe1;

    @Override
    public ImageHeader header(Bytes bytes) throws BrokenImageException, Bytes.ShortException {
        long at = 2;
        int orientation = 1;
        while (true) {
            at = marker(bytes, at);
            int marker = bytes.u8(at);
            if (marker == END_OF_IMAGE || marker == START_OF_SCAN) {
                throw bytes.broken(Reason.CORRUPT, "JPEG without a frame header before its data");
            }
            if (isStandalone(marker)) {
                at++;
                continue;
            }
            int length = length(bytes, at + 1);
            if (marker == APP1 && bytes.has(at + 3, "Exif\0\0")) {
                orientation = TiffDirectory.orientation(bytes, at + 9, at + 1 + length);
            }
            if (isFrame(marker)) {
                return frame(bytes, at + 3, length, marker, orientation);
            }
            at += 1 + length;
        }
    }

    private static ImageHeader frame(Bytes bytes, long at, int length, int marker, int orientation)
            throws BrokenImageException, Bytes.ShortException {
        if (length < 8) {
            throw bytes.broken(Reason.CORRUPT, "JPEG frame header too short");
        }
        int bits = bytes.u8(at);
        if (bits != 8) {
            throw bytes.broken(Reason.UNSUPPORTED, bits + "-bit JPEG is not read");
        }
        if (marker == 0xc3 || marker > 0xc4 && marker != 0xc9 && marker != 0xca) {
            throw bytes.broken(Reason.UNSUPPORTED, "lossless and hierarchical JPEG are not read");
        }
        int height = bytes.u16(at + 1);
        int width = bytes.u16(at + 3);
        return FormatParser.checked(bytes, width, height, ImageFormat.JPEG, bits, bytes.u8(at + 5), orientation);
    }

    @Override
    public void checkComplete(Bytes bytes) throws BrokenImageException, Bytes.ShortException {
        long at = 2;
        boolean scanned = false;
        while (true) {
            at = marker(bytes, at);
            int marker = bytes.u8(at);
            if (marker == END_OF_IMAGE) {
                if (!scanned) {
                    throw bytes.broken(Reason.CORRUPT, "JPEG without image data");
                }
                return;
            }
            if (isStandalone(marker)) {
                at++;
                continue;
            }
            at += 1 + length(bytes, at + 1);
            if (marker == START_OF_SCAN) {
                scanned = true;
                at = endOfScan(bytes, at);
            }
        }
    }

    /** Place of the 0xff of the next real marker after entropy-coded data. */
    private static long endOfScan(Bytes bytes, long from) throws BrokenImageException {
        byte[] data = bytes.array();
        for (int i = (int) Math.min(from, data.length); i + 1 < data.length; i++) {
            if (data[i] == (byte) 0xff) {
                int next = data[i + 1] & 0xff;
                if (next != 0 && next != 0xff && !(next >= 0xd0 && next <= 0xd7)) {
                    return i;
                }
            }
        }
        throw bytes.truncated();
    }

    /** Place of the code byte of the marker at a place, behind any fill bytes. */
    private static long marker(Bytes bytes, long from) throws BrokenImageException, Bytes.ShortException {
        long at = from;
        if (bytes.u8(at) != 0xff) {
            throw bytes.broken(Reason.CORRUPT, "JPEG marker expected at byte " + at);
        }
        while (bytes.u8(at) == 0xff) {
            at++;
        }
        return at;
    }

    private static int length(Bytes bytes, long at) throws BrokenImageException, Bytes.ShortException {
        int length = bytes.u16(at);
        if (length < 2) {
            throw bytes.broken(Reason.CORRUPT, "JPEG segment of impossible length at byte " + at);
        }
        return length;
    }

    private static boolean isStandalone(int marker) {
        return marker >= 0xd0 && marker <= 0xd8 || marker == 0x01;
    }

    private static boolean isFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }
}
