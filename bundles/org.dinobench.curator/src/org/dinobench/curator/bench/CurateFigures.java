package org.dinobench.curator.bench;

/**
 * What a measurement of curation showed. Seconds are those of this process: what an earlier one had finished counts as
 * nothing.
 *
 * @param resumed whether an earlier process had begun
 * @param memoryBytes what was told before the start
 * @param writeSeconds of making the vectors
 * @param searchSeconds of finding the pairs of copies
 * @param clusterSeconds of k-means and the last assignment
 * @param searchCpuSeconds processor time of all threads in the search
 * @param clusterCpuSeconds processor time of all threads in the clustering
 * @param pairs above the threshold
 * @param recall part of the pairs above the threshold that were found, on a sample compared with all vectors
 * @param planted copies that were made with a cosine above the threshold
 * @param plantedFound those of them that were found
 * @param kept vectors that stay
 * @param meanSimilarity mean cosine of a vector with its centroid
 * @param emptyClusters clusters without a vector
 * @param peakBytes greatest resident memory of this process, or 0 where the system does not tell
 */
public record CurateFigures(
        boolean resumed,
        long memoryBytes,
        double writeSeconds,
        double searchSeconds,
        double clusterSeconds,
        double searchCpuSeconds,
        double clusterCpuSeconds,
        long pairs,
        double recall,
        long planted,
        long plantedFound,
        int kept,
        double meanSimilarity,
        int emptyClusters,
        long peakBytes) {}
