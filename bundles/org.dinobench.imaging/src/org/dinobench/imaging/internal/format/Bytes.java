package org.dinobench.imaging.internal.format;

import org.dinobench.imaging.BrokenImageException;
import org.dinobench.imaging.BrokenImageException.Reason;

/**
 * The bytes of a file, or its first part, with bounds-checked reads. Reading behind the end throws
 * {@link ShortException} when only a part is here, and says that the file is truncated when this is all.
 */
public final class Bytes {
    /** More of the file is needed than is here. */
    public static final class ShortException extends Exception {
        private static final long serialVersionUID = 1L;

        ShortException() {
            super("More of the file is needed", null, false, false);
        }
    }

    private final String name;
    private final byte[] data;
    private final long fileSize;

    /**
     * @param name the file, for messages
     * @param data its first bytes
     * @param fileSize its size; equal to the length of the data when that is all
     */
    public Bytes(String name, byte[] data, long fileSize) {
        this.name = name;
        this.data = data;
        this.fileSize = fileSize;
    }

    /** The file, as it was named to the reader. */
    public String name() {
        return name;
    }

    /** Size of the whole file. */
    public long size() {
        return fileSize;
    }

    /** The array itself. */
    public byte[] array() {
        return data;
    }

    /** One unsigned byte. */
    public int u8(long at) throws BrokenImageException, ShortException {
        need(at, 1);
        return data[(int) at] & 0xff;
    }

    /** Unsigned 16 bits, most significant first. */
    public int u16(long at) throws BrokenImageException, ShortException {
        need(at, 2);
        return (u8(at) << 8) | u8(at + 1);
    }

    /** Unsigned 32 bits, most significant first. */
    public long u32(long at) throws BrokenImageException, ShortException {
        need(at, 4);
        return ((long) u16(at) << 16) | u16(at + 2);
    }

    /** Unsigned 16 bits, least significant first. */
    public int u16le(long at) throws BrokenImageException, ShortException {
        return Integer.reverseBytes(u16(at)) >>> 16;
    }

    /** Unsigned 32 bits, least significant first. */
    public long u32le(long at) throws BrokenImageException, ShortException {
        return Integer.reverseBytes((int) u32(at)) & 0xffffffffL;
    }

    /** Whether ASCII text stands at a place; false behind the end. */
    public boolean has(long at, String text) {
        if (at < 0 || at + text.length() > data.length) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if ((data[(int) at + i] & 0xff) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Checks that a range lies in the file. */
    public void need(long at, long count) throws BrokenImageException, ShortException {
        if (at >= 0 && count >= 0 && at <= data.length - count) {
            return;
        }
        if (at >= 0 && count >= 0 && data.length < fileSize && at <= fileSize - count) {
            throw new ShortException();
        }
        throw truncated();
    }

    /** The fault that the file ends too early. */
    public BrokenImageException truncated() {
        return broken(Reason.TRUNCATED, "the file ends before the image does (truncated at " + fileSize + " bytes)");
    }

    /** A fault of this file. */
    public BrokenImageException broken(Reason reason, String detail) {
        return new BrokenImageException(name, reason, detail);
    }
}
