package org.dinobench.torch.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A zip archive of stored entries whose data start at multiples of 64, as PyTorch's readers like it, with the 64-bit
 * extension where sizes or positions need it. {@code java.util.zip} cannot align, and wants sizes and checksums before
 * the data, as does this: entries are produced twice.
 */
final class StoredZip implements AutoCloseable {
    private static final int ALIGNMENT = 64;
    private static final long MAX_32 = 0xffffffffL;
    private static final int DATE_1980 = 0x21;

    private final WritableByteChannel out;
    private final List<Entry> entries = new ArrayList<>();
    private long position;

    private record Entry(byte[] name, long crc, long size, long start) {}

    /** Produces the data of an entry; called twice with the same result. */
    @FunctionalInterface
    interface Data {
        /** Hands all buffers to {@code sink}. */
        void writeTo(Sink sink) throws IOException;
    }

    /** Takes buffers. */
    @FunctionalInterface
    interface Sink {
        /** Takes the remaining bytes. */
        void accept(ByteBuffer bytes) throws IOException;
    }

    StoredZip(OutputStream out) {
        this.out = Channels.newChannel(out);
    }

    void add(String name, byte[] data) throws IOException {
        add(name, data.length, sink -> sink.accept(ByteBuffer.wrap(data)));
    }

    void add(String name, long size, Data data) throws IOException {
        CRC32 crc = new CRC32();
        data.writeTo(crc::update);
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        boolean large = size >= MAX_32;
        long start = position;
        int wide = large ? 20 : 0;
        long dataStart = start + 30 + utf8.length + wide + 4;
        int padding = (int) ((ALIGNMENT - dataStart % ALIGNMENT) % ALIGNMENT);
        Bytes header = new Bytes();
        header.little(0x04034b50L, 4)
                .little(large ? 45 : 20, 2)
                .little(0x800, 2)
                .little(0, 2);
        header.little(0, 2).little(DATE_1980, 2).little(crc.getValue(), 4);
        header.little(large ? MAX_32 : size, 4).little(large ? MAX_32 : size, 4);
        header.little(utf8.length, 2).little(wide + 4L + padding, 2).bytes(utf8);
        if (large) {
            header.little(1, 2).little(16, 2).little(size, 8).little(size, 8);
        }
        // an extra field that readers skip moves the data to its place
        header.little(0x4246, 2).little(padding, 2).bytes(new byte[padding]);
        write(ByteBuffer.wrap(header.array()));
        data.writeTo(this::write);
        entries.add(new Entry(utf8, crc.getValue(), size, start));
    }

    @Override
    public void close() throws IOException {
        long directory = position;
        for (Entry entry : entries) {
            write(ByteBuffer.wrap(central(entry)));
        }
        long length = position - directory;
        Bytes end = new Bytes();
        if (directory >= MAX_32 || entries.size() >= 0xffff) {
            long at = position;
            end.little(0x06064b50L, 4)
                    .little(44, 8)
                    .little(45, 2)
                    .little(45, 2)
                    .little(0, 4)
                    .little(0, 4);
            end.little(entries.size(), 8)
                    .little(entries.size(), 8)
                    .little(length, 8)
                    .little(directory, 8);
            end.little(0x07064b50L, 4).little(0, 4).little(at, 8).little(1, 4);
        }
        long count = Math.min(entries.size(), 0xffff);
        end.little(0x06054b50L, 4).little(0, 2).little(0, 2).little(count, 2).little(count, 2);
        end.little(Math.min(length, MAX_32), 4)
                .little(Math.min(directory, MAX_32), 4)
                .little(0, 2);
        write(ByteBuffer.wrap(end.array()));
    }

    private static byte[] central(Entry entry) {
        boolean wideSize = entry.size() >= MAX_32;
        boolean wideStart = entry.start() >= MAX_32;
        Bytes extra = new Bytes();
        if (wideSize || wideStart) {
            extra.little(1, 2).little((wideSize ? 16 : 0) + (wideStart ? 8L : 0L), 2);
            if (wideSize) {
                extra.little(entry.size(), 8).little(entry.size(), 8);
            }
            if (wideStart) {
                extra.little(entry.start(), 8);
            }
        }
        byte[] extraBytes = extra.array();
        int version = extraBytes.length > 0 ? 45 : 20;
        Bytes record = new Bytes();
        record.little(0x02014b50L, 4)
                .little(version, 2)
                .little(version, 2)
                .little(0x800, 2)
                .little(0, 2);
        record.little(0, 2).little(DATE_1980, 2).little(entry.crc(), 4);
        record.little(Math.min(entry.size(), MAX_32), 4).little(Math.min(entry.size(), MAX_32), 4);
        record.little(entry.name().length, 2)
                .little(extraBytes.length, 2)
                .little(0, 2)
                .little(0, 2);
        record.little(0, 2).little(0, 4).little(Math.min(entry.start(), MAX_32), 4);
        return record.bytes(entry.name()).bytes(extraBytes).array();
    }

    private void write(ByteBuffer bytes) throws IOException {
        position += bytes.remaining();
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    /** Little-endian numbers in a row. */
    private static final class Bytes {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Bytes little(long value, int count) {
            for (int i = 0; i < count; i++) {
                out.write((int) (value >>> 8 * i));
            }
            return this;
        }

        Bytes bytes(byte[] values) {
            out.writeBytes(values);
            return this;
        }

        byte[] array() {
            return out.toByteArray();
        }
    }
}
