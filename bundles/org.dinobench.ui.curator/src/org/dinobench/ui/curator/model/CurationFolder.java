package org.dinobench.ui.curator.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.workspace.DatasetDirectory;
import org.dinobench.curator.dedup.ConfirmedPairs;
import org.dinobench.curator.dedup.StoredSimilarities;
import org.dinobench.curator.spec.CurationSpec;

/**
 * A finished curation of a dataset: its folder with the newest version of every file.
 *
 * @param folder the folder
 * @param stamp when it was finished, milliseconds since 1970
 */
public record CurationFolder(Path folder, long stamp) {
    private static final String SUMMARY = "curation.json"; // $NON-NLS-1$

    /**
     * The curations of a dataset.
     *
     * @param dataset the dataset
     * @return those that were finished, the newest first
     * @throws IOException when the folder cannot be listed
     */
    public static List<CurationFolder> of(DatasetDirectory dataset) throws IOException {
        if (!Files.isDirectory(dataset.curationsFolder())) {
            return List.of();
        }
        List<Path> folders;
        try (Stream<Path> all = Files.list(dataset.curationsFolder())) {
            folders = all.filter(f -> Files.isRegularFile(f.resolve(SUMMARY))).toList();
        }
        List<CurationFolder> found = new ArrayList<>();
        for (Path folder : folders) {
            found.add(new CurationFolder(
                    folder, Files.getLastModifiedTime(folder.resolve(SUMMARY)).toMillis()));
        }
        found.sort(Comparator.comparingLong(CurationFolder::stamp).reversed().thenComparing(c -> c.folder()
                .toString()));
        return List.copyOf(found);
    }

    /** {@return its name among the curations of the dataset} */
    public String name() {
        return folder.getFileName().toString();
    }

    /**
     * The specification that it was made with.
     *
     * @return it
     * @throws BadInputException when the file is not there or damaged
     */
    public CurationSpec spec() {
        return CurationSpec.read(folder.resolve("spec.yaml")); // $NON-NLS-1$
    }

    /**
     * How alike the images and their nearest ones are.
     *
     * @return empty when near-duplicates were not looked for
     * @throws BadInputException when the file is damaged
     */
    public Optional<StoredSimilarities> similarities() {
        Path file = folder.resolve(StoredSimilarities.FILE);
        return Files.isRegularFile(file) ? Optional.of(StoredSimilarities.read(file)) : Optional.empty();
    }

    /**
     * The near-duplicates that it confirmed.
     *
     * @return empty when they were not looked for, or not kept
     * @throws IOException when the file cannot be read
     * @throws BadInputException when it is damaged
     */
    public Optional<ConfirmedPairs> pairs() throws IOException {
        Path file = folder.resolve("pairs.csv"); // $NON-NLS-1$
        return Files.isRegularFile(file) ? Optional.of(ConfirmedPairs.read(file)) : Optional.empty();
    }
}
