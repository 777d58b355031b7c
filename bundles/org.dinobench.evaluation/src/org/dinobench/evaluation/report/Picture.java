package org.dinobench.evaluation.report;

import java.util.Base64;
import java.util.Objects;

/**
 * An encoded image for a report, with the words around it.
 *
 * @param encoded bytes of a PNG or JPEG file; not copied, so not to be changed
 * @param mime {@code image/png} or {@code image/jpeg}
 * @param caption a line below it; may be empty
 * @param description what it shows, for people who cannot see it; the caption serves when empty
 */
public record Picture(byte[] encoded, String mime, String caption, String description) {
    /** Rejects nulls and other kinds of image. */
    public Picture {
        Objects.requireNonNull(encoded, "encoded");
        Objects.requireNonNull(caption, "caption");
        Objects.requireNonNull(description, "description");
        if (!mime.equals("image/png") && !mime.equals("image/jpeg")) {
            throw new IllegalArgumentException(mime + " is no image type a report can show everywhere");
        }
    }

    /** A PNG whose caption also describes it. */
    public static Picture png(byte[] encoded, String caption) {
        return new Picture(encoded, "image/png", caption, caption);
    }

    /** A JPEG whose caption also describes it. */
    public static Picture jpeg(byte[] encoded, String caption) {
        return new Picture(encoded, "image/jpeg", caption, caption);
    }

    String dataUri() {
        return "data:" + mime + ";base64," + Base64.getEncoder().encodeToString(encoded);
    }
}
