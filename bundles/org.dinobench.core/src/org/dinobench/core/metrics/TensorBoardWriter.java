package org.dinobench.core.metrics;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.dinobench.core.run.HostName;

/**
 * Writes scalars as a TensorBoard event file. The format: records of a little-endian 64-bit length, the masked CRC-32C
 * of the length, the bytes of a protocol-buffer {@code Event}, and their masked CRC-32C. Each row is written at once;
 * a resumed run opens a further file, which TensorBoard joins by step. Not thread-safe.
 */
public final class TensorBoardWriter implements AutoCloseable {
    private static final int MASK_DELTA = 0xa282ead8;

    private final OutputStream out;

    private TensorBoardWriter(OutputStream out) {
        this.out = out;
    }

    /** Starts a new event file in the run's folder, which must exist. */
    public static TensorBoardWriter create(Path folder) throws IOException {
        long millis = System.currentTimeMillis();
        Path file = folder.resolve("events.out.tfevents." + millis / 1000 + "." + HostName.get() + "."
                + ProcessHandle.current().pid() + "." + millis % 1000);
        TensorBoardWriter writer = new TensorBoardWriter(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW));
        Message version = new Message().fixed64(1, Double.doubleToLongBits(millis / 1000.0));
        writer.record(version.bytes(3, "brain.Event:2".getBytes(StandardCharsets.UTF_8))
                .toByteArray());
        return writer;
    }

    /** Appends all values of a row under their names as tags. */
    public void write(MetricsRow row) throws IOException {
        Message summary = new Message();
        row.values()
                .forEach((tag, value) -> summary.bytes(
                        1,
                        new Message()
                                .bytes(1, tag.getBytes(StandardCharsets.UTF_8))
                                .fixed32(2, Float.floatToIntBits(value.floatValue()))
                                .toByteArray()));
        record(new Message()
                .fixed64(1, Double.doubleToLongBits(row.time()))
                .varint(2, row.step())
                .bytes(5, summary.toByteArray())
                .toByteArray());
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private void record(byte[] data) throws IOException {
        byte[] length = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(data.length)
                .array();
        out.write(ByteBuffer.allocate(16 + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(length)
                .putInt(maskedCrc(length))
                .put(data)
                .putInt(maskedCrc(data))
                .array());
    }

    /** The rotation and constant keep checksums of data that hold checksums from being weak. */
    static int maskedCrc(byte[] data) {
        CRC32C crc = new CRC32C();
        crc.update(data, 0, data.length);
        int value = (int) crc.getValue();
        return Integer.rotateRight(value, 15) + MASK_DELTA;
    }

    /** A protocol-buffer message under construction: fields in the order of the calls. */
    private static final class Message {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Message varint(int field, long value) {
            tag(field, 0);
            raw(value);
            return this;
        }

        Message fixed64(int field, long bits) {
            tag(field, 1);
            return little(bits, 8);
        }

        Message fixed32(int field, int bits) {
            tag(field, 5);
            return little(bits, 4);
        }

        Message bytes(int field, byte[] bytes) {
            tag(field, 2);
            raw(bytes.length);
            out.writeBytes(bytes);
            return this;
        }

        byte[] toByteArray() {
            return out.toByteArray();
        }

        private void tag(int field, int wireType) {
            raw((long) field << 3 | wireType);
        }

        private Message little(long bits, int count) {
            for (int i = 0; i < count; i++) {
                out.write((int) (bits >>> 8 * i));
            }
            return this;
        }

        private void raw(long value) {
            long rest = value;
            while ((rest & ~0x7fL) != 0) {
                out.write((int) (rest & 0x7f | 0x80));
                rest >>>= 7;
            }
            out.write((int) rest);
        }
    }
}
