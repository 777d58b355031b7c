package org.dinobench.evaluation.embed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dinobench.core.io.Json;
import org.dinobench.imaging.loader.BrokenImage;

/**
 * How far an embedding is, on the disk.
 *
 * @param fingerprint of model, images and settings
 * @param seen images looked at
 * @param rows of them, images with a vector
 * @param broken the others, numbered in the list of all images
 */
record EmbedState(String fingerprint, int seen, long rows, List<BrokenImage> broken) {
    EmbedState {
        broken = List.copyOf(broken);
    }

    static EmbedState start(String fingerprint) {
        return new EmbedState(fingerprint, 0, 0, List.of());
    }

    private static Path file(Path folder) {
        return folder.resolve("embed.part.json");
    }

    /** The state of an interrupted call with the same fingerprint, else null. */
    static EmbedState read(Path folder, String fingerprint) {
        if (!Files.isRegularFile(file(folder))) {
            return null;
        }
        ObjectNode node = Json.readObject(file(folder));
        if (!fingerprint.equals(node.path("fingerprint").asText())) {
            return null;
        }
        List<BrokenImage> broken = new ArrayList<>();
        for (JsonNode entry : node.path("broken")) {
            broken.add(new BrokenImage(
                    entry.path("index").asInt(),
                    entry.path("name").asText(),
                    entry.path("problem").asText()));
        }
        return new EmbedState(
                fingerprint, node.path("seen").asInt(), node.path("rows").asLong(), broken);
    }

    void write(Path folder) throws IOException {
        ObjectNode node = Json.object();
        node.put("fingerprint", fingerprint).put("seen", seen).put("rows", rows);
        broken.forEach(b -> node.withArray("broken")
                .addObject()
                .put("index", b.index())
                .put("name", b.name())
                .put("problem", b.problem()));
        Json.write(file(folder), node);
    }

    static void delete(Path folder) throws IOException {
        Files.deleteIfExists(file(folder));
    }
}
