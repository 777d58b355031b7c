package org.dinobench.core.catalog;

/**
 * How many images have a value.
 *
 * @param value a label, a split or a cluster; empty for those without
 * @param images number of images
 */
public record Count(String value, long images) {}
