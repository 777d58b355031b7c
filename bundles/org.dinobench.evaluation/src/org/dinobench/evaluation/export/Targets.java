package org.dinobench.evaluation.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.dinobench.core.problem.BadInputException;

/** Checks where an export goes, before anything is computed. */
final class Targets {
    private Targets() {}

    /**
     * Accepts a folder that is absent, empty or only holds files of an earlier export, in one that exists or can be made.
     *
     * @throws BadInputException when it is a file, holds something else or cannot be made
     */
    static void folder(Path folder, Set<String> own) {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new BadInputException(folder.toString(), "it is a file, not a folder", "choose another target");
        }
        if (!Files.exists(folder)) {
            parent(folder);
            return;
        }
        try (Stream<Path> inside = Files.list(folder)) {
            List<String> foreign = inside.map(p -> p.getFileName().toString())
                    .filter(n -> !own.contains(n))
                    .sorted()
                    .toList();
            if (!foreign.isEmpty()) {
                throw new BadInputException(
                        folder.toString(),
                        "the folder holds other files already (" + foreign.get(0) + ")",
                        "choose a new or empty folder");
            }
        } catch (IOException problem) {
            throw new BadInputException(
                    folder.toString(),
                    "the folder cannot be read (" + problem.getMessage() + ")",
                    "check its permissions or choose another",
                    problem);
        }
        if (!Files.isWritable(folder)) {
            throw new BadInputException(
                    folder.toString(), "the folder cannot be written", "check its permissions or choose another");
        }
    }

    /**
     * Accepts a file that is absent or can be replaced, in a folder that exists or can be made.
     *
     * @throws BadInputException otherwise
     */
    static void file(Path file) {
        if (Files.isDirectory(file)) {
            throw new BadInputException(file.toString(), "it is a folder, not a file", "name a file in it");
        }
        parent(file);
    }

    private static void parent(Path target) {
        Path folder = target.toAbsolutePath().getParent();
        try {
            Files.createDirectories(folder);
        } catch (IOException problem) {
            throw new BadInputException(
                    folder.toString(),
                    "the folder cannot be made (" + problem.getMessage() + ")",
                    "check its permissions or choose another",
                    problem);
        }
        if (!Files.isWritable(folder)) {
            throw new BadInputException(
                    folder.toString(), "the folder cannot be written", "check its permissions or choose another");
        }
    }
}
