package org.dinobench.core.catalog;

/**
 * An image's cluster.
 *
 * @param imageId the image
 * @param level level of a hierarchy; 0 is the finest and the one that queries show
 * @param cluster number of the cluster, from 0
 * @param similarity to the cluster's centre
 */
public record ClusterMember(long imageId, int level, int cluster, double similarity) {}
