package org.dinobench.core.spec.train;

import java.util.List;

/**
 * A spec with nothing left open.
 *
 * @param spec all components that allow {@code auto} are present
 * @param notes one line for each value that was filled in, with its reason, for the run's log
 */
public record Resolution(TrainSpec spec, List<String> notes) {
    /** Copies the notes. */
    public Resolution {
        notes = List.copyOf(notes);
    }
}
