package org.dinobench.imaging;

/**
 * What a file may cost before it is refused. Both limits are held against the header, before memory is spent.
 *
 * @param maxPixels most pixels (width times height) that are decoded; 1 to 700 million, as three bytes
 *     each must fit an array
 * @param maxFileBytes largest file that is read; 1 to 2,000,000,000
 */
public record ReadLimits(long maxPixels, long maxFileBytes) {
    private static final long MOST_PIXELS = 700_000_000L;
    private static final long MOST_BYTES = 2_000_000_000L;

    /** 100 megapixels, 512 MiB. */
    public static final ReadLimits DEFAULT = new ReadLimits(100_000_000L, 512L << 20);

    /** @throws IllegalArgumentException when a limit is out of its range */
    public ReadLimits {
        if (maxPixels < 1 || maxPixels > MOST_PIXELS) {
            throw new IllegalArgumentException("maxPixels must be 1 to " + MOST_PIXELS + ", not " + maxPixels);
        }
        if (maxFileBytes < 1 || maxFileBytes > MOST_BYTES) {
            throw new IllegalArgumentException("maxFileBytes must be 1 to " + MOST_BYTES + ", not " + maxFileBytes);
        }
    }
}
