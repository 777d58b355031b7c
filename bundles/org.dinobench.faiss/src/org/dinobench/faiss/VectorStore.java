package org.dinobench.faiss;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Vectors of one dimension in several pieces, numbered through, such as the mapped shards of a file set. Closing
 * closes the pieces.
 */
public final class VectorStore implements AutoCloseable {
    private final List<Vectors> pieces;
    private final long[] starts;
    private final int dimension;

    private VectorStore(List<Vectors> pieces) {
        this.pieces = List.copyOf(pieces);
        this.dimension = this.pieces.get(0).dimension();
        this.starts = new long[this.pieces.size() + 1];
        for (int i = 0; i < this.pieces.size(); i++) {
            if (this.pieces.get(i).dimension() != dimension) {
                throw new IllegalArgumentException("The pieces have different dimensions");
            }
            starts[i + 1] = starts[i] + this.pieces.get(i).rows();
        }
    }

    /** Pieces that this store owns from now on; at least one. */
    public static VectorStore of(List<Vectors> pieces) {
        if (pieces.isEmpty()) {
            throw new IllegalArgumentException("A store needs at least one piece");
        }
        return new VectorStore(pieces);
    }

    /**
     * Maps NumPy files, in this order; those without rows are left out.
     *
     * @throws org.dinobench.core.problem.BadInputException when one is no matrix of float32
     * @throws IllegalArgumentException when no file holds a row, or dimensions differ
     */
    public static VectorStore map(List<Path> files) throws IOException {
        List<Vectors> pieces = new ArrayList<>();
        try {
            for (Path file : files) {
                NpyFile npy = NpyFile.open(file);
                if (npy.rows() > 0) {
                    pieces.add(npy.map());
                }
            }
            return of(pieces);
        } catch (IOException | RuntimeException e) {
            pieces.forEach(Vectors::close);
            throw e;
        }
    }

    /** Number of vectors in all pieces. */
    public long rows() {
        return starts[starts.length - 1];
    }

    /** Numbers in a vector. */
    public int dimension() {
        return dimension;
    }

    /** The pieces, in order. */
    public List<Vectors> pieces() {
        return pieces;
    }

    /** A copy of one vector. */
    public float[] get(long row) {
        float[] values = new float[dimension];
        get(row, values);
        return values;
    }

    /** Copies one vector. */
    public void get(long row, float[] target) {
        if (target.length != dimension) {
            throw new IllegalArgumentException("A vector has " + dimension + " numbers, not " + target.length);
        }
        int piece = piece(row);
        pieces.get(piece).get(row - starts[piece], target);
    }

    private int piece(long row) {
        if (row < 0 || row >= rows()) {
            throw new IndexOutOfBoundsException("Vector " + row + " of " + rows());
        }
        int low = 0;
        int high = pieces.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (starts[middle] <= row) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** A copy of some vectors in one block; the caller closes it. */
    public Vectors gather(long[] rows) {
        Vectors block = Vectors.allocate(rows.length, dimension);
        try {
            float[] values = new float[dimension];
            for (int i = 0; i < rows.length; i++) {
                get(rows[i], values);
                block.put(i, values);
            }
            return block;
        } catch (RuntimeException | Error e) {
            block.close();
            throw e;
        }
    }

    /** A copy of all vectors in one block; the caller closes it. */
    public Vectors gatherAll() {
        Vectors block = Vectors.allocate(rows(), dimension);
        try {
            for (int i = 0; i < pieces.size(); i++) {
                block.put(starts[i], pieces.get(i));
            }
            return block;
        } catch (RuntimeException | Error e) {
            block.close();
            throw e;
        }
    }

    /**
     * Different rows drawn at random, in rising order; all rows when there are not more.
     *
     * @param count how many, at least 1
     */
    public long[] sample(int count, long seed) {
        if (count < 1) {
            throw new IllegalArgumentException("A sample has at least one row");
        }
        long total = rows();
        if (total <= count) {
            return java.util.stream.LongStream.range(0, total).toArray();
        }
        SplittableRandom random = new SplittableRandom(seed);
        long[] chosen = new long[count];
        int taken = 0;
        for (long row = 0; taken < count; row++) {
            if (random.nextDouble() * (total - row) < count - taken) {
                chosen[taken++] = row;
            }
        }
        return chosen;
    }

    @Override
    public void close() {
        pieces.forEach(Vectors::close);
    }
}
