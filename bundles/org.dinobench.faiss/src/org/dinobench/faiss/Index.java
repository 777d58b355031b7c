package org.dinobench.faiss;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.faiss.internal.IndexFiles;
import org.dinobench.faiss.internal.Native;
import org.dinobench.faiss.internal.NativeHandle;
import org.dinobench.faiss.internal.NativeLibrary;

/**
 * A Faiss index: vectors of float32, found again by nearness. Searching may go on in several threads at once; changing
 * and closing wait until nobody else is inside. Every wrong argument is an exception, also from inside Faiss.
 */
public final class Index implements AutoCloseable {
    /** Queries given to Faiss at a time, between looks at the monitor. */
    private static final int SEARCH_BLOCK = 8192;

    private static final int RANGE_BLOCK = 1024;
    private static final int MAX_RESULTS = Integer.MAX_VALUE - 16;

    private final NativeHandle handle;
    private final int dimension;
    private final Metric metric;
    private final boolean writable;
    private final boolean ids;
    private volatile boolean checkFinite = true;

    private Index(long pointer, boolean writable, boolean ids) {
        this.handle = new NativeHandle("index", pointer, Native::free, null);
        this.dimension = Native.dimension(pointer);
        this.metric = Native.metric(pointer) == 0 ? Metric.INNER_PRODUCT : Metric.L2;
        this.writable = writable;
        this.ids = ids;
    }

    /**
     * A new, empty index.
     *
     * @param dimension numbers in a vector, 1 to 65536
     * @throws FaissException when the kind does not go with the dimension or the metric
     * @throws org.dinobench.core.problem.BadInputException when there is no native library for this machine
     */
    public static Index create(int dimension, IndexDescription description, Metric metric) {
        if (dimension < 1 || dimension > 65536) {
            throw new IllegalArgumentException("The dimension must be 1 to 65536, not " + dimension);
        }
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(metric, "metric");
        NativeLibrary.require();
        String factory = description.factory();
        long pointer = Native.create(dimension, factory, metric == Metric.INNER_PRODUCT);
        return new Index(pointer, true, factory.startsWith("IDMap") || factory.startsWith("IVF"));
    }

    /** An exact index with the vectors of {@code vectors} in it. */
    public static Index flatOf(Vectors vectors, Metric metric) {
        Index index = create(vectors.dimension(), IndexDescription.flat(), metric);
        try {
            index.add(vectors);
            return index;
        } catch (RuntimeException | Error e) {
            index.close();
            throw e;
        }
    }

    /**
     * Reads a file of {@link #write} into memory.
     *
     * @throws org.dinobench.core.problem.BadInputException when the file is damaged or not one of ours
     */
    public static Index read(Path file) throws IOException {
        IndexFiles.check(file, true);
        return open(file, false);
    }

    /**
     * Opens a file of {@link #write} without reading the inverted lists: pages come as searches need them. The index
     * can be searched, not changed; the file must stay as it is.
     *
     * @throws org.dinobench.core.problem.BadInputException when the file is cut off or not one of ours
     */
    public static Index map(Path file) throws IOException {
        IndexFiles.check(file, false);
        return open(file, true);
    }

    /**
     * Reads an index file of another program. Faiss trusts such files: a damaged or malicious one can crash the
     * process, so only files of one's own belong here.
     */
    public static Index readForeign(Path file) {
        IndexFiles.requireReadable(file);
        return open(file, false);
    }

    private static Index open(Path file, boolean mapped) {
        NativeLibrary.require();
        long pointer = Native.readFile(file.toAbsolutePath().toString(), mapped);
        return new Index(pointer, !mapped, true);
    }

    /** Numbers in a vector. */
    public int dimension() {
        return dimension;
    }

    /** What the scores of this index are. */
    public Metric metric() {
        return metric;
    }

    /** Number of vectors inside. */
    public long size() {
        try (NativeHandle.Use use = handle.read()) {
            return Native.size(use.pointer());
        }
    }

    /** Whether vectors can be added: always for kinds that need no training. */
    public boolean isTrained() {
        try (NativeHandle.Use use = handle.read()) {
            return Native.isTrained(use.pointer());
        }
    }

