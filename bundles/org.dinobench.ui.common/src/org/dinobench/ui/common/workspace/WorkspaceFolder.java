package org.dinobench.ui.common.workspace;

import java.io.IOException;
import java.nio.file.Path;
import org.dinobench.core.workspace.Workspace;
import org.dinobench.ui.common.Messages;
import org.eclipse.core.runtime.ILog;

/** A workspace that this workbench has taken for itself. */
final class WorkspaceFolder {
    private final Workspace workspace;

    private WorkspaceFolder(Workspace workspace) {
        this.workspace = workspace;
    }

    static WorkspaceFolder take(Path root) {
        return new WorkspaceFolder(Workspace.openExclusively(root, Messages.WorkspaceFolder_Who));
    }

    Workspace workspace() {
        return workspace;
    }

    void close() {
        try {
            workspace.close();
        } catch (IOException e) {
            // the operating system gives the lock back when this process ends
            ILog.of(WorkspaceFolder.class).warn("The workspace's lock could not be given back", e); // $NON-NLS-1$
        }
    }
}
