package org.dinobench.evaluation.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.dinobench.core.problem.BadInputException;

/**
 * Where an export is made and checked: a hidden folder beside the target. Files come to their names only when the check
 * has passed; whatever happens before, nothing of it is left and an earlier export stays as it was.
 */
final class Staging implements AutoCloseable {
    private final Path target;
    private final Path staged;
    private final boolean isFolder;
    private final Set<String> own;

    private Staging(Path target, boolean isFolder, Set<String> own) {
        this.target = target;
        this.isFolder = isFolder;
        this.own = own;
        Path folder = target.resolveSibling("." + target.getFileName() + "."
                + ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime()) + ".part");
        try {
            Files.createDirectories(folder);
        } catch (IOException problem) {
            throw new BadInputException(
                    target.toString(),
                    "nothing can be written there (" + problem.getMessage() + ")",
                    "check the permissions of its folder or choose another",
                    problem);
        }
        this.staged = folder;
    }

    /**
     * For a folder that does not exist, is empty or holds an earlier export.
     *
     * @param own names that an export may have
     * @throws BadInputException otherwise
     */
    static Staging folder(Path target, Set<String> own) {
        Path absolute = target.toAbsolutePath();
        Targets.folder(absolute, own);
        return new Staging(absolute, true, own);
    }

    /**
     * For a file that does not exist or can be replaced.
     *
     * @throws BadInputException otherwise
     */
    static Staging file(Path target) {
        Path absolute = target.toAbsolutePath();
        Targets.file(absolute);
        return new Staging(absolute, false, Set.of());
    }

    /** The folder, or the file, that is to be written. */
    Path path() {
        return isFolder ? staged : staged.resolve(target.getFileName());
    }

    /** Moves what was written to its place when it is right, and says what is there now. */
    ExportResult finish(String format, ExportResult.Check check, List<String> notes) throws IOException {
        return new ExportResult(format, target, check.passed() ? publish() : List.of(), check, notes);
    }

    private List<Path> publish() throws IOException {
        Path place = isFolder ? target : target.getParent();
        List<Path> made = list(staged);
        List<Path> placed = new ArrayList<>();
        if (isFolder && !Files.exists(target)) {
            Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
            made.forEach(file -> placed.add(target.resolve(file.getFileName())));
            return placed;
        }
        // a file that names others comes after them: the main file of file exports has the shortest name
        made.sort(Comparator.comparing(
                (Path file) -> -file.getFileName().toString().length()));
        for (Path file : made) {
            Path to = place.resolve(file.getFileName());
            Files.move(file, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            placed.add(to);
        }
        if (isFolder) {
            for (Path file : list(target)) {
                if (!placed.contains(file) && own.contains(file.getFileName().toString())) {
                    Files.delete(file);
                }
            }
        }
        return placed;
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return new ArrayList<>(files.sorted().toList());
        }
    }

    @Override
    public void close() throws IOException {
        if (Files.isDirectory(staged)) {
            for (Path file : list(staged)) {
                Files.delete(file);
            }
            Files.delete(staged);
        }
    }
}
