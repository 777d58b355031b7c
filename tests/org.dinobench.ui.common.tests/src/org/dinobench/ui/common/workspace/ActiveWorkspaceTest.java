package org.dinobench.ui.common.workspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.workspace.Workspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActiveWorkspaceTest {
    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        ActiveWorkspace.close();
    }

    @Test
    void aSecondWorkbenchIsToldAndTheCommandLineIsNot() throws Exception {
        ActiveWorkspace.open(folder.resolve("w"));
        BadInputException told =
                assertThrows(BadInputException.class, () -> Workspace.openExclusively(folder.resolve("w"), "another")
                        .close());
        assertTrue(told.getMessage().contains("another workbench"), told.getMessage());
        try (Workspace shared = Workspace.open(folder.resolve("w"))) {
            assertEquals(folder.resolve("w").toAbsolutePath(), shared.folder());
        }
    }

    @Test
    void theWorkbenchsOwnStateDoesNotMakeAFolderUnusable() throws Exception {
        Files.createDirectories(folder.resolve("w/.metadata/.plugins"));
        ActiveWorkspace.open(folder.resolve("w"));
        assertTrue(Workspace.isWorkspace(folder.resolve("w")));
    }

    @Test
    void aFolderWithOtherFilesIsRefusedAndLeftAlone() throws Exception {
        Files.writeString(folder.resolve("letter.txt"), "dear");
        assertThrows(BadInputException.class, () -> ActiveWorkspace.open(folder));
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count(), "something was left behind");
        }
    }
}
