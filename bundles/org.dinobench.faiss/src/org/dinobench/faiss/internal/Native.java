package org.dinobench.faiss.internal;

import java.nio.Buffer;
import java.nio.ByteBuffer;

/**
 * The functions of the native library, one to one. Nothing here checks addresses: only the classes that own the memory
 * and the locks may call them, after {@link NativeLibrary#require()}.
 */
public final class Native {
    private Native() {}

    /** What k-means calls back, on the thread that called it. */
    public interface Passes {
        /** Whether the clustering should end; asked often. */
        boolean isStopped();

        /** @param objective sum over all points of the distance to, or similarity with, the nearest centroid */
        void passed(double objective);

        /** This process's number among those that share the points, from 0. */
        int rank();

        /** Number of processes that share the points. */
        int size();

        /**
         * Fills in what the other processes found; not called when there are none.
         *
         * @param distances one float a point, direct
         * @param labels one long a point, direct
         * @param share points of each process, the last ones excepted
         */
        void exchange(ByteBuffer distances, ByteBuffer labels, int share);
    }

    public static native String version();

    public static native String compileOptions();

    public static native int useThreads(int threads);

    public static native long allocate(long bytes);

    public static native void release(long address);

    public static native long map(String path, long offset, long bytes);

    public static native void unmap(long address, long bytes);

    public static native long bufferAddress(Buffer buffer);

    public static native void read(long address, float[] target, int from, int count);

    public static native void write(long address, float[] source, int from, int count);

    public static native void copy(long from, long to, long floats);

    public static native void gather(long from, long available, int dimension, int[] rows, long to);

    public static native long firstNotFinite(long address, long rows, int dimension);

    public static native void normalize(long address, long rows, int dimension);

    public static native long create(int dimension, String description, boolean innerProduct);

    public static native void free(long index);

    public static native long size(long index);

    public static native int dimension(long index);

    public static native int metric(long index);

    public static native boolean isTrained(long index);

    public static native void train(long index, long vectors, long rows);

    public static native void add(long index, long vectors, long rows);

    public static native void addWithIds(long index, long vectors, long[] ids);

    public static native void reconstruct(long index, long id, float[] target);

    public static native void setParameter(long index, String name, double value);

    public static native void writeFile(long index, String path);

    public static native long readFile(String path, boolean mapped);

    public static native void search(long index, long queries, int rows, int k, float[] distances, long[] labels);

    public static native Object[] rangeSearch(
            long index, long queries, int rows, float radius, long most, long[] limits);

    public static native void kmeans(
            long points,
            long rows,
            int dimension,
            int k,
            int iterations,
            boolean spherical,
            int seed,
            int runs,
            float[] weights,
            float[] centroids,
            boolean started,
            Passes passes);
}
