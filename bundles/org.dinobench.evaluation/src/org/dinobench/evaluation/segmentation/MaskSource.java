package org.dinobench.evaluation.segmentation;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;

/**
 * Where masks lie and what in them does not count.
 *
 * @param folder as {@link MaskFolder} reads it
 * @param ignored colours {@code 0xRRGGBB} of pixels that do not count
 */
public record MaskSource(Path folder, Set<Integer> ignored) {
    /** Copies the set. */
    public MaskSource {
        Objects.requireNonNull(folder, "folder");
        ignored = Set.copyOf(ignored);
    }
}
