package org.dinobench.imaging.loader;

/**
 * What a loader did since it was opened.
 *
 * @param images images delivered to the consumer
 * @param decoded images decoded from their sources
 * @param cacheHits images taken from the cache instead
 * @param cacheBytes bytes of pixels now in the cache
 * @param waitSeconds time that the consumer waited for batches
 * @param workSeconds time that all workers together spent on decoding and augmenting
 * @param seconds time since the loader was opened
 */
public record LoaderStatistics(
        long images,
        long decoded,
        long cacheHits,
        long cacheBytes,
        double waitSeconds,
        double workSeconds,
        double seconds) {
    /** Images delivered per second since the loader was opened. */
    public double imagesPerSecond() {
        return seconds > 0 ? images / seconds : 0;
    }

    /** Images per second that one busy worker thread makes: what the loader could do, whatever the consumer's pace. */
    public double imagesPerThreadSecond() {
        return workSeconds > 0 ? (decoded + cacheHits) / workSeconds : 0;
    }
}
