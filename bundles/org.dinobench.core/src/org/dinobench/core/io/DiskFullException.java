package org.dinobench.core.io;

import java.io.IOException;
import java.nio.file.Path;

/** The disk, or the user's share of it, is full. What was there before is untouched. */
public final class DiskFullException extends IOException {
    private static final long serialVersionUID = 1L;

    private DiskFullException(Path file, IOException cause) {
        super("The disk that holds " + file + " is full; free some space there and try again.", cause);
    }

    /**
     * The same failure, told clearly when it comes from a full disk. Java has no exception type for this, only the
     * operating system's words.
     *
     * @param file what was being written
     */
    public static IOException explain(IOException failure, Path file) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DiskFullException known) {
                return known;
            }
            String words = String.valueOf(cause.getMessage());
            if (words.contains("No space left")
                    || words.contains("Disk quota exceeded")
                    || words.contains("not enough space on the disk")) {
                return new DiskFullException(file, failure);
            }
        }
        return failure;
    }
}
