package org.dinobench.imaging;

/** A file that cannot be used as an image, with one clear reason. Checked, because sets of files always hold some. */
public final class BrokenImageException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The kind of fault, for counting and for filters. */
    public enum Reason {
        /** The file has no bytes. */
        EMPTY,
        /** The file is missing or may not be read. */
        UNREADABLE,
        /** The first bytes are those of no image format. */
        NOT_AN_IMAGE,
        /** An image, but of a format or kind that is not read, such as GIF. */
        UNSUPPORTED,
        /** The file ends before the image does. */
        TRUNCATED,
        /** The file contradicts itself or its data cannot be decoded. */
        CORRUPT,
        /** The header claims more pixels than the limit; nothing was decoded. */
        TOO_MANY_PIXELS,
        /** The file is larger than the limit; nothing was read. */
        FILE_TOO_LARGE
    }

    private final String name;
    private final Reason reason;

    /**
     * @param name the file
     * @param reason the kind of fault
     * @param detail one phrase without a full stop
     */
    public BrokenImageException(String name, Reason reason, String detail) {
        this(name, reason, detail, null);
    }

    /** As {@link #BrokenImageException(String, Reason, String)}, with the exception that revealed the fault. */
    public BrokenImageException(String name, Reason reason, String detail, Throwable cause) {
        super(name + ": " + detail, cause);
        this.name = name;
        this.reason = reason;
    }

    /** The file, as it was named to the reader. */
    public String name() {
        return name;
    }

    /** The kind of fault. */
    public Reason reason() {
        return reason;
    }
}
