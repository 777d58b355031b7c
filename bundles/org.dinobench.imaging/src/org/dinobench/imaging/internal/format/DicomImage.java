package org.dinobench.imaging.internal.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dinobench.imaging.BrokenImageException;
import org.dinobench.imaging.BrokenImageException.Reason;

/**
 * What a DICOM file (DICOM PS3.10) says of its one image. Little-endian transfer syntaxes are read: uncompressed with
 * implicit or explicit types, RLE and 8-bit baseline JPEG.
 *
 * @param syntax how the pixels are stored
 * @param rows height
 * @param columns width
 * @param samples of a pixel, 1 or 3
 * @param photometric the photometric interpretation, such as {@code MONOCHROME2}
 * @param planar whether the samples of a colour come one after the other
 * @param allocated bits of a sample in the file, 8 or 16
 * @param stored bits of a sample that count
 * @param signed whether samples are two's complement
 * @param slope and {@code intercept}: of the values that the window is about
 * @param window centre and width of what is shown, or null when the file names none
 * @param parts start and end of the pixel data in the file: one part uncompressed, one for each fragment otherwise
 */
public record DicomImage(
        Syntax syntax,
        int rows,
        int columns,
        int samples,
        String photometric,
        boolean planar,
        int allocated,
        int stored,
        boolean signed,
        double slope,
        double intercept,
        double[] window,
        List<long[]> parts) {
    private static final int MOST_ELEMENTS = 100_000;
    private static final int DEEPEST = 16;
    private static final long UNDEFINED = 0xffffffffL;
    private static final int PIXELS = 0x7fe00010;
    private static final int ITEM = 0xfffee000;
    private static final int ITEM_END = 0xfffee00d;
    private static final int SEQUENCE_END = 0xfffee0dd;
    private static final String LONG_TYPES = "OB OW OF OD OL OV SQ UC UR UT UN SV UV";

    /** How pixels are stored. */
    public enum Syntax {
        /** As they are. */
        PLAIN,
        /** Run lengths of bytes (PS3.5 annex G). */
        RLE,
        /** Baseline JPEG. */
        JPEG
    }

    /**
     * Reads the elements up to the pixels.
     *
     * @throws BrokenImageException when it is damaged, or of a kind that is not read
     */
    static DicomImage of(Bytes bytes) throws BrokenImageException, Bytes.ShortException {
        return new Reader(bytes).read();
    }

    /** As {@link #of}, for a file that is all here. */
    public static DicomImage ofWhole(Bytes bytes) throws BrokenImageException {
        try {
            return of(bytes);
        } catch (Bytes.ShortException e) {
            throw new IllegalStateException("All bytes are here", e);
        }
    }

    /** Goes through the elements of one file. */
    private static final class Reader {
        private final Bytes bytes;
        private final Map<Integer, long[]> places = new HashMap<>();
        private final List<long[]> parts = new ArrayList<>();
        private long at = 132;
        private boolean implicit;
        private int elements;

        Reader(Bytes bytes) {
            this.bytes = bytes;
        }

        DicomImage read() throws BrokenImageException, Bytes.ShortException {
            while (at < bytes.size() && bytes.u16le(at) == 2) {
                element(0);
            }
            String uid = text(0x00020010, "");
            Syntax syntax = syntax(uid);
            implicit = uid.equals("1.2.840.10008.1.2");
            while (parts.isEmpty() && at < bytes.size()) {
                element(0);
            }
            if (parts.isEmpty()) {
                throw bytes.broken(Reason.UNSUPPORTED, "this DICOM file holds no pixels");
            }
            return image(syntax);
        }

        private Syntax syntax(String uid) throws BrokenImageException {
            return switch (uid) {
                case "1.2.840.10008.1.2", "1.2.840.10008.1.2.1" -> Syntax.PLAIN;
                case "1.2.840.10008.1.2.5" -> Syntax.RLE;
                case "1.2.840.10008.1.2.4.50" -> Syntax.JPEG;
                default ->
                    throw bytes.broken(
                            Reason.UNSUPPORTED,
                            "DICOM pixels stored as " + (uid.isEmpty() ? "nothing that is named" : uid)
                                    + " are not read; convert it to an uncompressed file");
            };
        }

        /** Reads or passes over one element and what is inside it. */
        private void element(int depth) throws BrokenImageException, Bytes.ShortException {
            if (++elements > MOST_ELEMENTS || depth > DEEPEST) {
                throw bytes.broken(Reason.CORRUPT, "too many DICOM elements inside each other");
            }
            int tag = tag();
            String type = "";
            long length;
            if (implicit || tag >>> 16 == 0xfffe) {
                length = bytes.u32le(at + 4);
                at += 8;
            } else {
                type = "" + (char) bytes.u8(at + 4) + (char) bytes.u8(at + 5);
                boolean wide = LONG_TYPES.contains(type);
                length = wide ? bytes.u32le(at + 8) : bytes.u16le(at + 6);
                at += wide ? 12 : 8;
            }
            if (tag == PIXELS && depth == 0) {
                pixels(length);
            } else if (length == UNDEFINED) {
                // A sequence; of type UN its items are written with implicit types (PS3.5, 6.2.2).
                boolean outer = implicit;
                implicit |= type.equals("UN");
                sequence(depth);
                implicit = outer;
            } else {
                if (depth == 0) {
                    places.put(tag, new long[] {at, length});
                }
                skip(length);
            }
        }

        private int tag() throws BrokenImageException, Bytes.ShortException {
            return bytes.u16le(at) << 16 | bytes.u16le(at + 2);
        }

        private void skip(long length) throws BrokenImageException {
            if (length > bytes.size() - at) {
                throw bytes.truncated();
            }
            at += length;
        }

        private void sequence(int depth) throws BrokenImageException, Bytes.ShortException {
            while (true) {
                int tag = tag();
                long length = bytes.u32le(at + 4);
                at += 8;
                if (tag == SEQUENCE_END) {
                    return;
                }
                if (tag != ITEM) {
                    throw bytes.broken(Reason.CORRUPT, "a DICOM sequence holds something that is no item");
                }
                if (length != UNDEFINED) {
                    skip(length);
                    continue;
                }
                while (tag() != ITEM_END) {
                    element(depth + 1);
                }
                at += 8;
            }
        }

        private void pixels(long length) throws BrokenImageException, Bytes.ShortException {
            if (length != UNDEFINED) {
                parts.add(new long[] {at, at + length});
                return;
            }
            boolean offsets = true;
            for (int tag = tag(); tag == ITEM; tag = tag()) {
                long size = bytes.u32le(at + 4);
                at += 8;
                if (!offsets) {
                    parts.add(new long[] {at, at + size});
                }
                // The first item is a table of the frames' places.
                offsets = false;
                skip(size);
                if (parts.size() > MOST_ELEMENTS || at >= bytes.size()) {
                    break;
                }
            }
            if (parts.isEmpty()) {
                throw bytes.broken(Reason.CORRUPT, "the DICOM pixel data are empty");
            }
        }

        private DicomImage image(Syntax syntax) throws BrokenImageException, Bytes.ShortException {
            int allocated = number(0x00280100, 0);
            int stored = number(0x00280101, allocated);
            int samples = number(0x00280002, 1);
            String photometric = text(0x00280004, "");
            if (decimal(0x00280008, 1) > 1) {
                throw bytes.broken(Reason.UNSUPPORTED, "DICOM files of several frames are not read");
            }
            boolean gray = photometric.startsWith("MONOCHROME") && samples == 1;
            boolean colour = samples == 3
                    && allocated == 8
                    && (syntax == Syntax.JPEG ? photometric.startsWith("YBR_FULL") : photometric.equals("RGB"));
            if (!gray && !colour || allocated != 8 && (allocated != 16 || syntax == Syntax.JPEG)) {
                throw bytes.broken(
                        Reason.UNSUPPORTED,
                        "DICOM pixels of kind " + photometric + " with " + samples + " samples of " + allocated
                                + " bits are not read");
            }
            if (stored < 1 || stored > allocated || number(0x00280102, stored - 1) != stored - 1) {
                throw bytes.broken(Reason.UNSUPPORTED, "DICOM samples that do not fill the lower bits are not read");
            }
            double centre = decimal(0x00281050, Double.NaN);
            double width = decimal(0x00281051, Double.NaN);
            return new DicomImage(
                    syntax,
                    number(0x00280010, 0),
                    number(0x00280011, 0),
                    samples,
                    photometric,
                    number(0x00280006, 0) == 1,
                    allocated,
                    stored,
                    number(0x00280103, 0) == 1,
                    decimal(0x00281053, 1),
                    decimal(0x00281052, 0),
                    Double.isNaN(centre) || !(width >= 1) ? null : new double[] {centre, width},
                    List.copyOf(parts));
        }

        private int number(int tag, int otherwise) throws BrokenImageException, Bytes.ShortException {
            long[] place = places.get(tag);
            return place == null || place[1] < 2 ? otherwise : bytes.u16le(place[0]);
        }

        private String text(int tag, String otherwise) throws BrokenImageException, Bytes.ShortException {
            long[] place = places.get(tag);
            if (place == null || place[1] == 0 || place[1] > 1024) {
                return otherwise;
            }
            bytes.need(place[0], place[1]);
            String text = new String(bytes.array(), (int) place[0], (int) place[1], StandardCharsets.US_ASCII);
            return text.replace('\0', ' ').strip();
        }

        /** The first of several numbers in words. */
        private double decimal(int tag, double otherwise) throws BrokenImageException, Bytes.ShortException {
            String text = text(tag, "");
            int end = text.indexOf('\\');
            String first = (end < 0 ? text : text.substring(0, end)).strip();
            if (!first.matches("[-+]?[0-9.]+([eE][-+]?[0-9]+)?")) {
                return otherwise;
            }
            try {
                return Double.parseDouble(first);
            } catch (NumberFormatException e) {
                return otherwise;
            }
        }
    }
}
