package org.dinobench.curator.spec;

import java.nio.file.Path;
import org.dinobench.core.spec.Key;
import org.dinobench.core.spec.SpecReader;
import org.dinobench.core.spec.SpecResult;
import org.dinobench.core.spec.SpecSchema;

/**
 * How a set is curated: the stages in the order in which they run.
 *
 * @param seed of everything that is drawn by chance
 * @param embed vectors of the images
 * @param dedup removal of copies
 * @param cluster groups of similar images
 * @param retrieve selection of images that are like a seed set
 * @param balance selection of about as many images from every cluster
 */
public record CurationSpec(
        @Key(doc = "Seed of everything that is drawn by chance.", def = "0", min = 0)
        int seed,

        @Key(doc = "Vectors of the images, made once and kept with the dataset.")
        EmbedSpec embed,

        @Key(doc = "Removal of copies of the same picture.") DedupSpec dedup,

        @Key(doc = "Clusters of similar images.") ClusterSpec cluster,

        @Key(doc = "Selection of the images that are like those of a seed set.")
        RetrieveSpec retrieve,

        @Key(doc = "Selection of about as many images from every cluster.")
        BalanceSpec balance) {

    /** All stages at their defaults: copies removed, clusters made, nothing else dropped. */
    public static CurationSpec defaults() {
        return SpecSchema.of(CurationSpec.class).defaults();
    }

    /**
     * Reads a YAML file over the defaults.
     *
     * @throws org.dinobench.core.problem.BadInputException naming file, line and key
     */
    public static CurationSpec read(Path file) {
        SpecResult<CurationSpec> result = SpecReader.of(CurationSpec.class).read(file);
        return result.spec();
    }

    /**
     * Checks what a single key cannot tell.
     *
     * @throws org.dinobench.core.problem.BadInputException when keys do not go together
     */
    public void check() {
        cluster.check();
        retrieve.check();
    }
}
