package org.dinobench.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.dinobench.core.io.Json;
import org.dinobench.core.problem.BadInputException;

/** What can be told of a TorchScript archive without running it. */
public final class TorchScriptFile {
    /** Name of the extra file in which exports of ours describe themselves, as JSON. */
    public static final String DESCRIPTION = "dinobench.json";

    private static final int LARGEST_DESCRIPTION = 1 << 16;
    private static final int LARGEST_SIDE = 2048;

    private TorchScriptFile() {}

    /** Whether a file is a zip archive with compiled code inside; plain weights of {@code torch.save} have none. */
    public static boolean is(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return zip.stream().anyMatch(entry -> entry.getName().matches("[^/]+/code/.+"));
        } catch (IOException notZip) {
            return false;
        }
    }

    /**
     * The side in pixels of the square images that an export of ours was made for; empty for files of others.
     *
     * @throws BadInputException when the description is damaged
     */
    public static OptionalInt imageSide(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Optional<? extends ZipEntry> entry = zip.stream()
                    .filter(e -> e.getName().matches("[^/]+/extra/" + DESCRIPTION.replace(".", "\\.")))
                    .findFirst();
            if (entry.isEmpty()) {
                return OptionalInt.empty();
            }
            try (InputStream in = zip.getInputStream(entry.get())) {
                String text = new String(in.readNBytes(LARGEST_DESCRIPTION), StandardCharsets.UTF_8);
                int side = Json.parseObject(file.toString(), text)
                        .path("input_size")
                        .asInt();
                if (side < 1 || side > LARGEST_SIDE) {
                    throw new BadInputException(
                            file.toString(),
                            "it describes images of " + side + " pixels",
                            "sizes are 1 to " + LARGEST_SIDE + "; export it again");
                }
                return OptionalInt.of(side);
            }
        }
    }
}
