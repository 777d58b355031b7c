package org.dinobench.ui.common.workspace;

import java.nio.file.Path;
import java.util.Optional;
import org.dinobench.core.run.RunStatus;

/**
 * One thing in the workspace, as it was when the workspace was last looked at. Items are values: a new look gives new
 * items, and equal ones mean that nothing has changed.
 *
 * @param kind what it is
 * @param name its name in the workspace
 * @param folder its folder
 * @param note its size or state in a few words, empty for none
 * @param status the status of a run
 * @param stamp changes when its main file does, 0 when there is none
 * @param problem why it cannot be read, empty when it can
 */
public record WorkspaceItem(
        ItemKind kind, String name, Path folder, String note, Optional<RunStatus> status, long stamp, String problem) {
    /**
     * Whether another item is the same thing, perhaps in another state.
     *
     * @param other an item or null
     * @return true when kind and folder are the same
     */
    public boolean sameAs(WorkspaceItem other) {
        return other != null && kind == other.kind && folder.equals(other.folder);
    }

    /** {@return whether it can be read} */
    public boolean readable() {
        return problem.isEmpty();
    }
}
