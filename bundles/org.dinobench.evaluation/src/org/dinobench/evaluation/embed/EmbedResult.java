package org.dinobench.evaluation.embed;

import java.nio.file.Path;
import java.util.List;
import org.dinobench.imaging.loader.BrokenImage;

/**
 * What an {@link Embedding} wrote.
 *
 * @param folder holds {@code features.npy}, {@code features.parquet}, {@code images.csv} and {@code embed.json}, and
 *     {@code patches.npy} where asked
 * @param rows images with a vector
 * @param dimensions length of a vector
 * @param resumed rows that an earlier, interrupted call had computed; all of them when nothing was left to do
 * @param broken images that could not be decoded
 * @param seconds wall time of the vectors computed by this call, decoding and writing included
 */
public record EmbedResult(
        Path folder, long rows, int dimensions, long resumed, List<BrokenImage> broken, double seconds) {
    /** Copies the list. */
    public EmbedResult {
        broken = List.copyOf(broken);
    }

    /** Images a second of this call; 0 when it computed nothing. */
    public double imagesPerSecond() {
        return seconds > 0 ? (rows - resumed) / seconds : 0;
    }
}
