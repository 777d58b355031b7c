package org.dinobench.app.quickstart;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dinobench.core.catalog.Catalog;
import org.dinobench.core.catalog.CatalogEntry;
import org.dinobench.core.catalog.CatalogFilter;
import org.dinobench.curator.CurationImage;
import org.dinobench.curator.CurationResult;
import org.dinobench.curator.dedup.DuplicateGroup;
import org.dinobench.evaluation.data.EvalImage;
import org.dinobench.evaluation.data.LabelledSet;

/**
 * The images that may serve to measure: kept by the curation, labelled, and in no group whose copies are labelled
 * differently, since nobody knows which of those labels is right.
 */
final class LabelledImages {
    private static final int FEWEST_PER_CLASS = 5;

    private LabelledImages() {}

    /** @return empty where fewer than two classes have enough images, so that there is nothing to measure with */
    static Optional<LabelledSet> of(String name, Catalog catalog, CurationResult curation) throws IOException {
        Set<Long> doubtful = new HashSet<>();
        for (DuplicateGroup group : curation.conflicts()) {
            group.members().stream().map(CurationImage::id).forEach(doubtful::add);
        }
        List<EvalImage> images = new ArrayList<>();
        for (CatalogEntry entry : catalog.all(CatalogFilter.OK.withKeep(true))) {
            if (!entry.label().isEmpty() && !doubtful.contains(entry.id())) {
                images.add(new EvalImage(
                        entry.file(),
                        entry.path(),
                        entry.label(),
                        entry.split(),
                        entry.group().isPresent() ? Long.toString(entry.group().getAsLong()) : "",
                        entry.hash()));
            }
        }
        Map<String, Integer> counts = new HashMap<>();
        images.forEach(image -> counts.merge(image.label(), 1, Integer::sum));
        long usable = counts.values().stream()
                .filter(count -> count >= FEWEST_PER_CLASS)
                .count();
        return usable < 2
                ? Optional.empty()
                : Optional.of(LabelledSet.of(name, images).withoutRareClasses(FEWEST_PER_CLASS));
    }
}
