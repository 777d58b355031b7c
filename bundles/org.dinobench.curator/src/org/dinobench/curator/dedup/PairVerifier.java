package org.dinobench.curator.dedup;

import java.nio.file.Path;

/** Decides whether two images that look alike from afar show the same picture. Thread-safe. */
public interface PairVerifier {
    /** A name with a version, part of what results depend on. */
    String id();

    /**
     * @param similarity cosine of the two images' vectors
     * @return whether both are copies of one picture
     */
    boolean same(Path first, Path second, double similarity);
}
