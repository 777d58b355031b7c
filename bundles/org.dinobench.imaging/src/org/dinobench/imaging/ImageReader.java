package org.dinobench.imaging;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import org.dinobench.imaging.BrokenImageException.Reason;
import org.dinobench.imaging.internal.decode.Decoder;
import org.dinobench.imaging.internal.format.Bytes;
import org.dinobench.imaging.internal.format.FormatParser;

/**
 * Reads images from files that nobody vouches for. The format is told by magic number, size and depth are read from the
 * header by small parsers of our own and held against the limits before anything is decoded, and a file that ends too
 * early is refused instead of being filled up with gray.
 *
 * <p>The result is always upright 8-bit RGB: EXIF orientation is applied, gray is spread over three channels, alpha is
 * laid over white, 16 bits are scaled by a {@link DepthRule}, DICOM files by the window that they name. Colour profiles are not applied. Thread-safe.
 */
public final class ImageReader {
    private static final int HEAD = 1 << 16;

    private final ReadLimits limits;
    private final ReadOptions options;

    /** A reader with default limits and options. */
    public ImageReader() {
        this(ReadLimits.DEFAULT, ReadOptions.DEFAULT);
    }

    /** A reader with its limits and options. */
    public ImageReader(ReadLimits limits, ReadOptions options) {
        this.limits = Objects.requireNonNull(limits, "limits");
        this.options = Objects.requireNonNull(options, "options");
    }

    /**
     * Reads the header only, normally from the first 64 KiB. The pixel limit is not held against it.
     *
     * @throws BrokenImageException when the file is no image of a format that is read, or ends within its header
     */
    @SuppressWarnings("unused") // the type of the exception says all
    public ImageHeader header(Path file) throws BrokenImageException {
        String name = file.toString();
        long size = size(file, name);
        try {
            Bytes head = new Bytes(name, readHead(file, name), size);
            return FormatParser.of(head).header(head);
        } catch (Bytes.ShortException e) {
            Bytes all = whole(file, name);
            return header(FormatParser.of(all), all);
        }
    }

    /**
     * Decodes a file.
     *
     * @throws BrokenImageException with one reason when there is no whole usable image
     */
    public RgbImage read(Path file) throws BrokenImageException {
        String name = file.toString();
        size(file, name);
        return decode(whole(file, name), options.shorterSide());
    }

    /**
     * Decodes an image that is in memory.
     *
     * @param name what to call it in messages
     */
    public RgbImage read(String name, byte[] content) throws BrokenImageException {
        if (content.length == 0) {
            throw empty(name);
        }
        if (content.length > limits.maxFileBytes()) {
            throw tooLarge(name, content.length);
        }
        return decode(new Bytes(name, content, content.length), options.shorterSide());
    }

    /**
     * Decodes a file no larger than needed for a picture whose longer side is {@code side}, and shrinks it to that;
     * smaller images keep their size. Large JPEGs are decoded at a fraction of their size, several times faster.
     *
     * @param side pixels of the longer side, at least 1
     */
    public RgbImage readAtMost(Path file, int side) throws BrokenImageException {
        String name = file.toString();
        size(file, name);
        Bytes bytes = whole(file, name);
        ImageHeader header = accepted(bytes);
        int longer = Math.max(header.width(), header.height());
        RgbImage image = Decoder.decode(bytes, header, options.depth(), reduction(header, longer, side));
        return new Resampler().shrinkLonger(image, side);
    }

    /**
     * Checks that a file can be decoded, by decoding it.
     *
     * @return its header
     * @throws BrokenImageException with one reason when it cannot
     */
    public ImageHeader verify(Path file) throws BrokenImageException {
        String name = file.toString();
        size(file, name);
        Bytes bytes = whole(file, name);
        ImageHeader header = accepted(bytes);
        Decoder.decode(bytes, header, options.depth(), 1);
        return header;
    }

    private RgbImage decode(Bytes bytes, int shorterSide) throws BrokenImageException {
        ImageHeader header = accepted(bytes);
        int shorter = Math.min(header.width(), header.height());
        int reduction = shorterSide > 0 ? reduction(header, shorter, shorterSide) : 1;
        RgbImage image = Decoder.decode(bytes, header, options.depth(), reduction);
        if (shorterSide > 0 && Math.min(image.width(), image.height()) > shorterSide) {
            return new Resampler().resizeShorter(image, shorterSide);
        }
        return image;
    }

    /** The header of a file that is whole and within the limits. */
    private ImageHeader accepted(Bytes bytes) throws BrokenImageException {
        FormatParser parser = FormatParser.of(bytes);
        ImageHeader header = header(parser, bytes);
        if (header.pixels() > limits.maxPixels()) {
            throw bytes.broken(
                    Reason.TOO_MANY_PIXELS,
                    header.width() + " x " + header.height() + " pixels are more than the limit of "
                            + limits.maxPixels());
        }
        try {
            parser.checkComplete(bytes);
        } catch (Bytes.ShortException e) {
            throw new IllegalStateException("All bytes are here", e);
        }
        return header;
    }

    private static ImageHeader header(FormatParser parser, Bytes whole) throws BrokenImageException {
        try {
            return parser.header(whole);
        } catch (Bytes.ShortException e) {
            throw new IllegalStateException("All bytes are here", e);
        }
    }

    /** How far a JPEG can be reduced so that a side of {@code have} pixels stays at least {@code want}. */
    private static int reduction(ImageHeader header, int have, int want) {
        if (header.format() != ImageFormat.JPEG || header.channels() == 4) {
            return 1;
        }
        int reduction = 1;
        while (reduction < 8 && have / (reduction * 2) >= want) {
            reduction *= 2;
        }
        return reduction;
    }

    private long size(Path file, String name) throws BrokenImageException {
        long size;
        try {
            if (!Files.isRegularFile(file)) {
                throw new NoSuchFileException(name);
            }
            size = Files.size(file);
        } catch (IOException e) {
            throw unreadable(name, e);
        }
        if (size == 0) {
            throw empty(name);
        }
        if (size > limits.maxFileBytes()) {
            throw tooLarge(name, size);
        }
        return size;
    }

    private static byte[] readHead(Path file, String name) throws BrokenImageException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(HEAD);
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    private static Bytes whole(Path file, String name) throws BrokenImageException {
        try {
            byte[] content = Files.readAllBytes(file);
            if (content.length == 0) {
                throw empty(name);
            }
            return new Bytes(name, content, content.length);
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    private static BrokenImageException empty(String name) {
        return new BrokenImageException(name, Reason.EMPTY, "the file is empty");
    }

    private BrokenImageException tooLarge(String name, long size) {
        return new BrokenImageException(
                name,
                Reason.FILE_TOO_LARGE,
                "the file of " + size + " bytes is larger than the limit of " + limits.maxFileBytes());
    }

    private static BrokenImageException unreadable(String name, IOException e) {
        String why = e instanceof NoSuchFileException ? "there is no such file" : "the file cannot be read";
        return new BrokenImageException(name, Reason.UNREADABLE, why, e);
    }
}