    /**
     * Whether vectors are looked through for NaN and infinities before Faiss gets them; at first they are. It costs
     * one pass over the vectors.
     */
    public Index checkingInput(boolean check) {
        checkFinite = check;
        return this;
    }

    /**
     * Learns the codes and lists of this kind of index from typical vectors; nothing to do for flat ones.
     *
     * @throws IllegalArgumentException when a number is not finite or the dimension differs
     * @throws FaissException when there are too few vectors
     */
    public void train(Vectors vectors) {
        changing(vectors, (index, address) -> Native.train(index, address, vectors.rows()));
    }

    /** Adds vectors under the next positions. */
    public void add(Vectors vectors) {
        changing(vectors, (index, address) -> {
            requireTrained(index);
            Native.add(index, address, vectors.rows());
        });
    }

    /**
     * Adds vectors under ids.
     *
     * @param ids one for each vector, not negative
     * @throws FaissException when this kind of index takes no ids ({@link IndexDescription#withIds()})
     */
    public void add(Vectors vectors, long[] ids) {
        Objects.requireNonNull(ids, "ids");
        if (ids.length != vectors.rows()) {
            throw new IllegalArgumentException(ids.length + " ids for " + vectors.rows() + " vectors");
        }
        if (!this.ids) {
            throw new FaissException("This kind of index takes no ids");
        }
        if (Arrays.stream(ids).anyMatch(id -> id < 0)) {
            throw new IllegalArgumentException("Ids must not be negative: -1 means nothing found");
        }
        changing(vectors, (index, address) -> {
            requireTrained(index);
            Native.addWithIds(index, address, ids);
        });
    }

    /** As {@link #search(Vectors, int, JobMonitor)} without a monitor. */
    public Neighbours search(Vectors queries, int k) {
        return search(queries, k, JobMonitor.NONE);
    }

    /**
     * The nearest vectors of each query.
     *
     * @param k how many, at least 1; rows x k is at most 2^31 - 17
     * @param monitor told of queries as they are done ({@code worked}; the stage is the caller's) and polled
     */
    public Neighbours search(Vectors queries, int k, JobMonitor monitor) {
        checkQueries(queries);
        if (k < 1 || queries.rows() > MAX_RESULTS / k) {
            throw new IllegalArgumentException(
                    "k must be at least 1 and rows x k fit an array, not " + queries.rows() + " x " + k);
        }
        int rows = (int) queries.rows();
        float[] scores = new float[rows * k];
        long[] labels = new long[rows * k];
        for (int from = 0; from < rows; from += SEARCH_BLOCK) {
            monitor.checkStopped();
            int count = Math.min(SEARCH_BLOCK, rows - from);
            searchBlock(queries, from, count, k, scores, labels);
            monitor.worked(count);
        }
        return new Neighbours(k, scores, labels);
    }

    private void searchBlock(Vectors queries, int from, int count, int k, float[] scores, long[] labels) {
        float[] blockScores = new float[count * k];
        long[] blockLabels = new long[count * k];
        try (NativeHandle.Use use = handle.read();
                NativeHandle.Use memory = queries.reading()) {
            requireTrained(use.pointer());
            if (Native.size(use.pointer()) == 0) {
                Arrays.fill(blockLabels, -1);
            } else {
                Faiss.computing(() -> Native.search(
                        use.pointer(), queries.address(memory, from), count, k, blockScores, blockLabels));
            }
        }
        System.arraycopy(blockScores, 0, scores, from * k, blockScores.length);
        System.arraycopy(blockLabels, 0, labels, from * k, blockLabels.length);
    }

    /** The nearest vector of each query, or -1 in an empty index. */
    public long[] assign(Vectors queries) {
        return search(queries, 1).labels();
    }

