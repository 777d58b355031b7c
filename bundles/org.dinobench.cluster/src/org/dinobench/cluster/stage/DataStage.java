package org.dinobench.cluster.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.dinobench.cluster.site.Site;
import org.dinobench.core.catalog.Manifest;
import org.dinobench.core.catalog.ManifestEntry;
import org.dinobench.core.io.ContentHash;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;

/**
 * Brings the kept images of a manifest to a site, each once under the hash of its content: images that two data sets share,
 * or that were brought for another run, are not sent again.
 */
public final class DataStage {
    private final Map<String, Path> files = new LinkedHashMap<>();
    private final Map<String, String> hashes = new LinkedHashMap<>();
    private final List<ManifestEntry> entries = new ArrayList<>();
    private final JobMonitor monitor;

    /**
     * Reads the images once.
     *
     * @throws BadInputException when one is missing
     */
    public DataStage(Path manifest, JobMonitor monitor) throws IOException {
        this.monitor = monitor;
        List<ManifestEntry> kept =
                Manifest.read(manifest).stream().filter(ManifestEntry::keep).toList();
        monitor.begin("Reading images", kept.size());
        for (ManifestEntry entry : kept) {
            monitor.checkStopped();
            Path file = entry.file(manifest);
            if (!Files.isRegularFile(file)) {
                throw new BadInputException(
                        manifest.toString(),
                        "there is no file " + file,
                        "import the images again, or set keep to false");
            }
            String hash = ContentHash.of(file);
            String path = hash.substring(0, 2) + "/" + hash + extension(file);
            files.put(path, file);
            hashes.put(path, hash);
            entries.add(new ManifestEntry(
                    path, entry.label(), entry.split(), entry.group(), entry.cluster(), true, entry.reason()));
            monitor.worked(1);
        }
    }

    private static String extension(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String extension = dot < 0 ? "" : name.substring(dot).toLowerCase(Locale.ROOT);
        return extension.matches("\\.[a-z0-9]{1,8}") ? extension : "";
    }

    /**
     * Brings what is not there yet, and the manifest of a run.
     *
     * @param folder of product and data on the site
     * @param manifest where the manifest is to lie on the site
     */
    public Staging.Report bring(Site site, String folder, String manifest) throws IOException {
        String images = site.absolute(folder) + "/images";
        Staging.Report report = new Staging(site, images, monitor).bring(files, hashes, false);
        Path text = Files.createTempFile("dinobench-manifest", ".csv");
        try {
            Manifest.write(
                    text,
                    entries.stream()
                            .map(e -> new ManifestEntry(
                                    images + "/" + e.path(),
                                    e.label(),
                                    e.split(),
                                    e.group(),
                                    e.cluster(),
                                    true,
                                    e.reason()))
                            .toList());
            site.write(manifest, Files.readAllBytes(text));
        } finally {
            Files.deleteIfExists(text);
        }
        return report;
    }
}
