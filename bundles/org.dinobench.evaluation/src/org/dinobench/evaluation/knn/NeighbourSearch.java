package org.dinobench.evaluation.knn;

import org.dinobench.core.job.JobMonitor;
import org.dinobench.evaluation.data.FeatureMatrix;

/** Finds, for every query vector, the training vectors of the largest inner product. */
@FunctionalInterface
public interface NeighbourSearch {
    /**
     * @param train vectors to search, at least {@code count}
     * @param queries vectors of the same length
     * @param count neighbours wanted per query, at least 1
     */
    Neighbours search(FeatureMatrix train, FeatureMatrix queries, int count, JobMonitor monitor);
}
