package org.dinobench.imaging.internal.format;

import org.dinobench.imaging.BrokenImageException;
import org.dinobench.imaging.BrokenImageException.Reason;
import org.dinobench.imaging.ImageFormat;
import org.dinobench.imaging.ImageHeader;

/** Reads the structure of one file format without decoding pixels. Stateless. */
public interface FormatParser {
    /** Size, depth and orientation. */
    ImageHeader header(Bytes bytes) throws BrokenImageException, Bytes.ShortException;

    /**
     * Checks that nothing is cut off, on the bytes of the whole file.
     *
     * @throws BrokenImageException when the file ends too early or contradicts itself
     */
    void checkComplete(Bytes bytes) throws BrokenImageException, Bytes.ShortException;

    /**
     * The parser for a file, by its first bytes.
     *
     * @throws BrokenImageException when the file is of no format that is read
     */
    static FormatParser of(Bytes bytes) throws BrokenImageException {
        // First: what stands before the mark is free, and some files have the head of a TIFF there.
        if (bytes.has(128, "DICM")) {
            return new DicomParser();
        }
        if (bytes.has(0, "\u00ff\u00d8\u00ff")) {
            return new JpegParser();
        }
        if (bytes.has(0, "\u0089PNG\r\n\u001a\n")) {
            return new PngParser();
        }
        if (bytes.has(0, "RIFF") && bytes.has(8, "WEBP")) {
            return new WebpParser();
        }
        if (bytes.has(0, "II*\0") || bytes.has(0, "MM\0*")) {
            return new TiffParser();
        }
        if (bytes.has(0, "BM")) {
            return new BmpParser();
        }
        String known = known(bytes);
        throw known == null
                ? bytes.broken(Reason.NOT_AN_IMAGE, "the content is not an image of a known format")
                : bytes.broken(Reason.UNSUPPORTED, known + " files are not read; convert it to PNG or JPEG");
    }

    private static String known(Bytes bytes) {
        if (bytes.has(0, "GIF8")) {
            return "GIF";
        }
        if (bytes.has(0, "II+\0") || bytes.has(0, "MM\0+")) {
            return "BigTIFF";
        }
        if (bytes.has(4, "ftyp")) {
            return "HEIF and AVIF";
        }
        if (bytes.has(0, "\0\0\0\fjP  ") || bytes.has(0, "\u00ff\u004f\u00ff\u0051")) {
            return "JPEG 2000";
        }
        return bytes.has(0, "8BPS") ? "Photoshop" : null;
    }

    /** A header after a check that its numbers are possible. */
    static ImageHeader checked(
            Bytes bytes, long width, long height, ImageFormat format, int bits, int channels, int orientation)
            throws BrokenImageException {
        if (width < 1 || height < 1 || width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
            throw bytes.broken(Reason.CORRUPT, "the header claims " + width + " x " + height + " pixels");
        }
        int turned = orientation >= 1 && orientation <= 8 ? orientation : 1;
        return new ImageHeader((int) width, (int) height, format, bits, channels, turned);
    }
}
