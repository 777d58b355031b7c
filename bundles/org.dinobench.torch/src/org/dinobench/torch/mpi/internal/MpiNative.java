package org.dinobench.torch.mpi.internal;

/**
 * The functions of the native library, one to one. One thread at a time calls them, and the one
 * that called {@link #init()} calls {@link #finish()}.
 * Nothing here checks sizes against memory: only the classes that own the tensors may call them. {@code seconds} is the
 * time without any arrival after which a function throws
 * {@link org.dinobench.torch.collective.CollectiveException}; no function but those of the Java machine's own end may
 * follow then.
 */
public final class MpiNative {
    private MpiNative() {}

    public static native int init();

    public static native String version();

    public static native long world();

    public static native long split(long group, int color, int key);

    public static native long splitNode(long group);

    public static native void free(long group);

    public static native int rank(long group);

    public static native int size(long group);

    public static native void allGather(long group, long part, long whole, long bytes, int chunk, double seconds);

    public static native void reduceScatter(
            long group, long whole, long part, long count, int element, int chunk, double seconds);

    public static native void allReduce(long group, long values, long count, int element, int chunk, double seconds);

    public static native void broadcast(
            long group, long values, long count, int element, int root, int chunk, double seconds);

    public static native void barrier(long group, double seconds);

    public static native void finish();
}
