package org.dinobench.evaluation.knn;

import java.util.stream.IntStream;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.evaluation.data.FeatureMatrix;

/**
 * Exhaustive search in plain Java on all cores: exact and without set-up, meant for sets up to some ten thousand
 * images. Among equal similarities the lower training row comes first.
 */
public final class ExactSearch implements NeighbourSearch {
    private static final int BLOCK = 64;

    @Override
    public Neighbours search(FeatureMatrix train, FeatureMatrix queries, int count, JobMonitor monitor) {
        if (count < 1 || count > train.rows() || train.columns() != queries.columns()) {
            throw new IllegalArgumentException(count + " neighbours of " + queries + " in " + train);
        }
        float[] a = train.toArray();
        float[] b = queries.toArray();
        int d = train.columns();
        int[] indices = new int[queries.rows() * count];
        float[] similarities = new float[indices.length];
        monitor.begin("Searching nearest neighbours", queries.rows());
        int blocks = (queries.rows() + BLOCK - 1) / BLOCK;
        IntStream.range(0, blocks).parallel().forEach(block -> {
            monitor.checkStopped();
            int end = Math.min(queries.rows(), (block + 1) * BLOCK);
            for (int q = block * BLOCK; q < end; q++) {
                Best best = new Best(indices, similarities, q * count, count);
                for (int t = 0; t < train.rows(); t++) {
                    best.offer(t, dot(a, t * d, b, q * d, d));
                }
            }
            monitor.worked(end - block * BLOCK);
        });
        return new Neighbours(count, indices, similarities);
    }

    /** Eight running sums, so that the processor need not wait for each addition. */
    private static float dot(float[] a, int aStart, float[] b, int bStart, int length) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        int i = 0;
        for (; i + 7 < length; i += 8) {
            s0 += a[aStart + i] * b[bStart + i];
            s1 += a[aStart + i + 1] * b[bStart + i + 1];
            s2 += a[aStart + i + 2] * b[bStart + i + 2];
            s3 += a[aStart + i + 3] * b[bStart + i + 3];
            s4 += a[aStart + i + 4] * b[bStart + i + 4];
            s5 += a[aStart + i + 5] * b[bStart + i + 5];
            s6 += a[aStart + i + 6] * b[bStart + i + 6];
            s7 += a[aStart + i + 7] * b[bStart + i + 7];
        }
        for (; i < length; i++) {
            s0 += a[aStart + i] * b[bStart + i];
        }
        return s0 + s1 + (s2 + s3) + (s4 + s5 + (s6 + s7));
    }

    /** The best neighbours so far of one query, kept sorted by insertion in a window of the result arrays. */
    private static final class Best {
        private final int[] indices;
        private final float[] similarities;
        private final int start;
        private final int capacity;
        private int size;

        Best(int[] indices, float[] similarities, int start, int capacity) {
            this.indices = indices;
            this.similarities = similarities;
            this.start = start;
            this.capacity = capacity;
        }

        void offer(int index, float similarity) {
            if (size == capacity && similarity <= similarities[start + capacity - 1]) {
                return;
            }
            int at = size < capacity ? size++ : capacity - 1;
            while (at > 0 && similarities[start + at - 1] < similarity) {
                similarities[start + at] = similarities[start + at - 1];
                indices[start + at] = indices[start + at - 1];
                at--;
            }
            similarities[start + at] = similarity;
            indices[start + at] = index;
        }
    }
}
