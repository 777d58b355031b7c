package org.dinobench.faiss;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.dinobench.faiss.internal.Native;
import org.dinobench.faiss.internal.NativeHandle;
import org.dinobench.faiss.internal.NativeLibrary;

/**
 * Vectors of float32 in rows, outside the Java heap and of any size: allocated, mapped from a file without reading it,
 * or in a direct buffer. Closing frees or unmaps the memory; slices live as long as what they were cut from. A mapped
 * file must not be shortened while it is mapped.
 */
public final class Vectors implements AutoCloseable {
    private final NativeHandle memory;
    private final long offset;
    private final long rows;
    private final int dimension;
    private final boolean writable;
    private final boolean owner;

    private Vectors(NativeHandle memory, long offset, long rows, int dimension, boolean writable, boolean owner) {
        this.memory = memory;
        this.offset = offset;
        this.rows = rows;
        this.dimension = dimension;
        this.writable = writable;
        this.owner = owner;
    }

    private static Vectors owning(NativeHandle memory, long rows, int dimension, boolean writable) {
        return new Vectors(memory, 0, rows, dimension, writable, true);
    }

    private static NativeHandle memory(long address, LongConsumer free, Object attachment) {
        return new NativeHandle("memory of the vectors", address, free, attachment);
    }

    /**
     * New vectors of zeros.
     *
     * @param rows at least 1
     * @param dimension at least 1
     */
    public static Vectors allocate(long rows, int dimension) {
        long bytes = bytes(rows, dimension);
        NativeLibrary.require();
        return owning(memory(Native.allocate(bytes), Native::release, null), rows, dimension, true);
    }

    /** A copy of rows that lie one after the other in an array. */
    public static Vectors copyOf(float[] values, int dimension) {
        Objects.requireNonNull(values, "values");
        if (dimension < 1 || values.length == 0 || values.length % dimension != 0) {
            throw new IllegalArgumentException(
                    values.length + " values are no rows of " + dimension + " (at least one row is needed)");
        }
        Vectors copy = allocate(values.length / dimension, dimension);
        copy.put(0, values);
        return copy;
    }

