package org.dinobench.core.catalog;

import java.util.Locale;

/** Whether an image could be read. */
public enum DecodeStatus {
    /** It decodes. */
    OK,
    /** The file is there and cannot be decoded. */
    BROKEN,
    /** The file was there at an earlier import and is gone. */
    MISSING;

    /** The word in the catalog. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
