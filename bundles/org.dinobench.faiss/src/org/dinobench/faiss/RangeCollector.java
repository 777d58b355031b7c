package org.dinobench.faiss;

import java.util.Arrays;

/** Joins the results of blocks of queries into one. */
final class RangeCollector {
    private final long[] limits;
    private float[] scores = new float[0];
    private long[] labels = new long[0];
    private int rows;
    private int size;

    RangeCollector(int rows) {
        limits = new long[rows + 1];
    }

    int size() {
        return size;
    }

    void add(long[] blockLimits, float[] blockScores, long[] blockLabels) {
        for (int i = 1; i < blockLimits.length; i++) {
            limits[++rows] = size + blockLimits[i];
        }
        int needed = size + blockScores.length;
        if (needed > scores.length) {
            int capacity = (int) Math.min(Integer.MAX_VALUE - 16L, Math.max(needed, scores.length * 2L));
            scores = Arrays.copyOf(scores, capacity);
            labels = Arrays.copyOf(labels, capacity);
        }
        System.arraycopy(blockScores, 0, scores, size, blockScores.length);
        System.arraycopy(blockLabels, 0, labels, size, blockLabels.length);
        size = needed;
    }

    RangeResult result() {
        return new RangeResult(limits, Arrays.copyOf(scores, size), Arrays.copyOf(labels, size));
    }
}
