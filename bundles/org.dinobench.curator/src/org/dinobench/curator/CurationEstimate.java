package org.dinobench.curator;

/**
 * What a curation will need, told before it starts. Times come from a short trial on this machine and grow with the
 * formulas of the algorithms; they are meant to be right within a factor of two.
 *
 * @param images images of the data set that decode
 * @param toEmbed different images without a vector
 * @param vectorBytes memory of all vectors of one embedder
 * @param memoryBytes native memory at the peak: vectors, index, assignments
 * @param exactNeighbours whether neighbours are searched exactly
 * @param clusters on the finest level; 0 when images are not clustered
 * @param embedSeconds of embedding
 * @param neighbourSeconds of the search for neighbours
 * @param verifySeconds of the confirmation of candidates, at most
 * @param clusterSeconds of clustering
 */
public record CurationEstimate(
        int images,
        int toEmbed,
        long vectorBytes,
        long memoryBytes,
        boolean exactNeighbours,
        int clusters,
        double embedSeconds,
        double neighbourSeconds,
        double verifySeconds,
        double clusterSeconds) {
    /** All stages together. */
    public double seconds() {
        return embedSeconds + neighbourSeconds + verifySeconds + clusterSeconds;
    }
}
