package org.dinobench.imaging.loader;

/**
 * An image that could not be loaded.
 *
 * @param index its number in the list given to the loader
 * @param name its name, normally the path
 * @param problem one sentence
 */
public record BrokenImage(int index, String name, String problem) {}
