package org.dinobench.imaging.loader;

import org.dinobench.imaging.internal.StreamRandom;

/**
 * A random order of a set for each epoch, without memory: a keyed Feistel network over the next even power of two,
 * walked until the result falls inside the set. A pure function of (seed, epoch, place), so it can be entered anywhere.
 */
final class EpochOrder {
    private static final int ROUNDS = 6;
    private static final long DOMAIN = 0x6f72646572L;

    private final long size;
    private final int halfBits;
    private final long halfMask;
    private final long[] keys = new long[ROUNDS];

    /** @param size number of images, at least 1 */
    EpochOrder(long seed, long epoch, long size) {
        this.size = size;
        int bits = Math.max(2, 64 - Long.numberOfLeadingZeros(size - 1));
        this.halfBits = (bits + 1) / 2;
        this.halfMask = (1L << halfBits) - 1;
        for (int r = 0; r < ROUNDS; r++) {
            keys[r] = StreamRandom.hash(DOMAIN, seed, epoch, r);
        }
    }

    /** The image at a place of the epoch. */
    long at(long place) {
        if (place < 0 || place >= size) {
            throw new IndexOutOfBoundsException(place + " of " + size);
        }
        long v = place;
        do {
            v = permute(v);
        } while (v >= size);
        return v;
    }

    private long permute(long v) {
        long left = v >>> halfBits;
        long right = v & halfMask;
        for (long key : keys) {
            long mixed = left ^ (StreamRandom.mix(right + key) & halfMask);
            left = right;
            right = mixed;
        }
        return (left << halfBits) | right;
    }
}
