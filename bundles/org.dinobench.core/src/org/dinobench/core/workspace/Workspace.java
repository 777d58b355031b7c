package org.dinobench.core.workspace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.dinobench.core.io.AtomicFiles;
import org.dinobench.core.io.Json;
import org.dinobench.core.problem.BadInputException;

/**
 * A folder that holds datasets, runs, evaluations and exports. Any number of command lines may have it open, and one
 * workbench: that one takes the lock.
 */
public final class Workspace implements AutoCloseable {
    /** File that makes a folder a workspace. */
    public static final String MARKER = "dinobench-workspace.json";

    /** Version of the layout that this program writes and the newest that it reads. */
    public static final int FORMAT = 1;

    private static final String LOCK = ".dinobench-workspace.lock";

    private final Path folder;
    private final WorkspaceLock lock;

    private Workspace(Path folder, WorkspaceLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** Whether the folder is marked as a workspace, whatever its version. */
    public static boolean isWorkspace(Path folder) {
        return Files.isRegularFile(folder.resolve(MARKER));
    }

    /**
     * Opens for sharing with others, as the command line does; makes a new workspace of a missing or empty folder.
     *
     * @throws BadInputException when the folder is no workspace and not empty, cannot be written, or comes from a newer
     *     version
     */
    public static Workspace open(Path folder) {
        Path absolute = prepared(folder);
        return new Workspace(absolute, null);
    }

    /**
     * Opens as the only workbench; otherwise as {@link #open}.
     *
     * @param who a phrase that a second opener is shown, such as {@code "the workbench"}
     * @throws BadInputException also when another workbench has it open, with who and since when
     */
    @SuppressWarnings("resource") // the workspace returned closes the lock
    public static Workspace openExclusively(Path folder, String who) {
        Path absolute = prepared(folder);
        try {
            return new Workspace(absolute, WorkspaceLock.acquire(absolute.resolve(LOCK), who));
        } catch (IOException e) {
            throw unwritable(absolute, e);
        }
    }

    private static Path prepared(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        Path marker = absolute.resolve(MARKER);
        try {
            if (Files.exists(marker)) {
                checkFormat(marker);
            } else {
                checkEmpty(absolute);
                Files.createDirectories(absolute);
                ObjectNode node = Json.object();
                node.put("format", FORMAT);
                node.put("created", Instant.now().toString());
                Json.write(marker, node);
            }
            for (String part : List.of("datasets", "runs", "evaluations", "exports")) {
                Files.createDirectories(absolute.resolve(part));
            }
            checkWritable(absolute);
        } catch (IOException e) {
            throw unwritable(absolute, e);
        }
        return absolute;
    }

    private static void checkFormat(Path marker) {
        ObjectNode node = Json.readObject(marker);
        if (!node.path("format").isInt()) {
            throw new BadInputException(
                    marker.toString(), "there is no format version in it", "the file is damaged; restore it");
        }
        int format = node.path("format").asInt();
        if (format > FORMAT) {
            throw new BadInputException(
                    marker.getParent().toString(),
                    "this workspace has format " + format + " and this program knows formats up to " + FORMAT,
                    "open it with a newer Dinobench");
        }
    }

    private static void checkEmpty(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            // the workbench's own state may be there before the workspace is
            if (files.anyMatch(f -> !f.getFileName().toString().equals(".metadata"))) {
                throw new BadInputException(
                        folder.toString(),
                        "this folder holds other files and is no Dinobench workspace",
                        "choose an empty or a new folder");
            }
        }
    }

    /** Permissions do not tell (administrators, mounted volumes): only writing does. */
    private static void checkWritable(Path folder) throws IOException {
        Path probe = folder.resolve(".write-test-" + ProcessHandle.current().pid() + "-" + System.nanoTime());
        AtomicFiles.writeString(probe, "");
        Files.delete(probe);
    }

    private static BadInputException unwritable(Path folder, IOException e) {
        return new BadInputException(
                folder.toString(),
                "the workspace cannot be written (" + e.getMessage() + ")",
                "choose a folder that you may write to, or change its permissions",
                e);
    }

    /** The workspace's folder, absolute. */
    public Path folder() {
        return folder;
    }

    /** Folder of all datasets. */
    public Path datasetsFolder() {
        return folder.resolve("datasets");
    }

    /** Folder of all runs. */
    public Path runsFolder() {
        return folder.resolve("runs");
    }

    /** Folder of all evaluations, one folder each. */
    public Path evaluationsFolder() {
        return folder.resolve("evaluations");
    }

    /** Folder of exported models. */
    public Path exportsFolder() {
        return folder.resolve("exports");
    }

    /** All datasets by name. */
    public List<DatasetDirectory> datasets() throws IOException {
        return folders(datasetsFolder()).map(DatasetDirectory::new).toList();
    }

    /**
     * The dataset of this name; its folder need not exist yet.
     *
     * @throws BadInputException when the name cannot be used
     */
    public DatasetDirectory dataset(String name) {
        return new DatasetDirectory(datasetsFolder().resolve(Names.check("dataset", name)));
    }

    /** All runs by name. */
    public List<RunDirectory> runs() throws IOException {
        return folders(runsFolder())
                .filter(RunDirectory::isRun)
                .map(RunDirectory::open)
                .toList();
    }

    /**
     * Where a run of this name lies or would lie.
     *
     * @throws BadInputException when the name cannot be used
     */
    public Path runFolder(String name) {
        return runsFolder().resolve(Names.check("run", name));
    }

    /** Folders of all evaluations by name. */
    public List<Path> evaluations() throws IOException {
        return folders(evaluationsFolder()).toList();
    }

    /** Folders and files in the exports folder by name. */
    public List<Path> exports() throws IOException {
        try (Stream<Path> files = Files.list(exportsFolder())) {
            return files.filter(f -> !f.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    /** A name that is free in {@code parent}: {@code wanted}, or it with a number behind. */
    public static String freeName(Path parent, String wanted) {
        String name = wanted;
        for (int i = 2; Files.exists(parent.resolve(name)); i++) {
            name = wanted + "-" + i;
        }
        return name;
    }

    private static Stream<Path> folders(Path parent) throws IOException {
        try (Stream<Path> files = Files.list(parent)) {
            return files
                    .filter(Files::isDirectory)
                    .filter(f -> !f.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    /** Gives the lock back, if this opening has it. */
    @Override
    public void close() throws IOException {
        if (lock != null) {
            lock.close();
        }
    }
}
