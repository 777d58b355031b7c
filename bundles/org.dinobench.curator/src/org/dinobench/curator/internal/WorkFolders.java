package org.dinobench.curator.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Folders of unfinished work, one for each set of inputs; those that a finished run did not use are removed. */
public final class WorkFolders {
    private final Path root;
    private final Set<Path> used = new HashSet<>();

    /** @param root made when needed */
    public WorkFolders(Path root) {
        this.root = root;
    }

    /** The folder for work of a kind on inputs. */
    public Path folder(String kind, String fingerprint) throws IOException {
        Path folder = Files.createDirectories(root.resolve(kind + "-" + fingerprint));
        used.add(folder);
        return folder;
    }

    /** Removes folders that nobody asked for since this object was made. */
    public void removeOthers() throws IOException {
        if (!Files.isDirectory(root)) {
            return;
        }
        List<Path> others;
        try (Stream<Path> folders = Files.list(root)) {
            others = folders.filter(folder -> !used.contains(folder)).toList();
        }
        for (Path other : others) {
            try (Stream<Path> tree = Files.walk(other)) {
                for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
