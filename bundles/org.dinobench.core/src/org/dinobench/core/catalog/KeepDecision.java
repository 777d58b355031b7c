package org.dinobench.core.catalog;

/**
 * Whether an image is part of the curated set.
 *
 * @param imageId the image
 * @param keep in or out
 * @param reason one phrase
 */
public record KeepDecision(long imageId, boolean keep, String reason) {}
