package org.dinobench.imaging.internal.format;

import java.util.zip.CRC32;
import org.dinobench.imaging.BrokenImageException;
import org.dinobench.imaging.BrokenImageException.Reason;
import org.dinobench.imaging.ImageFormat;
import org.dinobench.imaging.ImageHeader;

/** PNG: chunks before the data for the header; every chunk and its checksum up to IEND for completeness. */
final class PngParser implements FormatParser {
    private static final int FIRST_CHUNK = 8;

    @Override
    public ImageHeader header(Bytes bytes) throws BrokenImageException, Bytes.ShortException {
        bytes.need(FIRST_CHUNK, 25);
        if (!bytes.has(FIRST_CHUNK + 4, "IHDR") || bytes.u32(FIRST_CHUNK) != 13) {
            throw bytes.broken(Reason.CORRUPT, "PNG without its header chunk");
        }
        long width = bytes.u32(16);
        long height = bytes.u32(20);
        int bits = bytes.u8(24);
        int channels = channels(bytes, bytes.u8(25));
        int orientation = 1;
        long at = FIRST_CHUNK;
        while (true) {
            long length = bytes.u32(at);
            bytes.need(at, 12);
            if (bytes.has(at + 4, "IDAT") || bytes.has(at + 4, "IEND")) {
                return FormatParser.checked(bytes, width, height, ImageFormat.PNG, bits, channels, orientation);
            }
            if (bytes.has(at + 4, "tRNS") && channels == 3) {
                channels = 4;
            }
            if (bytes.has(at + 4, "eXIf")) {
                bytes.need(at + 8, length);
                orientation = TiffDirectory.orientation(bytes, at + 8, at + 8 + length);
            }
            at += 12 + length;
        }
    }

    private static int channels(Bytes bytes, int colourType) throws BrokenImageException {
        return switch (colourType) {
            case 0 -> 1;
            case 2, 3 -> 3;
            case 4 -> 2;
            case 6 -> 4;
            default -> throw bytes.broken(Reason.CORRUPT, "PNG of unknown colour type " + colourType);
        };
    }

    @Override
    public void checkComplete(Bytes bytes) throws BrokenImageException, Bytes.ShortException {
        CRC32 crc = new CRC32();
        boolean data = false;
        long at = FIRST_CHUNK;
        while (true) {
            long length = bytes.u32(at);
            bytes.need(at, 12 + length);
            crc.reset();
            crc.update(bytes.array(), (int) at + 4, (int) length + 4);
            if (crc.getValue() != bytes.u32(at + 8 + length)) {
                throw bytes.broken(Reason.CORRUPT, "PNG chunk at byte " + at + " has a wrong checksum");
            }
            data |= bytes.has(at + 4, "IDAT");
            if (bytes.has(at + 4, "IEND")) {
                if (!data) {
                    throw bytes.broken(Reason.CORRUPT, "PNG without image data");
                }
                return;
            }
            at += 12 + length;
        }
    }
}
