package org.dinobench.evaluation.embed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.dinobench.core.catalog.Manifest;
import org.dinobench.core.catalog.ManifestEntry;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.evaluation.data.EvalImage;

/** The images to embed, in a fixed order. */
public final class EmbedImages {
    private static final Set<String> EXTENSIONS =
            Set.of("jpg", "jpeg", "jpe", "png", "bmp", "tif", "tiff", "webp", "gif");

    private EmbedImages() {}

    /**
     * All images below a folder, by path; their names are relative to it.
     *
     * @throws BadInputException when there is no such folder or no image in it
     */
    public static List<EvalImage> folder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new BadInputException(
                    folder.toString(),
                    Files.exists(folder) ? "this is no folder" : "there is no such folder",
                    "name a folder of images");
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            List<EvalImage> images = tree.filter(EmbedImages::isImage)
                    .filter(Files::isRegularFile)
                    .sorted()
                    .map(file -> image(file, folder.relativize(file).toString()))
                    .toList();
            return required(images, folder);
        }
    }

    /**
     * The kept images of a manifest, in its order, labelled or not.
     *
     * @throws BadInputException when it is no manifest or keeps nothing
     */
    public static List<EvalImage> manifest(Path file) {
        List<EvalImage> images = Manifest.read(file).stream()
                .filter(ManifestEntry::keep)
                .map(e -> new EvalImage(e.file(file), e.path(), e.label(), e.split(), e.group(), ""))
                .toList();
        return required(images, file);
    }

    private static List<EvalImage> required(List<EvalImage> images, Path source) {
        if (images.isEmpty()) {
            throw new BadInputException(source.toString(), "there is no image in it", "name a folder with images");
        }
        return images;
    }

    private static EvalImage image(Path file, String name) {
        return new EvalImage(file, name, "", "", "", "");
    }

    private static boolean isImage(Path file) {
        String name = file.getFileName().toString();
        return !name.startsWith(".")
                && EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }
}
