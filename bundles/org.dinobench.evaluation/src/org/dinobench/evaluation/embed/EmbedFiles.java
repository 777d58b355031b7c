package org.dinobench.evaluation.embed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.dinobench.core.catalog.VectorParquet;
import org.dinobench.core.io.AtomicFiles;
import org.dinobench.core.io.Json;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.evaluation.data.EvalImage;
import org.dinobench.faiss.NpyFile;
import org.dinobench.imaging.loader.BrokenImage;

/** The tables beside the vectors, and the summary that says that a folder is complete. */
final class EmbedFiles {
    static final String SUMMARY = "embed.json";
    private static final String FORMAT = "dinobench-embed-1";

    private final Path folder;
    private final int dimensions;

    EmbedFiles(Path folder, int dimensions) {
        this.folder = folder;
        this.dimensions = dimensions;
    }

    static Path vectors(Path folder) {
        return folder.resolve("features.npy");
    }

    static Path patches(Path folder) {
        return folder.resolve("patches.npy");
    }

    /**
     * What a finished call of the same work left; null when there is none.
     *
     * @throws BadInputException when the folder holds the result of other work
     */
    EmbedResult finished(String fingerprint) {
        Path file = folder.resolve(SUMMARY);
        if (!Files.isRegularFile(file)) {
            return null;
        }
        ObjectNode node = Json.readObject(file);
        if (!fingerprint.equals(node.path("fingerprint").asText())) {
            throw new BadInputException(
                    folder.toString(),
                    "it holds the features of another model, other images or other settings",
                    "choose another folder, or delete this one");
        }
        if (!Files.isRegularFile(vectors(folder))) {
            throw new BadInputException(
                    folder.toString(), "its features.npy is missing", "delete " + SUMMARY + " and embed again");
        }
        List<BrokenImage> broken = new ArrayList<>();
        for (JsonNode entry : node.path("broken")) {
            broken.add(new BrokenImage(
                    entry.path("index").asInt(),
                    entry.path("path").asText(),
                    entry.path("problem").asText()));
        }
        long rows = node.path("rows").asLong();
        return new EmbedResult(folder, rows, dimensions, rows, broken, 0);
    }

    /** Writes the tables, the summary last. */
    void finish(List<EvalImage> images, EmbedResult result, String fingerprint, String model, EmbedSpec spec)
            throws IOException {
        Set<Integer> broken = result.broken().stream().map(BrokenImage::index).collect(Collectors.toSet());
        List<EvalImage> rows = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            if (!broken.contains(i)) {
                rows.add(images.get(i));
            }
        }
        csv(rows);
        parquet(rows);
        summary(result, fingerprint, model, spec);
    }

    private void csv(List<EvalImage> rows) throws IOException {
        StringBuilder out = new StringBuilder("row,path,label,split,group\r\n");
        for (int r = 0; r < rows.size(); r++) {
            out.append(r);
            for (String text : texts(rows.get(r))) {
                out.append(',').append(quoted(text));
            }
            out.append("\r\n");
        }
        AtomicFiles.writeString(folder.resolve("images.csv"), out.toString());
    }

    private static List<String> texts(EvalImage image) {
        return List.of(image.id(), image.label(), image.split(), image.group());
    }

    private static String quoted(String text) {
        boolean special = text.matches("(?s).*[,\"\\r\\n].*");
        return special ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
    }

    private void parquet(List<EvalImage> rows) throws IOException {
        NpyFile npy = NpyFile.open(vectors(folder));
        ByteBuffer bytes = ByteBuffer.allocate(dimensions * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        VectorParquet.write(
                folder.resolve("features.parquet"),
                List.of("path", "label", "split", "group"),
                "vector",
                dimensions,
                sink -> {
                    try (InputStream in = new BufferedInputStream(Files.newInputStream(npy.file()), 1 << 20)) {
                        in.skipNBytes(npy.offset());
                        float[] vector = new float[dimensions];
                        for (EvalImage image : rows) {
                            if (in.readNBytes(bytes.array(), 0, bytes.capacity()) < bytes.capacity()) {
                                throw new EOFException(npy.file() + " ends early");
                            }
                            bytes.asFloatBuffer().get(vector);
                            sink.row(texts(image), vector);
                        }
                    }
                });
    }

    private void summary(EmbedResult result, String fingerprint, String model, EmbedSpec spec) throws IOException {
        ObjectNode node = Json.object();
        node.put("format", FORMAT).put("rows", result.rows()).put("dimensions", dimensions);
        node.put("features", spec.kind().words()).put("patches", spec.patches());
        node.put("resize", spec.transform().resize())
                .put("size", spec.transform().size());
        node.put("model_sha256", model).put("seconds", result.seconds());
        node.put("fingerprint", fingerprint);
        result.broken().forEach(b -> node.withArray("broken")
                .addObject()
                .put("index", b.index())
                .put("path", b.name())
                .put("problem", b.problem()));
        Json.write(folder.resolve(SUMMARY), node);
    }
}
