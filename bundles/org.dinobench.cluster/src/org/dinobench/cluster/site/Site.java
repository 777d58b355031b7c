package org.dinobench.cluster.site;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A computer with a POSIX system on which commands are run and files are kept. Paths are texts with {@code /}; those
 * that are not absolute start at the home folder. Commands are lists of arguments: each program gets them as they are.
 * Implementations are thread-safe.
 */
public interface Site extends AutoCloseable {
    /** A name for messages, such as {@code ada@gpu1}. */
    String name();

    /** The home folder, absolute. */
    String home();

    /**
     * Runs a command to its end.
     *
     * @param arguments the program and its arguments
     * @param input for its standard input; may be empty
     * @param limit after which it is ended
     * @throws IOException when the site cannot be reached; a command that fails is a result
     */
    CommandResult run(List<String> arguments, byte[] input, Duration limit) throws IOException;

    /** Runs a command without input, for at most a minute. */
    default CommandResult run(String... arguments) throws IOException {
        return run(List.of(arguments), new byte[0], Duration.ofMinutes(1));
    }

    /**
     * Replaces a file, so that others see the old or the new one; makes its folder.
     *
     * @param from file of this computer, whose time of change it keeps
     */
    void put(Path from, String to) throws IOException;

    /** Replaces a file by a content, so that others see the old or the new one; makes its folder. */
    void write(String to, byte[] content) throws IOException;

    /**
     * A part of a file.
     *
     * @param offset of its first byte
     * @param most bytes to read
     * @return what is there, at most so many bytes; empty behind the end
     * @throws IOException also when there is no such file
     */
    byte[] read(String path, long offset, int most) throws IOException;

    /** Size of a file, or empty when there is none. */
    Optional<Long> size(String path) throws IOException;

    /** A path as an absolute one. */
    default String absolute(String path) {
        if (path.startsWith("/")) {
            return path;
        }
        String rest = path.equals("~") ? "" : path.startsWith("~/") ? path.substring(2) : path;
        return rest.isEmpty() ? home() : home() + "/" + rest;
    }

    /**
     * The plain files under a folder.
     *
     * @param depth levels of folders; 1 is the folder itself
     * @return nothing when there is no such folder
     */
    default List<SiteFile> list(String folder, int depth) throws IOException {
        CommandResult found = run(
                List.of(
                        "find",
                        absolute(folder) + "/",
                        "-maxdepth",
                        Integer.toString(depth),
                        "-type",
                        "f",
                        "-printf",
                        "%s %T@ %i %P\\0"),
                new byte[0],
                Duration.ofMinutes(5));
        List<SiteFile> files = new ArrayList<>();
        for (String line : found.out().split("\0")) {
            String[] parts = line.split(" ", 4);
            if (parts.length == 4) {
                files.add(new SiteFile(
                        parts[3],
                        Long.parseLong(parts[0]),
                        (long) Math.floor(Double.parseDouble(parts[1])),
                        Long.parseLong(parts[2])));
            }
        }
        return files;
    }

    @Override
    void close() throws IOException;
}
