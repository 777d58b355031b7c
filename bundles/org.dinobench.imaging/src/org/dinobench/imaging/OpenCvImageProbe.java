package org.dinobench.imaging;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.dinobench.core.catalog.ImageProbe;

/**
 * Tells the catalog what an image file is: from its header and, on wish, after a check that it decodes to its end.
 * Thread-safe.
 */
public final class OpenCvImageProbe implements ImageProbe {
    private final ImageReader reader;
    private final boolean decode;

    /** A probe with default limits that decodes every file. */
    public OpenCvImageProbe() {
        this(new ImageReader(), true);
    }

    /**
     * @param reader how files are read, with its limits
     * @param decode true decodes every pixel; false trusts the header, which is many times faster
     */
    public OpenCvImageProbe(ImageReader reader, boolean decode) {
        this.reader = Objects.requireNonNull(reader, "reader");
        this.decode = decode;
    }

    @Override
    public Result probe(Path file) {
        try {
            ImageHeader header = decode ? reader.verify(file) : reader.header(file);
            return Result.ok(
                    header.width(),
                    header.height(),
                    header.format().name().toLowerCase(Locale.ROOT),
                    header.orientation());
        } catch (BrokenImageException e) {
            return Result.broken(e.getMessage());
        }
    }
}
