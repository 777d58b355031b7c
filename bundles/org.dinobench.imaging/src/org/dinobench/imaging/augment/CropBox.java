package org.dinobench.imaging.augment;

/**
 * A rectangle within an image, in whole pixels.
 *
 * @param x left column
 * @param y top row
 * @param width columns, at least 1
 * @param height rows, at least 1
 */
public record CropBox(int x, int y, int width, int height) {}
