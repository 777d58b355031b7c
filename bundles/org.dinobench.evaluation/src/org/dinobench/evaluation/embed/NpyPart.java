package org.dinobench.evaluation.embed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.dinobench.core.io.DiskFullException;

/**
 * A NumPy file of float32 rows that grows under a temporary name and gets its own when it is whole. The header has a
 * fixed length and is written last, as only then the number of rows is known.
 */
final class NpyPart implements AutoCloseable {
    /** A multiple of 64, as the format wants, and enough for any shape. */
    private static final int HEADER = 192;

    private final Path target;
    private final Path part;
    private final int[] rowShape;
    private final int rowLength;
    private final ByteBuffer bytes;
    private final FloatBuffer floats;
    private final FileChannel channel;

    /**
     * Opens the file at a row; what lies behind it is cut off.
     *
     * @param rowShape shape of one row
     * @param rows rows that are there already
     * @param most rows of one {@link #append}
     */
    NpyPart(Path target, int[] rowShape, long rows, int most) throws IOException {
        this.target = target;
        this.part = partOf(target);
        this.rowShape = rowShape.clone();
        this.rowLength = Arrays.stream(rowShape).reduce(1, Math::multiplyExact);
        this.bytes = ByteBuffer.allocateDirect(Math.multiplyExact(Math.multiplyExact(rowLength, most), Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        this.floats = bytes.asFloatBuffer();
        this.channel = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        long end = HEADER + rows * rowLength * Float.BYTES;
        if (channel.size() > end) {
            channel.truncate(end);
        }
        channel.position(end);
    }

    static Path partOf(Path target) {
        return target.resolveSibling(target.getFileName() + ".part");
    }

    /** Whether a part holds at least so many rows. */
    static boolean holds(Path target, int[] rowShape, long rows) throws IOException {
        Path part = partOf(target);
        long length = Arrays.stream(rowShape).asLongStream().reduce(1, Math::multiplyExact);
        return Files.isRegularFile(part) && Files.size(part) >= HEADER + rows * length * Float.BYTES;
    }

    /** Memory for the next rows; fill it from position 0 and call {@link #append}. */
    FloatBuffer rows() {
        return floats.clear();
    }

    /** Writes the first rows of {@link #rows()}. */
    void append(int rows) throws IOException {
        bytes.clear().limit(rows * rowLength * Float.BYTES);
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw DiskFullException.explain(e, target);
        }
    }

    /** Everything written so far lasts from now on. */
    void force() throws IOException {
        channel.force(false);
    }

    /** Writes the header and gives the file its name. */
    void finish() throws IOException {
        long rows = (channel.size() - HEADER) / (rowLength * (long) Float.BYTES);
        ByteBuffer header = ByteBuffer.wrap(header(rows));
        channel.position(0);
        while (header.hasRemaining()) {
            channel.write(header);
        }
        channel.force(true);
        channel.close();
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private byte[] header(long rows) {
        String shape = rows + ", "
                + Arrays.stream(rowShape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        String dictionary = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + shape + "), }";
        int length = HEADER - 10;
        byte[] header = new byte[HEADER];
        byte[] magic = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) length, (byte) (length >> 8)};
        byte[] text = dictionary.getBytes(StandardCharsets.US_ASCII);
        Arrays.fill(header, (byte) ' ');
        System.arraycopy(magic, 0, header, 0, magic.length);
        System.arraycopy(text, 0, header, magic.length, text.length);
        header[HEADER - 1] = '\n';
        return header;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