    /** A copy of rows of equal length. */
    public static Vectors copyOf(float[][] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("At least one row is needed");
        }
        Vectors copy = allocate(values.length, values[0].length);
        for (int row = 0; row < values.length; row++) {
            copy.put(row, values[row]);
        }
        return copy;
    }

    /**
     * The content of a direct buffer, without a copy: later changes of the buffer are seen.
     *
     * @param buffer direct, in native byte order, from its position to its limit; a read-only one cannot be written
     */
    public static Vectors wrap(ByteBuffer buffer, int dimension) {
        Objects.requireNonNull(buffer, "buffer");
        if (buffer.order() != ByteOrder.nativeOrder()) {
            throw new IllegalArgumentException("The buffer is not in the native byte order");
        }
        return wrap(buffer, buffer.position(), buffer.remaining(), dimension);
    }

    private static Vectors wrap(Buffer buffer, long start, long length, int dimension) {
        if (!buffer.isDirect()) {
            throw new IllegalArgumentException("The buffer is not direct");
        }
        if (dimension < 1 || length == 0 || length % ((long) dimension * Float.BYTES) != 0) {
            throw new IllegalArgumentException(length + " bytes are no rows of " + dimension + " floats");
        }
        NativeLibrary.require();
        long address = Native.bufferAddress(buffer) + start;
        if (address % Float.BYTES != 0) {
            throw new IllegalArgumentException("The buffer does not start at a multiple of 4 bytes");
        }
        long rows = length / ((long) dimension * Float.BYTES);
        return owning(memory(address, ignored -> {}, buffer), rows, dimension, !buffer.isReadOnly());
    }

    /**
     * Rows of a file, mapped read-only: pages are read when used, and files larger than memory are fine.
     *
     * @param file little-endian float32
     * @param offset bytes before the first row, a multiple of 4
     * @throws IllegalArgumentException when the file is shorter than that
     * @throws FaissException when the file cannot be read
     */
    public static Vectors map(Path file, long offset, long rows, int dimension) {
        Objects.requireNonNull(file, "file");
        long bytes = bytes(rows, dimension);
        NativeLibrary.require();
        long address = Native.map(file.toAbsolutePath().toString(), offset, bytes);
        return owning(memory(address, pointer -> Native.unmap(pointer, bytes), null), rows, dimension, false);
    }

    private static long bytes(long rows, int dimension) {
        if (rows < 1 || dimension < 1 || rows > Long.MAX_VALUE / Float.BYTES / dimension) {
            throw new IllegalArgumentException("Rows and dimension must be positive, not " + rows + " x " + dimension);
        }
        return rows * dimension * Float.BYTES;
    }

    /** Number of vectors. */
    public long rows() {
        return rows;
    }

    /** Numbers in a vector. */
    public int dimension() {
        return dimension;
    }

    /** Rows {@code from} to {@code from + count - 1} in the same memory. */
    public Vectors slice(long from, long count) {
        checkRange(from, count);
        if (count == 0) {
            throw new IllegalArgumentException("A slice needs at least one row");
        }
        return new Vectors(memory, offset + from * dimension * Float.BYTES, count, dimension, writable, false);
    }

    /** A copy of one row. */
    public float[] get(long row) {
        float[] values = new float[dimension];
        get(row, values);
        return values;
    }

    /**
     * Copies whole rows from {@code row} on into an array.
     *
     * @param target its length is a multiple of the dimension and says how many rows
     */
    public void get(long row, float[] target) {
        checkRows(row, target);
        try (NativeHandle.Use use = memory.read()) {
            Native.read(address(use, row), target, 0, target.length);
        }
    }

    /** Overwrites whole rows from {@code row} on; the length of {@code values} says how many. */
    public void put(long row, float[] values) {
        checkRows(row, values);
        checkWritable();
        try (NativeHandle.Use use = memory.read()) {
            Native.write(address(use, row), values, 0, values.length);
        }
    }

    /** Overwrites rows from {@code row} on by all rows of {@code source}, which may not share its memory with this. */
    public void put(long row, Vectors source) {
        Objects.requireNonNull(source, "source");
        checkWritable();
        checkRange(row, source.rows);
        if (source.dimension != dimension) {
            throw new IllegalArgumentException("Rows of " + source.dimension + " do not fit rows of " + dimension);
        }
        if (source.memory == memory) {
            throw new IllegalArgumentException("Source and target share their memory");
        }
        try (NativeHandle.Use from = source.memory.read();
                NativeHandle.Use to = memory.read()) {
            Native.copy(source.address(from, 0), address(to, row), source.rows * dimension);
        }
    }

    /**
     * Overwrites rows from {@code row} on by some rows of {@code source}, which may not share its memory with this.
     *
     * @param rows rows of {@code source}, in any order
     */
    public void put(long row, Vectors source, int[] rows) {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(rows, "rows");
        checkWritable();
        checkRange(row, rows.length);
        if (source.dimension != dimension) {
            throw new IllegalArgumentException("Rows of " + source.dimension + " do not fit rows of " + dimension);
        }
        if (source.memory == memory) {
            throw new IllegalArgumentException("Source and target share their memory");
        }
        try (NativeHandle.Use from = source.memory.read();
                NativeHandle.Use to = memory.read()) {
            Native.gather(source.address(from, 0), source.rows, dimension, rows, address(to, row));
        }
    }

    /** Divides every row by its Euclidean length, in place; rows of zeros stay. */
    public Vectors normalize() {
        checkWritable();
        try (NativeHandle.Use use = memory.read()) {
            Faiss.computing(() -> Native.normalize(address(use, 0), rows, dimension));
        }
        return this;
    }

    /** The first row that holds a NaN or an infinity, or -1. */
    public long firstNotFinite() {
        long[] first = new long[1];
        try (NativeHandle.Use use = memory.read()) {
            Faiss.computing(() -> first[0] = Native.firstNotFinite(address(use, 0), rows, dimension));
        }
        return first[0];
    }

    /** @throws IllegalArgumentException naming the row, when a number is NaN or infinite */
    void requireFinite() {
        long row = firstNotFinite();
        if (row >= 0) {
            throw new IllegalArgumentException("Vector " + row + " holds a number that is not finite");
        }
    }

    /** The memory for the time of a native call. */
    NativeHandle.Use reading() {
        return memory.read();
    }

    /** The address of a row while {@code use} is held. */
    long address(NativeHandle.Use use, long row) {
        return use.pointer() + offset + row * dimension * Float.BYTES;
    }

    /** Frees or unmaps the memory; of a slice, nothing. */
    @Override
    public void close() {
        if (owner) {
            memory.close();
        }
    }

    @Override
    public String toString() {
        return "Vectors[" + rows + " x " + dimension + "]";
    }

    private void checkWritable() {
        if (!writable) {
            throw new IllegalStateException("These vectors can only be read");
        }
    }

    private void checkRows(long row, float[] values) {
        Objects.requireNonNull(values, "values");
        if (values.length % dimension != 0) {
            throw new IllegalArgumentException(values.length + " values are no whole rows of " + dimension);
        }
        checkRange(row, values.length / dimension);
    }

    private void checkRange(long from, long count) {
        if (from < 0 || count < 0 || from > rows - count) {
            throw new IndexOutOfBoundsException(
                    "Rows " + from + " to " + from + " + " + count + " of " + rows + " vectors");
        }
    }
}
