package org.dinobench.evaluation.retrieval;

import java.util.List;

/**
 * How well images of the same class are found by features.
 *
 * @param features what was measured
 * @param queries images searched for (those with another image of their class in the gallery)
 * @param gallery images searched in
 * @param meanAveragePrecision mean over queries of the average precision of the whole ranking, 0 to 1
 * @param recall share of queries with an image of their class among the first k
 */
public record RetrievalReport(
        String features, int queries, int gallery, double meanAveragePrecision, List<RecallAt> recall) {
    /** Copies the list. */
    public RetrievalReport {
        recall = List.copyOf(recall);
    }

    /** Recall among the first k. */
    public record RecallAt(int k, double recall) {}
}
