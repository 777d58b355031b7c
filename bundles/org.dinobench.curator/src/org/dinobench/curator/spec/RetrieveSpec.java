package org.dinobench.curator.spec;

import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.Key;

/**
 * How the pool is narrowed to what is like a seed set (Oquab et al., DINOv2, appendix A.4).
 *
 * @param mode whether, and by which way
 * @param seeds folder or manifest of the seed set
 * @param perQuery by sample: nearest images taken for each seed image
 * @param minimumQueries by cluster: seed images that a cluster must hold more than
 * @param perCluster by cluster: images taken at most of each such cluster
 * @param limit images taken at most in all; 0 for no limit
 */
public record RetrieveSpec(
        @Key(
                doc = "none; sample takes the nearest images of each seed image; cluster takes images of the clusters"
                        + " that hold seed images.",
                def = "none")
        RetrieveMode mode,

        @Key(doc = "Folder or manifest of the seed images.", def = "")
        String seeds,

        @Key(doc = "By sample: nearest images taken for each seed image.", def = "4", min = 1, max = 2048)
        int perQuery,

        @Key(doc = "By cluster: a cluster counts when it holds more seed images than this.", def = "3", min = 0)
        int minimumQueries,

        @Key(doc = "By cluster: images taken at most of each cluster.", def = "10000", min = 1)
        int perCluster,

        @Key(doc = "Images taken at most in all; 0 for no limit.", def = "0", min = 0)
        int limit) {
    /** @throws BadInputException when there are no seeds and they are needed */
    void check() {
        if (mode != RetrieveMode.NONE && seeds.isBlank()) {
            throw new BadInputException(
                    "retrieve.seeds",
                    "retrieval needs seed images",
                    "name their folder or manifest, or set the mode to none");
        }
    }
}
