package org.dinobench.imaging.internal.format;

import org.dinobench.imaging.BrokenImageException;
import org.dinobench.imaging.BrokenImageException.Reason;
import org.dinobench.imaging.ImageFormat;
import org.dinobench.imaging.ImageHeader;

/** WebP: the first chunk for the header (and the EXIF chunk of extended files); the RIFF size for completeness. */
final class WebpParser implements FormatParser {
    private static final int FIRST_CHUNK = 12;
    private static final int HAS_ANIMATION = 0x02;
    private static final int HAS_EXIF = 0x08;
    private static final int HAS_ALPHA = 0x10;

    @Override
    public ImageHeader header(Bytes bytes) throws BrokenImageException, Bytes.ShortException {
        bytes.need(FIRST_CHUNK, 18);
        long body = FIRST_CHUNK + 8;
        if (bytes.has(FIRST_CHUNK, "VP8X")) {
            int flags = bytes.u8(body);
            if ((flags & HAS_ANIMATION) != 0) {
                throw bytes.broken(Reason.UNSUPPORTED, "animated WebP is not read; convert it to PNG or JPEG");
            }
            long width = 1 + (bytes.u32le(body + 4) & 0xffffff);
            long height = 1 + (bytes.u16le(body + 7) | (long) bytes.u8(body + 9) << 16);
            int orientation = (flags & HAS_EXIF) != 0 ? exif(bytes) : 1;
            return webp(bytes, width, height, (flags & HAS_ALPHA) != 0, orientation);
        }
        if (bytes.has(FIRST_CHUNK, "VP8L")) {
            if (bytes.u8(body) != 0x2f) {
                throw bytes.broken(Reason.CORRUPT, "WebP without its lossless signature");
            }
            long packed = bytes.u32le(body + 1);
            return webp(bytes, 1 + (packed & 0x3fff), 1 + (packed >> 14 & 0x3fff), (packed >> 28 & 1) != 0, 1);
        }
        if (bytes.has(FIRST_CHUNK, "VP8 ")) {
            if (!bytes.has(body + 3, "\u009d\u0001\u002a")) {
                throw bytes.broken(Reason.CORRUPT, "WebP without its frame signature");
            }
            return webp(bytes, bytes.u16le(body + 6) & 0x3fff, bytes.u16le(body + 8) & 0x3fff, false, 1);
        }
        throw bytes.broken(Reason.CORRUPT, "WebP whose first chunk is unknown");
    }

    private static ImageHeader webp(Bytes bytes, long width, long height, boolean alpha, int orientation)
            throws BrokenImageException {
        return FormatParser.checked(bytes, width, height, ImageFormat.WEBP, 8, alpha ? 4 : 3, orientation);
    }

    private static int exif(Bytes bytes) throws BrokenImageException, Bytes.ShortException {
        long end = 8 + bytes.u32le(4);
        long at = FIRST_CHUNK;
        while (at + 8 <= end) {
            bytes.need(at, 8);
            long length = bytes.u32le(at + 4);
            if (bytes.has(at, "EXIF")) {
                bytes.need(at + 8, length);
                // Some writers repeat the prefix that the block has in JPEG files.
                long base = bytes.has(at + 8, "Exif\0\0") ? at + 14 : at + 8;
                return TiffDirectory.orientation(bytes, base, at + 8 + length);
            }
            at += 8 + length + (length & 1);
        }
        return 1;
    }

    @Override
    public void checkComplete(Bytes bytes) throws BrokenImageException, Bytes.ShortException {
        if (8 + bytes.u32le(4) > bytes.size()) {
            throw bytes.truncated();
        }
    }
}
