package org.dinobench.imaging.internal.decode;

import org.dinobench.imaging.DepthRule;

/** Turns 16-bit samples into 8-bit ones by a {@link DepthRule}. */
final class DepthScaling {
    private DepthScaling() {}

    /**
     * @param samples interleaved, unsigned
     * @param channels samples a pixel; with 4 the last is alpha, which is always scaled over the full range and left
     *     out of the percentiles
     */
    static byte[] toBytes(short[] samples, int channels, DepthRule rule) {
        byte[] colour = rule.fullRange() ? table(0, 65535) : stretched(samples, channels, rule);
        byte[] alpha = channels == 4 ? table(0, 65535) : colour;
        byte[] out = new byte[samples.length];
        for (int i = 0; i < samples.length; i++) {
            boolean isAlpha = channels == 4 && i % 4 == 3;
            out[i] = (isAlpha ? alpha : colour)[samples[i] & 0xffff];
        }
        return out;
    }

    private static byte[] stretched(short[] samples, int channels, DepthRule rule) {
        int[] histogram = new int[65536];
        long total = 0;
        for (int i = 0; i < samples.length; i++) {
            if (channels != 4 || i % 4 != 3) {
                histogram[samples[i] & 0xffff]++;
                total++;
            }
        }
        int low = percentile(histogram, total, rule.lowPercentile());
        int high = percentile(histogram, total, rule.highPercentile());
        // An image of one value has nothing to stretch; its level on the full scale is kept.
        return high > low ? table(low, high) : table(0, 65535);
    }

    /** The smallest value at or below which at least this share of the samples lies. */
    private static int percentile(int[] histogram, long total, double percent) {
        double wanted = total * percent / 100;
        long seen = 0;
        for (int v = 0; v < histogram.length; v++) {
            seen += histogram[v];
            if (seen >= wanted && seen > 0) {
                return v;
            }
        }
        return histogram.length - 1;
    }

    private static byte[] table(int low, int high) {
        byte[] table = new byte[65536];
        for (int v = 0; v < table.length; v++) {
            double share = Math.max(0, Math.min(1, (double) (v - low) / (high - low)));
            table[v] = (byte) (int) (share * 255 + 0.5);
        }
        return table;
    }
}
