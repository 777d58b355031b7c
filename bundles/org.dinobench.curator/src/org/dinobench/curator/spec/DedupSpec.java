package org.dinobench.curator.spec;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.dinobench.core.spec.Key;

/**
 * How copies are found and removed.
 *
 * @param enabled whether near-duplicates are looked for; equal files always are
 * @param model embeds the images for this stage; empty takes that of {@code embed}
 * @param neighbours nearest images that are compared with each image
 * @param threshold least cosine; absent takes the model's own
 * @param verify whether candidates are confirmed by local features where the model wants it
 * @param verifyNeighbours nearest images that are so confirmed for each image, each of which costs milliseconds; absent
 *     takes the model's own
 * @param conflicts what happens with groups whose images have different labels
 * @param references sets that the result must share no picture with
 * @param referenceThreshold least cosine to a reference image; absent takes {@code threshold}, or the model's own
 *     where that is absent too
 * @param exactLimit number of images up to which neighbours are exact
 */
public record DedupSpec(
        @Key(doc = "Whether near-duplicates are looked for; equal files are found in any case.", def = "true")
        boolean enabled,

        @Key(doc = "The model that embeds the images for this stage; empty takes the one of embed.", def = "builtin")
        String model,

        @Key(doc = "Nearest images that each image is compared with.", def = "64", min = 1, max = 2048)
        int neighbours,

        @Key(
                doc = "Least cosine of two copies; auto takes the model's own.",
                def = "auto",
                auto = true,
                min = -1,
                max = 1)
        OptionalDouble threshold,

        @Key(doc = "Whether candidates are confirmed by local features where the model wants it.", def = "true")
        boolean verify,

        @Key(
                doc = "Nearest images that are confirmed so for each image; auto takes the model's own (8, and 12 for"
                        + " backbones).",
                def = "auto",
                auto = true,
                min = 1,
                max = 2048)
        OptionalInt verifyNeighbours,

        @Key(doc = "What happens with groups whose images have different labels: one stays, or none.", def = "keep")
        ConflictRule conflicts,

        @Key(
                doc = "Folders or manifests that the result must share no picture with, such as evaluation sets.",
                def = "[]")
        List<String> references,

        @Key(
                doc = "Least cosine to an image of a reference set; auto takes the threshold, or the model's own"
                        + " (0.45 for copy-detection models) where that is auto too.",
                def = "auto",
                auto = true,
                min = -1,
                max = 1)
        OptionalDouble referenceThreshold,

        @Key(
                doc = "Number of images up to which neighbours are searched exactly; inverted lists are used beyond"
                        + " it.",
                def = "200000",
                min = 1)
        int exactLimit) {
    /** Copies the list. */
    public DedupSpec {
        references = List.copyOf(references);
    }
}
