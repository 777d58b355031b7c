package org.dinobench.curator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.dinobench.core.catalog.ImageProbe;
import org.dinobench.core.catalog.LabelSource;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.workspace.DatasetDirectory;
import org.dinobench.imaging.BrokenImageException;
import org.dinobench.imaging.ImageHeader;
import org.dinobench.imaging.ImageReader;

/** Data sets for tests, imported from folders. */
public final class TestDatasets {
    private TestDatasets() {}

    /** A folder of the test data, or nothing (with the reason on standard output) where it is not there. */
    public static Optional<Path> testData(String name) {
        String root = System.getenv("DINOBENCH_TEST_DATA");
        if (root == null || !Files.isDirectory(Path.of(root, name))) {
            System.out.println("Not checked: DINOBENCH_TEST_DATA names no folder with " + name);
            return Optional.empty();
        }
        return Optional.of(Path.of(root, name));
    }

    public static DatasetDirectory imported(Path folder, Path images, LabelSource labels) throws IOException {
        DatasetDirectory dataset = new DatasetDirectory(folder).create();
        dataset.catalog().importFolder(images, labels, probe(), 2, JobMonitor.NONE);
        return dataset;
    }

    public static ImageProbe probe() {
        ImageReader reader = new ImageReader();
        return file -> {
            try {
                ImageHeader header = reader.verify(file);
                return ImageProbe.Result.ok(
                        header.width(),
                        header.height(),
                        header.format().name().toLowerCase(java.util.Locale.ROOT),
                        header.orientation());
            } catch (BrokenImageException e) {
                return ImageProbe.Result.broken(e.getMessage());
            }
        };
    }
}
