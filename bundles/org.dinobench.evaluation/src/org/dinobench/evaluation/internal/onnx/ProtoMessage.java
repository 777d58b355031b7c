package org.dinobench.evaluation.internal.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One message of the protocol-buffers wire format, growing field by field: a varint tag (number and kind), then a varint,
 * four bytes, or a length and that many bytes.
 */
final class ProtoMessage {
    private static final int VARINT = 0;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FOUR_BYTES = 5;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    ProtoMessage integer(int field, long value) {
        varint(field << 3 | VARINT);
        varint(value);
        return this;
    }

    /** Repeated integers, packed. */
    ProtoMessage integers(int field, List<Long> values) {
        ProtoMessage packed = new ProtoMessage();
        values.forEach(packed::varint);
        return bytes(field, packed.toBytes());
    }

    ProtoMessage real(int field, float value) {
        varint(field << 3 | FOUR_BYTES);
        out.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(value)
                .array());
        return this;
    }

    ProtoMessage text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    ProtoMessage message(int field, ProtoMessage value) {
        return bytes(field, value.toBytes());
    }

    ProtoMessage bytes(int field, byte[] value) {
        lengthOf(field, value.length);
        out.writeBytes(value);
        return this;
    }

    /** The tag and length of a field whose bytes the caller writes next, elsewhere. */
    ProtoMessage lengthOf(int field, long length) {
        varint((long) field << 3 | LENGTH_DELIMITED);
        varint(length);
        return this;
    }

    /** Fields of another message, one after the other. */
    ProtoMessage append(ProtoMessage other) {
        out.writeBytes(other.toBytes());
        return this;
    }

    int length() {
        return out.size();
    }

    byte[] toBytes() {
        return out.toByteArray();
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
