package org.dinobench.torch.nccl.internal;

/**
 * The functions of the native library, one to one. One thread at a time calls those of a communicator. Nothing here
 * checks sizes against memory: only the classes that own the tensors may call them. Operations return an event, to be
 * given to {@link #done} until that is true.
 */
public final class NcclNative {
    private NcclNative() {}

    /** Opens both libraries; null, or why that failed. */
    public static native String open(String nccl, String cudart);

    public static native int version();

    public static native int devices();

    public static native byte[] uniqueId();

    public static native long create(byte[] id, int rank, int size, int device);

    public static native long allGather(long communicator, long part, long whole, long count, int element);

    public static native long reduceScatter(long communicator, long whole, long part, long count, int element);

    public static native long allReduce(long communicator, long values, long count, int element);

    public static native long broadcast(long communicator, long values, long count, int element, int root);

    /** Addresses and bytes for each rank: what goes to it, and where what comes from it is put. */
    public static native long exchange(long communicator, long[] out, long[] outBytes, long[] in, long[] inBytes);

    public static native boolean done(long communicator, long event);

    public static native void abort(long communicator);

    public static native void close(long communicator);
}
