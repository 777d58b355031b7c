package org.dinobench.curator.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.dinobench.core.catalog.Manifest;
import org.dinobench.core.catalog.ManifestEntry;
import org.dinobench.core.io.ContentHash;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.curator.CurationImage;
import org.dinobench.curator.Review;

/** Images outside the catalog: a folder, or a manifest of which the kept ones count. */
public final class ImageList {
    private static final Set<String> EXTENSIONS =
            Set.of("jpg", "jpeg", "png", "bmp", "tif", "tiff", "webp", "jpe", "gif", "dcm");

    private ImageList() {}

    /**
     * Lists and hashes the images.
     *
     * @param source a folder or a {@code .csv} file
     * @param where the key that names it, for messages
     * @throws BadInputException when there is no image
     */
    public static List<CurationImage> read(String source, String where, JobMonitor monitor) throws IOException {
        Path path = Path.of(source);
        List<Path> files;
        if (Files.isDirectory(path)) {
            files = folder(path);
        } else if (Files.isRegularFile(path)) {
            files = Manifest.read(path).stream()
                    .filter(ManifestEntry::keep)
                    .map(entry -> entry.file(path))
                    .toList();
        } else {
            throw new BadInputException(where, "there is no folder or manifest " + source, "check the path");
        }
        if (files.isEmpty()) {
            throw new BadInputException(where, source + " holds no images", "name a folder or manifest with images");
        }
        monitor.begin("Reading " + source, files.size());
        List<CurationImage> images = new ArrayList<>();
        for (Path file : files) {
            monitor.checkStopped();
            if (!Files.isRegularFile(file)) {
                throw new BadInputException(where, "there is no file " + file, "correct " + source);
            }
            String hash = ContentHash.of(file);
            images.add(new CurationImage(file.toString(), file, hash, 0, "", "", images.size(), Review.NONE));
            monitor.worked(1);
        }
        return images;
    }

    private static List<Path> folder(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            return tree.filter(Files::isRegularFile)
                    .filter(file -> EXTENSIONS.contains(extension(file)))
                    .sorted()
                    .toList();
        }
    }

    private static String extension(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
