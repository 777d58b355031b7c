package org.dinobench.curator.embed;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.curator.dedup.PairVerifier;

/**
 * Makes one vector of each image, such that the cosine of two vectors tells how alike the images are. An embedder is
 * deterministic: the same file gives the same vector.
 */
public interface Embedder extends AutoCloseable {
    /**
     * The name of the folder that its vectors are kept in: lower-case letters, digits, {@code .}, {@code _} and
     * {@code -}. It changes whenever the vectors would, with other weights or another way of computing.
     */
    String id();

    /** Numbers in a vector. */
    int dimension();

    /**
     * The cosine from which two images are candidates for being near-duplicates: with a verifier a low one that
     * misses few pairs, without one the decision itself.
     */
    double duplicateThreshold();

    /** The cosine from which an image counts as showing a picture of a reference set; leaks want a lower one. */
    default double referenceThreshold() {
        return duplicateThreshold();
    }

    /** A closer look at candidate pairs, where this embedder needs one. */
    Optional<PairVerifier> verifier();

    /** How many of an image's nearest candidates are looked at more closely, where {@link #verifier()} does that. */
    default int verifiedNeighbours() {
        return 8;
    }

    /**
     * Embeds images.
     *
     * @param files in any number
     * @param sink told of each file once: its vector of length 1, or why there is none; calls come one at a time
     * @param monitor polled; {@code worked(1)} for each file (the stage is the caller's)
     */
    void embed(List<Path> files, Sink sink, JobMonitor monitor);

    /** Takes what an embedder makes. */
    interface Sink {
        /**
         * @param index place of the file in the list
         * @param vector {@link Embedder#dimension()} numbers, of length 1; not kept by the embedder
         */
        void vector(int index, float[] vector);

        /** @param reason why this file has no vector, for a person */
        void broken(int index, String reason);
    }

    @Override
    void close();
}
