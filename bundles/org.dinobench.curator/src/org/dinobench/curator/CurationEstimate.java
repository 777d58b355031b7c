package org.dinobench.curator;

/**
 * What a curation will need, told before it starts. Times come from short trials on this machine, under the load that it
 * has then, and grow with the formulas of the algorithms. For two sets, 366 and 839 s were told and 387 and 752 s taken,
 * on a machine with many times more work than processors; least certain is the time of confirmation, which depends on how
 * many pairs are candidates.
 *
 * @param images images of the data set that decode
 * @param toEmbed different images without a vector
 * @param vectorBytes memory of all vectors of one embedder
 * @param memoryBytes native memory of vectors, search and centroids at the peak; the Java heap and libtorch come on top
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
