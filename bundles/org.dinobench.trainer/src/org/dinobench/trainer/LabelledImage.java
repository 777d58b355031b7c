package org.dinobench.trainer;

import java.nio.file.Path;

/**
 * An image whose class is known; used to watch the features while they form, never to train.
 *
 * @param file the image
 * @param label its class
 * @param group near-duplicate group, which no split separates; empty when it stands alone
 * @param split {@code train}, {@code val}, {@code test} or empty where the data has no split
 */
public record LabelledImage(Path file, String label, String group, String split) {}
