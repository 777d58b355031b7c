package org.dinobench.curator.dedup;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.dinobench.curator.CurationImage;

/**
 * Images that show the same picture.
 *
 * @param number its name in manifests, from 1
 * @param members at least two, the representative first
 * @param exact whether all members are equal byte by byte
 */
public record DuplicateGroup(long number, List<CurationImage> members, boolean exact) {
    /** Checks and copies the members. */
    public DuplicateGroup {
        members = List.copyOf(members);
        if (members.size() < 2) {
            throw new IllegalArgumentException("A group has at least two members");
        }
    }

    /** The member that stays. */
    public CurationImage representative() {
        return members.get(0);
    }

    /** The different labels, sorted; images without a label do not count. */
    public List<String> labels() {
        return distinct(members.stream().map(CurationImage::label).collect(Collectors.toList()));
    }

    /** The different splits, sorted. */
    public List<String> splits() {
        return distinct(members.stream().map(CurationImage::split).collect(Collectors.toList()));
    }

    private static List<String> distinct(List<String> values) {
        TreeSet<String> set = new TreeSet<>(values);
        set.remove("");
        return List.copyOf(set);
    }

    /** Whether the same picture has different labels. */
    public boolean conflicting() {
        return labels().size() > 1;
    }

    /** Whether the same picture is in different splits, such as train and test. */
    public boolean acrossSplits() {
        return splits().size() > 1;
    }
}
