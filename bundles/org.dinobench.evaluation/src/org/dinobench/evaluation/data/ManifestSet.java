package org.dinobench.evaluation.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dinobench.core.catalog.Manifest;
import org.dinobench.core.catalog.ManifestEntry;
import org.dinobench.core.io.ContentHash;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;

/** The labelled images of a manifest. */
public final class ManifestSet {
    private ManifestSet() {}

    /**
     * Reads the kept and labelled images of a manifest, and hashes their files so that equal ones are never on both
     * sides of a split.
     *
     * @param file {@code manifest.csv}
     * @throws BadInputException when it is no manifest, a file is missing, or fewer than two classes are left
     */
    public static LabelledSet read(Path file, JobMonitor monitor) throws IOException {
        return LabelledSet.of(file.toString(), images(file, true, monitor));
    }

    /**
     * As above for work that needs no labels: all kept images.
     *
     * @throws BadInputException when it is no manifest, a file is missing, or nothing is kept
     */
    public static LabelledSet readWithoutLabels(Path file, JobMonitor monitor) throws IOException {
        return LabelledSet.withoutLabels(file.toString(), images(file, false, monitor));
    }

    private static List<EvalImage> images(Path file, boolean labelled, JobMonitor monitor) throws IOException {
        List<ManifestEntry> entries = Manifest.read(file).stream()
                .filter(entry -> entry.keep() && (!labelled || !entry.label().isEmpty()))
                .toList();
        monitor.begin("Hashing images", entries.size());
        List<EvalImage> images = new ArrayList<>(entries.size());
        for (ManifestEntry entry : entries) {
            monitor.checkStopped();
            Path image = entry.file(file);
            if (!Files.isRegularFile(image)) {
                throw new BadInputException(
                        file.toString(), "the image " + image + " does not exist", "check the manifest's paths");
            }
            images.add(new EvalImage(
                    image, entry.path(), entry.label(), entry.split(), entry.group(), ContentHash.of(image)));
            monitor.worked(1);
        }
        return images;
    }
}
