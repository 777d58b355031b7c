package org.dinobench.model;

import java.util.SplittableRandom;

/**
 * The chance in stochastic depth, called once a residual branch and crop group: block by block, attention before
 * feed-forward, groups in the order given.
 */
public interface DropSource {
    /** A permutation of {@code 0 .. samples - 1}; its beginning are the samples that a branch is computed for. */
    long[] permutation(int samples);

    /** For each sample whether the branch is kept. */
    boolean[] keep(int samples, double probability);

    /** A source that depends on nothing but the seed. */
    static DropSource seeded(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return new DropSource() {
            @Override
            public long[] permutation(int samples) {
                long[] order = new long[samples];
                for (int i = 0; i < samples; i++) {
                    int j = random.nextInt(i + 1);
                    order[i] = order[j];
                    order[j] = i;
                }
                return order;
            }

            @Override
            public boolean[] keep(int samples, double probability) {
                boolean[] keep = new boolean[samples];
                for (int i = 0; i < samples; i++) {
                    keep[i] = random.nextDouble() < probability;
                }
                return keep;
            }
        };
    }
}
