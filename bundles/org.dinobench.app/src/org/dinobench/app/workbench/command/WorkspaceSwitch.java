package org.dinobench.app.workbench.command;

import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.ui.PlatformUI;

/** Leaves this workspace for another one: the workbench closes, and the application starts it anew. */
public final class WorkspaceSwitch {
    private static Path next;

    private WorkspaceSwitch() {}

    /**
     * Closes the workbench, and asks for it to be started on another workspace.
     *
     * @param folder the workspace
     */
    public static void to(Path folder) {
        next = folder;
        if (!PlatformUI.getWorkbench().close()) {
            next = null;
        }
    }

    /** {@return the workspace to open after this workbench} */
    public static Optional<Path> next() {
        return Optional.ofNullable(next);
    }
}
