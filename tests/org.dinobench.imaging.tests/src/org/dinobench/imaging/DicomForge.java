package org.dinobench.imaging;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Builds DICOM files element by element. */
final class DicomForge {
    static final String IMPLICIT = "1.2.840.10008.1.2";
    static final String EXPLICIT = "1.2.840.10008.1.2.1";
    static final String RLE = "1.2.840.10008.1.2.5";
    static final String JPEG = "1.2.840.10008.1.2.4.50";

    private final String syntax;
    private final Map<Integer, Object[]> elements = new TreeMap<>(Integer::compareUnsigned);

    DicomForge(String syntax, int width, int height, int bits, String photometric) {
        this.syntax = syntax;
        number(0x00280002, photometric.startsWith("MONO") ? 1 : 3);
        text(0x00280004, "CS", photometric);
        number(0x00280010, height);
        number(0x00280011, width);
        number(0x00280100, bits > 8 ? 16 : 8);
        number(0x00280101, bits);
        number(0x00280102, bits - 1);
        number(0x00280103, 0);
    }

    DicomForge number(int tag, int value) {
        elements.put(tag, new Object[] {"US", new byte[] {(byte) value, (byte) (value >> 8)}});
        return this;
    }

    DicomForge text(int tag, String type, String value) {
        String even = value.length() % 2 == 0 ? value : value + " ";
        elements.put(tag, new Object[] {type, even.getBytes(StandardCharsets.US_ASCII)});
        return this;
    }

    DicomForge window(String centre, String width) {
        return text(0x00281050, "DS", centre).text(0x00281051, "DS", width);
    }

    /** A sequence of undefined length with an item of undefined length that has an element of pixels inside. */
    DicomForge sequence(int tag) {
        elements.put(tag, new Object[] {"SQ", null});
        return this;
    }

    byte[] plain(byte[] pixels) {
        ByteArrayOutputStream out = head();
        element(out, 0x7fe00010, "OW", pixels);
        return out.toByteArray();
    }

    /** In fragments after an empty table of offsets. */
    byte[] encapsulated(byte[]... fragments) {
        ByteArrayOutputStream out = head();
        bytes(out, ByteBuffer.allocate(12), 0xe0, 0x7f, 0x10, 0x00, 'O', 'B', 0, 0, 0xff, 0xff, 0xff, 0xff);
        item(out, 0xe000, new byte[0]);
        for (byte[] fragment : fragments) {
            item(out, 0xe000, fragment);
        }
        item(out, 0xe0dd, new byte[0]);
        return out.toByteArray();
    }

    private ByteArrayOutputStream head() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[128]);
        out.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
        String even = syntax.length() % 2 == 0 ? syntax : syntax + "\0";
        explicit(out, 0x00020010, "UI", even.getBytes(StandardCharsets.US_ASCII));
        elements.forEach((tag, element) -> {
            if (element[1] == null) {
                open(out, tag);
            } else {
                element(out, tag, (String) element[0], (byte[]) element[1]);
            }
        });
        return out;
    }

    private void open(ByteArrayOutputStream out, int tag) {
        ByteBuffer start = le(12).putShort((short) (tag >>> 16)).putShort((short) tag);
        if (!syntax.equals(IMPLICIT)) {
            start.put((byte) 'S').put((byte) 'Q').putShort((short) 0);
        }
        start.putInt(-1);
        out.write(start.array(), 0, start.position());
        out.writeBytes(le(8).putShort((short) 0xfffe)
                .putShort((short) 0xe000)
                .putInt(-1)
                .array());
        element(out, 0x7fe00010, "OW", new byte[] {1, 2, 3, 4});
        item(out, 0xe00d, new byte[0]);
        item(out, 0xe0dd, new byte[0]);
    }

    private void element(ByteArrayOutputStream out, int tag, String type, byte[] value) {
        if (syntax.equals(IMPLICIT)) {
            out.writeBytes(le(8).putShort((short) (tag >>> 16))
                    .putShort((short) tag)
                    .putInt(value.length)
                    .array());
            out.writeBytes(value);
        } else {
            explicit(out, tag, type, value);
        }
    }

    private static void explicit(ByteArrayOutputStream out, int tag, String type, byte[] value) {
        boolean wide = type.startsWith("O");
        ByteBuffer start = le(wide ? 12 : 8).putShort((short) (tag >>> 16)).putShort((short) tag);
        start.put(type.getBytes(StandardCharsets.US_ASCII));
        if (wide) {
            start.putShort((short) 0).putInt(value.length);
        } else {
            start.putShort((short) value.length);
        }
        out.writeBytes(start.array());
        out.writeBytes(value);
    }

    private static void item(ByteArrayOutputStream out, int element, byte[] value) {
        out.writeBytes(le(8).putShort((short) 0xfffe)
                .putShort((short) element)
                .putInt(value.length)
                .array());
        out.writeBytes(value);
    }

    private static void bytes(ByteArrayOutputStream out, ByteBuffer buffer, int... values) {
        for (int value : values) {
            buffer.put((byte) value);
        }
        out.writeBytes(buffer.array());
    }

    private static ByteBuffer le(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Samples as 16-bit little-endian bytes. */
    static byte[] words(int... samples) {
        ByteBuffer words = le(2 * samples.length);
        for (int sample : samples) {
            words.putShort((short) sample);
        }
        return words.array();
    }

    /** Run lengths of planes of bytes, each plane as one literal run or a repeat. */
    static byte[] runs(byte[]... planes) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        ByteBuffer head = le(64).putInt(planes.length);
        for (byte[] plane : planes) {
            head.putInt(64 + body.size());
            for (int i = 0; i < plane.length; ) {
                int same = 1;
                while (i + same < plane.length && same < 128 && plane[i + same] == plane[i]) {
                    same++;
                }
                body.write(same > 1 ? 1 - same : 0);
                body.write(plane[i]);
                i += same;
            }
            if (body.size() % 2 != 0) {
                body.write(-128);
            }
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.array());
        all.writeBytes(body.toByteArray());
        return all.toByteArray();
    }
}
