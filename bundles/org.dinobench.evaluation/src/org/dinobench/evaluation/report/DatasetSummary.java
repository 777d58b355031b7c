package org.dinobench.evaluation.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a curation found, for the first section of a report.
 *
 * @param name the dataset
 * @param images files found
 * @param unreadable of them, files that could not be decoded
 * @param identical of them, images whose content occurs more than once
 * @param nearDuplicateGroups groups of images that show the same thing
 * @param labelConflicts groups whose images carry different labels
 * @param kept images left after curation
 * @param classes kept images per class; empty when there are no labels
 * @param conflictExamples pictures of some groups in conflict, by the group's name
 */
public record DatasetSummary(
        String name,
        int images,
        int unreadable,
        int identical,
        int nearDuplicateGroups,
        int labelConflicts,
        int kept,
        Map<String, Integer> classes,
        Map<String, List<Picture>> conflictExamples) {
    /** Keeps the maps' order. */
    public DatasetSummary {
        classes = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(classes));
        conflictExamples = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(conflictExamples));
    }
}