    /**
     * Everything nearer than a radius: dot products above it, or squared distances below it.
     *
     * @param radius finite
     * @param most results for all queries together; more are an {@link IllegalArgumentException}, not a full memory
     * @throws FaissException when this kind of index has no such search
     */
    public RangeResult rangeSearch(Vectors queries, float radius, int most) {
        checkQueries(queries);
        if (!Float.isFinite(radius) || most < 0 || most > MAX_RESULTS || queries.rows() > MAX_RESULTS) {
            throw new IllegalArgumentException("Radius must be finite and the limit an array's length");
        }
        RangeCollector all = new RangeCollector((int) queries.rows());
        for (int from = 0; from < queries.rows(); from += RANGE_BLOCK) {
            int count = (int) Math.min(RANGE_BLOCK, queries.rows() - from);
            long[] limits = new long[count + 1];
            Object[] found = rangeBlock(queries, from, count, radius, most - all.size(), limits);
            all.add(limits, (float[]) found[0], (long[]) found[1]);
        }
        return all.result();
    }

    private Object[] rangeBlock(Vectors queries, int from, int count, float radius, int most, long[] limits) {
        Object[][] found = {{new float[0], new long[0]}};
        try (NativeHandle.Use use = handle.read();
                NativeHandle.Use memory = queries.reading()) {
            requireTrained(use.pointer());
            if (Native.size(use.pointer()) > 0) {
                Faiss.computing(() -> found[0] =
                        Native.rangeSearch(use.pointer(), queries.address(memory, from), count, radius, most, limits));
            }
        }
        return found[0];
    }

    /**
     * A vector as the index holds it, which is an approximation in compressing kinds.
     *
     * @param id its position, or its id where ids were given
     */
    public float[] reconstruct(long id) {
        float[] vector = new float[dimension];
        try (NativeHandle.Use use = writable ? handle.write() : handle.read()) {
            if (!writable) {
                throw new IllegalStateException("A mapped index cannot reconstruct vectors");
            }
            if (id < 0 || !ids && id >= Native.size(use.pointer())) {
                throw new IndexOutOfBoundsException("There is no vector " + id);
            }
            Native.reconstruct(use.pointer(), id, vector);
        }
        return vector;
    }

    /** How many lists of an inverted file a search visits: more are slower and find more. */
    public void setProbes(int lists) {
        set("nprobe", lists);
    }

    /** How many candidates a search in a graph keeps: more are slower and find more. */
    public void setSearchBreadth(int candidates) {
        set("efSearch", candidates);
    }

    /** How many times k candidates a refining index ({@code RFlat}) compares exactly. */
    public void setRefinement(int factor) {
        set("k_factor", factor);
    }

    private void set(String parameter, int value) {
        if (value < 1 || value > 1 << 24) {
            throw new IllegalArgumentException(parameter + " must be 1 to " + (1 << 24) + ", not " + value);
        }
        try (NativeHandle.Use use = handle.write()) {
            Native.setParameter(use.pointer(), parameter, value);
        }
    }

    /** Writes the index to a file that {@link #read} and {@link #map} check, replacing it in one step. */
    public void write(Path file) throws IOException {
        IndexFiles.write(file, temporary -> {
            try (NativeHandle.Use use = handle.read()) {
                Native.writeFile(use.pointer(), temporary.toString());
            }
        });
    }

    @Override
    public void close() {
        handle.close();
    }

    @FunctionalInterface
    private interface Change {
        void apply(long index, long address);
    }

    private void changing(Vectors vectors, Change change) {
        checkQueries(vectors);
        if (!writable) {
            throw new IllegalStateException("A mapped index can only be searched");
        }
        try (NativeHandle.Use use = handle.write();
                NativeHandle.Use memory = vectors.reading()) {
            Faiss.computing(() -> change.apply(use.pointer(), vectors.address(memory, 0)));
        }
    }

    private void checkQueries(Vectors vectors) {
        Objects.requireNonNull(vectors, "vectors");
        if (vectors.dimension() != dimension) {
            throw new IllegalArgumentException(
                    "Vectors of " + vectors.dimension() + " numbers in an index of " + dimension);
        }
        if (checkFinite) {
            vectors.requireFinite();
        }
    }

    private static void requireTrained(long index) {
        if (!Native.isTrained(index)) {
            throw new IllegalStateException("The index is not trained");
        }
    }
}
