package org.dinobench.curator.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dinobench.core.catalog.KeepDecision;
import org.dinobench.curator.CurationImage;
import org.dinobench.curator.Review;
import org.dinobench.curator.dedup.DuplicateGroup;
import org.dinobench.curator.dedup.DuplicateGroups;
import org.dinobench.curator.spec.ConflictRule;

/** Why each image is in or out, stage by stage: once out, an image stays out unless a person wants it. */
public final class Verdicts {
    private final List<CurationImage> images;
    private final Map<Long, String> dropped = new HashMap<>();
    private final Map<Long, String> kept = new HashMap<>();
    private final String alone;

    /** @param nearDuplicates whether they were looked for, and not only equal files */
    public Verdicts(List<CurationImage> images, boolean nearDuplicates) {
        this.images = images;
        this.alone = nearDuplicates ? "no copies found" : "no equal file; near-duplicates were not looked for";
    }

    /** Drops copies, images that show a picture of a reference set, and groups in conflict where that is wanted. */
    public void duplicates(DuplicateGroups groups, ConflictRule conflicts) {
        for (CurationImage image : images) {
            Set<String> references = groups.references(image);
            DuplicateGroup group = groups.of(image);
            if (!references.isEmpty()) {
                drop(
                        image,
                        "same picture as the reference image "
                                + references.iterator().next());
            } else if (group != null && group.conflicting() && conflicts == ConflictRule.DROP) {
                drop(image, "its copies have different labels: " + String.join(", ", group.labels()));
            } else if (group != null && !group.representative().equals(image)) {
                boolean equal = group.representative().hash().equals(image.hash());
                drop(
                        image,
                        (equal ? "same file as " : "near-duplicate of ")
                                + group.representative().path());
            } else if (group != null) {
                kept.put(image.id(), "stands for " + group.members().size() + " copies");
            }
        }
    }

    /** Drops an image, unless it is out already or a person wants to keep it. */
    public void drop(CurationImage image, String reason) {
        if (image.review() != Review.KEEP) {
            dropped.putIfAbsent(image.id(), reason);
        }
    }

    /** Whether an image is still in, by this curation and by people. */
    public boolean isKept(CurationImage image) {
        return image.review() != Review.DROP && !dropped.containsKey(image.id());
    }

    /** The images that are still in. */
    public List<CurationImage> kept() {
        return images.stream().filter(this::isKept).toList();
    }

    /** Every image's verdict; that of a person is not repeated here, the catalog lets it win. */
    public List<KeepDecision> decisions() {
        List<KeepDecision> decisions = new ArrayList<>();
        for (CurationImage image : images) {
            String reason = dropped.get(image.id());
            decisions.add(new KeepDecision(
                    image.id(), reason == null, reason == null ? kept.getOrDefault(image.id(), alone) : reason));
        }
        return decisions;
    }
}
