package org.dinobench.imaging;

/**
 * How 16-bit samples become 8-bit ones. Samples of 8 bits are never changed.
 *
 * @param lowPercentile share of the samples, in percent, at or below the value that becomes 0
 * @param highPercentile share of the samples, in percent, at or below the value that becomes 255
 * @param fullRange true: {@code round(v * 255 / 65535)} whatever the image holds, percentiles unused; false: the values
 *     between the two percentiles, taken over all colour channels of the image, are stretched over 0 to 255 and clipped
 */
public record DepthRule(double lowPercentile, double highPercentile, boolean fullRange) {
    /** {@code round(v * 255 / 65535)}: right for images that use all 16 bits. */
    public static final DepthRule FULL_RANGE = new DepthRule(0, 100, true);

    /** Stretches between the 0.5th and the 99.5th percentile: for medical gray, which often fills 12 of 16 bits. */
    public static final DepthRule MEDICAL = new DepthRule(0.5, 99.5, false);

    /** @throws IllegalArgumentException unless 0 &lt;= low &lt; high &lt;= 100 */
    public DepthRule {
        if (!(lowPercentile >= 0 && lowPercentile < highPercentile && highPercentile <= 100)) {
            throw new IllegalArgumentException(
                    "Percentiles must rise within 0 to 100: " + lowPercentile + ", " + highPercentile);
        }
    }

    /** A stretch between two percentiles. */
    public static DepthRule percentiles(double low, double high) {
        return new DepthRule(low, high, false);
    }
}
