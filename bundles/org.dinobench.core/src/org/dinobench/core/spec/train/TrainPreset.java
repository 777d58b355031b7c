package org.dinobench.core.spec.train;

/**
 * A named starting point for a run.
 *
 * @param name as in {@code --preset NAME}
 * @param spec its values, not yet resolved
 */
public record TrainPreset(String name, TrainSpec spec) {
    /** What it is for, in plain words. */
    public String description() {
        return spec.description();
    }
}
