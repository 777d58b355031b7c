package org.dinobench.core.workspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.dinobench.core.ChildJvm;
import org.dinobench.core.FullDisk;
import org.dinobench.core.problem.BadInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkspaceTest {
    @TempDir
    Path folder;

    /** Holds the workspace until its input ends. */
    public static final class Holder {
        public static void main(String[] args) throws Exception {
            try (Workspace workspace = Workspace.openExclusively(Path.of(args[0]), "the other workbench")) {
                Files.writeString(Path.of(args[1]), workspace.folder().toString());
                System.in.read();
            }
        }
    }

    @Test
    void aNewFolderBecomesAWorkspaceThatOpensAgain() throws Exception {
        Path place = folder.resolve("mein Arbeitsplatz ü");
        try (Workspace first = Workspace.open(place)) {
            assertEquals(List.of(), first.runs());
            first.dataset("isic 9").create();
            Files.createDirectories(first.evaluationsFolder().resolve("e1"));
        }
        assertTrue(Workspace.isWorkspace(place));
        try (Workspace again = Workspace.open(place)) {
            assertEquals("isic 9", again.datasets().get(0).name());
            assertFalse(again.datasets().get(0).exists());
            assertThrows(BadInputException.class, () -> again.dataset("other").required());
            assertEquals(1, again.evaluations().size());
        }
    }

    @Test
    void theSecondWorkbenchInThisProcessIsTold() throws Exception {
        try (Workspace first = Workspace.openExclusively(folder, "the workbench")) {
            BadInputException e =
                    assertThrows(BadInputException.class, () -> Workspace.openExclusively(first.folder(), "another"));
            assertTrue(e.problem().contains("the workbench, user "), e.problem());
            Workspace.open(folder).close(); // the command line may come in
        }
        Workspace.openExclusively(folder, "later").close();
    }

    @Test
    void theSecondWorkbenchInAnotherProcessIsToldAndAKillFreesTheLock() throws Exception {
        Path ready = folder.resolve("ready");
        Path place = folder.resolve("w");
        Process holder = ChildJvm.start(
                Holder.class,
                List.of(
                        Workspace.class,
                        JsonNode.class,
                        JsonParser.class,
                        ChildJvm.neighbour(JsonNode.class, "com.fasterxml.jackson.annotation.JsonInclude")),
                List.of(place.toString(), ready.toString()),
                folder.resolve("out"));
        try {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (!Files.exists(ready) && holder.isAlive() && System.nanoTime() < deadline) {
                Thread.sleep(20);
            }
            assertTrue(Files.exists(ready), () -> read(folder.resolve("out")));
            BadInputException e =
                    assertThrows(BadInputException.class, () -> Workspace.openExclusively(place, "the workbench"));
            assertTrue(e.problem().contains("the other workbench"), e.problem());
            assertTrue(e.problem().contains("process " + holder.pid()), e.problem());
        } finally {
            holder.destroyForcibly().waitFor();
        }
        Workspace.openExclusively(place, "the workbench").close();
    }

    @Test
    void aNewerWorkspaceIsRefusedAndLeftAlone() throws Exception {
        Workspace.open(folder).close();
        Path marker = folder.resolve(Workspace.MARKER);
        Files.writeString(marker, "{\"format\": 2}");
        BadInputException e = assertThrows(BadInputException.class, () -> Workspace.open(folder));
        assertTrue(e.remedy().contains("newer Dinobench"), e.remedy());
        assertEquals("{\"format\": 2}", Files.readString(marker));
        Files.writeString(marker, "{\"form");
        assertThrows(BadInputException.class, () -> Workspace.open(folder));
        Files.writeString(marker, "{}");
        assertThrows(BadInputException.class, () -> Workspace.open(folder));
    }

    @Test
    void aFolderWithOtherFilesIsNotTaken() throws Exception {
        Files.writeString(folder.resolve("thesis.txt"), "x");
        assertThrows(BadInputException.class, () -> Workspace.open(folder));
        assertEquals(1, folder.toFile().list().length);
    }

    @Test
    void aPlaceThatCannotBeWrittenIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "x");
        BadInputException e = assertThrows(BadInputException.class, () -> Workspace.open(file.resolve("w")));
        assertTrue(e.problem().contains("cannot be written"), e.problem());
        Optional<FullDisk> disk = FullDisk.mount(folder.resolve("disk"), "size=1m");
        if (disk.isEmpty()) {
            System.out.println("WorkspaceTest: no read-only volume here, because mounting needs root");
            return;
        }
        try (FullDisk volume = disk.get()) {
            Path place = volume.folder().resolve("w");
            Workspace.open(place).close();
            volume.remount("ro");
            assertThrows(BadInputException.class, () -> Workspace.open(place));
            assertThrows(BadInputException.class, () -> Workspace.openExclusively(place, "x"));
            volume.remount("rw");
            Workspace.open(place).close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".hidden", "..", "a/b", "a\\b", "a:b", "con", "NUL.txt", "end.", "end ", "a\nb", "-x", "a*"})
    void badNamesAreRefused(String name) {
        assertThrows(BadInputException.class, () -> Names.check("run", name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"isic9", "Läsion 2", "한국", "run-2026.11.24_a", "a (2)"})
    void goodNamesPass(String name) {
        assertEquals(name, Names.check("run", name));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException e) {
            return e.toString();
        }
    }
}
