package org.dinobench.imaging.loader;

import java.util.Objects;
import org.dinobench.imaging.ReadLimits;
import org.dinobench.imaging.ReadOptions;

/**
 * How a {@link CropLoader} works.
 *
 * @param batchSize images per batch on this rank, at least 1
 * @param workers decoding threads, 1 to 256; the stream does not depend on it
 * @param prefetch batches that may be ready or under way ahead of the consumer, at least 1
 * @param cacheBytes most bytes of decoded pixels kept in memory; 0 decodes every time
 * @param seed seed of order and augmentation; the same on all ranks
 * @param start the first batch to deliver
 * @param rank number of this process among those that train together, from 0
 * @param ranks processes that train together; rank r gets the r-th slice of each global batch of
 *     {@code batchSize * ranks} images
 * @param maxBrokenShare share of the set, 0 to 1, that may be broken; one more stops the loader with the list
 * @param limits what a file may cost
 * @param options how files are decoded
 */
public record CropLoaderConfig(
        int batchSize,
        int workers,
        int prefetch,
        long cacheBytes,
        long seed,
        LoaderPosition start,
        int rank,
        int ranks,
        double maxBrokenShare,
        ReadLimits limits,
        ReadOptions options) {
    /** @throws IllegalArgumentException when a value is out of its range */
    public CropLoaderConfig {
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(options, "options");
        if (batchSize < 1 || workers < 1 || workers > 256 || prefetch < 1 || cacheBytes < 0) {
            throw new IllegalArgumentException("batchSize and prefetch must be at least 1, workers 1 to 256, cacheBytes"
                    + " not negative: " + batchSize + ", " + prefetch + ", " + workers + ", " + cacheBytes);
        }
        if (ranks < 1 || rank < 0 || rank >= ranks) {
            throw new IllegalArgumentException("Rank " + rank + " of " + ranks);
        }
        if (!(maxBrokenShare >= 0 && maxBrokenShare <= 1)) {
            throw new IllegalArgumentException("maxBrokenShare must be 0 to 1, not " + maxBrokenShare);
        }
    }

    /** One rank from the start: prefetch 3, cache of 1 GiB, at most 5 % broken, default limits and options. */
    public static CropLoaderConfig of(int batchSize, int workers, long seed) {
        return new CropLoaderConfig(
                batchSize,
                workers,
                3,
                1L << 30,
                seed,
                LoaderPosition.START,
                0,
                1,
                0.05,
                ReadLimits.DEFAULT,
                ReadOptions.DEFAULT);
    }

    /** The same, starting at another position. */
    public CropLoaderConfig startingAt(LoaderPosition position) {
        return new CropLoaderConfig(
                batchSize, workers, prefetch, cacheBytes, seed, position, rank, ranks, maxBrokenShare, limits, options);
    }

    /** The same, as one of several ranks. */
    public CropLoaderConfig onRank(int number, int of) {
        return new CropLoaderConfig(
                batchSize, workers, prefetch, cacheBytes, seed, start, number, of, maxBrokenShare, limits, options);
    }

    /** The same with another cache. */
    public CropLoaderConfig withCacheBytes(long bytes) {
        return new CropLoaderConfig(
                batchSize, workers, prefetch, bytes, seed, start, rank, ranks, maxBrokenShare, limits, options);
    }

    /** The same with another number of batches ahead. */
    public CropLoaderConfig withPrefetch(int batches) {
        return new CropLoaderConfig(
                batchSize, workers, batches, cacheBytes, seed, start, rank, ranks, maxBrokenShare, limits, options);
    }

    /** The same with another tolerance for broken images. */
    public CropLoaderConfig withMaxBrokenShare(double share) {
        return new CropLoaderConfig(
                batchSize, workers, prefetch, cacheBytes, seed, start, rank, ranks, share, limits, options);
    }

    /** The same with other decoding. */
    public CropLoaderConfig withOptions(ReadOptions other) {
        return new CropLoaderConfig(
                batchSize, workers, prefetch, cacheBytes, seed, start, rank, ranks, maxBrokenShare, limits, other);
    }
}
