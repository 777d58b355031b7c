package org.dinobench.imaging.internal.format;

import org.dinobench.imaging.BrokenImageException;
import org.dinobench.imaging.BrokenImageException.Reason;

/** The first directory of a TIFF structure, in a TIFF file or inside an EXIF block. */
final class TiffDirectory {
    private static final int ORIENTATION = 274;
    private static final int MOST_ENTRIES = 4096;
    private static final int SHORT = 3;
    private static final int LONG = 4;

    private final Bytes bytes;
    private final long base;
    private final boolean little;
    private final long entries;
    private final int count;

    /** @param base place of the byte order mark, to which all offsets are relative */
    TiffDirectory(Bytes bytes, long base) throws BrokenImageException, Bytes.ShortException {
        this.bytes = bytes;
        this.base = base;
        bytes.need(base, 8);
        this.little = bytes.has(base, "II");
        if (!little && !bytes.has(base, "MM") || u16(base + 2) != 42) {
            throw bytes.broken(Reason.CORRUPT, "no TIFF header where one should be");
        }
        long at = base + u32(base + 4);
        this.count = u16(at);
        if (count == 0 || count > MOST_ENTRIES) {
            throw bytes.broken(Reason.CORRUPT, "TIFF directory with " + count + " entries");
        }
        this.entries = at + 2;
        bytes.need(entries, 12L * count);
    }

    /**
     * The orientation named by an EXIF block, or 1 when the block is damaged or says nothing: a faulty note about an
     * image does not break the image.
     */
    @SuppressWarnings("unused") // the type of the exception says all
    static int orientation(Bytes bytes, long base, long end) throws Bytes.ShortException {
        try {
            if (bytes.size() >= end) {
                return (int) new TiffDirectory(bytes, base).value(ORIENTATION, 1);
            }
        } catch (BrokenImageException damaged) {
            return 1;
        }
        return 1;
    }

    /** The first value of a tag, or a default when the tag is absent. */
    long value(int tag, long otherwise) throws BrokenImageException, Bytes.ShortException {
        long entry = entry(tag);
        return entry < 0 || u32(entry + 4) == 0 ? otherwise : element(entry, 0);
    }

    /** All values of a tag; empty when it is absent. */
    long[] values(int tag, int most) throws BrokenImageException, Bytes.ShortException {
        long entry = entry(tag);
        if (entry < 0) {
            return new long[0];
        }
        long n = u32(entry + 4);
        if (n > most) {
            throw bytes.broken(Reason.CORRUPT, "TIFF tag " + tag + " with " + n + " values");
        }
        long[] values = new long[(int) n];
        for (int i = 0; i < values.length; i++) {
            values[i] = element(entry, i);
        }
        return values;
    }

    private long entry(int tag) throws BrokenImageException, Bytes.ShortException {
        for (int i = 0; i < count; i++) {
            if (u16(entries + 12L * i) == tag) {
                return entries + 12L * i;
            }
        }
        return -1;
    }

    private long element(long entry, int index) throws BrokenImageException, Bytes.ShortException {
        int type = u16(entry + 2);
        if (type != SHORT && type != LONG) {
            throw bytes.broken(Reason.CORRUPT, "TIFF tag of unexpected type " + type);
        }
        int each = type == SHORT ? 2 : 4;
        boolean inline = u32(entry + 4) * each <= 4;
        long at = (inline ? entry + 8 : base + u32(entry + 8)) + (long) each * index;
        return type == SHORT ? u16(at) : u32(at);
    }

    private int u16(long at) throws BrokenImageException, Bytes.ShortException {
        return little ? bytes.u16le(at) : bytes.u16(at);
    }

    private long u32(long at) throws BrokenImageException, Bytes.ShortException {
        return little ? bytes.u32le(at) : bytes.u32(at);
    }
}
