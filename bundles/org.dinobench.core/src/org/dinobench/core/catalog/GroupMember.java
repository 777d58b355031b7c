package org.dinobench.core.catalog;

/**
 * An image's place in a near-duplicate group.
 *
 * @param imageId the image
 * @param group number of the group
 * @param representative whether it stands for the group
 * @param similarity to the representative, 1 for itself
 */
public record GroupMember(long imageId, long group, boolean representative, double similarity) {}
