package org.dinobench.trainer.internal.loop;

/** Seeds of single draws from the run's seed and a place. */
final class Seeds {
    private Seeds() {}

    /** The seed of one of several processes; the first one's is that of a single process. */
    static long ofRank(long seed, int rank) {
        return rank == 0 ? seed : mix(seed, rank);
    }

    /** A well-mixed number of all parts (the finaliser of SplitMix64 after each). */
    static long mix(long... parts) {
        long state = 0x9e3779b97f4a7c15L;
        for (long part : parts) {
            state = (state ^ part) + 0x9e3779b97f4a7c15L;
            state = (state ^ state >>> 30) * 0xbf58476d1ce4e5b9L;
            state = (state ^ state >>> 27) * 0x94d049bb133111ebL;
            state ^= state >>> 31;
        }
        return state;
    }
}
