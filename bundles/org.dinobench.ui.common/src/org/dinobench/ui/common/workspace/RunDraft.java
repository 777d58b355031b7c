package org.dinobench.ui.common.workspace;

import java.util.List;
import java.util.Optional;

/**
 * A run that is being thought about in one view and made in the wizard of another bundle.
 *
 * @param preset name of the preset that it starts from
 * @param assignments what differs from the preset, as {@code key=value}
 */
public record RunDraft(String preset, List<String> assignments) {
    private static RunDraft current;

    /** Copies the list. */
    public RunDraft {
        assignments = List.copyOf(assignments);
    }

    /** {@return the draft that the next wizard shall begin with; it is then forgotten; UI thread only} */
    public static Optional<RunDraft> take() {
        RunDraft draft = current;
        current = null;
        return Optional.ofNullable(draft);
    }

    /** Makes this the draft that the next wizard begins with; UI thread only. */
    public void offer() {
        current = this;
    }
}
