package org.dinobench.evaluation.data;

import java.nio.file.Path;
import java.util.Objects;

/**
 * One labelled image of an evaluation.
 *
 * @param file where its pixels lie
 * @param id its name in tables and in the file of predictions; unique within a set
 * @param label the class name; empty when unknown
 * @param split the given split ({@code train}, {@code val}, {@code test}), empty when none
 * @param group near-duplicate group or patient: images that share it never stand on both sides of a split; empty when
 *     it stands alone
 * @param hash hash of the file's bytes or pixels, empty when not known: equal hashes count as one group
 */
public record EvalImage(Path file, String id, String label, String split, String group, String hash) {
    /** Rejects nulls. */
    public EvalImage {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(split, "split");
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(hash, "hash");
    }
}
