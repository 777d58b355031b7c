package org.dinobench.imaging.internal;

/**
 * Random numbers that are a pure function of a key and a counter: whoever asks, in whatever order and on whatever
 * thread, gets the same stream for the same key. The mixer is the finalizer of SplitMix64 (Steele, Lea, Flood 2014).
 */
public final class StreamRandom {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private final long key;
    private long counter;

    private StreamRandom(long key) {
        this.key = key;
    }

    /** The stream of a key of several numbers; their order matters. */
    public static StreamRandom of(long... parts) {
        return new StreamRandom(hash(parts));
    }

    /** A 64-bit hash of several numbers; their order matters. */
    public static long hash(long... parts) {
        long h = GOLDEN * (parts.length + 1);
        for (long part : parts) {
            h = mix(h + GOLDEN + mix(part + GOLDEN));
        }
        return h;
    }

    /** A bijection of 64 bits in which every output bit depends on every input bit. */
    public static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
        return b ^ (b >>> 31);
    }

    /** The next 64 random bits. */
    public long nextLong() {
        counter++;
        return mix(key + GOLDEN * counter);
    }

    /** Uniform in [0, 1). */
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    /** Uniform in [low, high). */
    public double uniform(double low, double high) {
        return low + (high - low) * nextDouble();
    }

    /** Uniform in 0 .. bound - 1. */
    public int nextInt(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("bound must be positive: " + bound);
        }
        // The bias of taking the high part of a 95-bit product is below 2^-32 for any int bound.
        return (int) (((nextLong() >>> 32) * bound) >>> 32);
    }

    /** True with a probability. */
    public boolean chance(double probability) {
        return nextDouble() < probability;
    }

    /** The numbers 0 .. n - 1 in random order. */
    public int[] permutation(int n) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
