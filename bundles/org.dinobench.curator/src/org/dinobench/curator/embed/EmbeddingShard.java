package org.dinobench.curator.embed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dinobench.core.io.AtomicFiles;
import org.dinobench.core.io.ContentHash;
import org.dinobench.core.io.Json;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.faiss.NpyFile;

/**
 * One finished part of an embedding: the vectors in {@code shard-N.npy}, and in {@code shard-N.json} whose they are.
 * The header is written last, so a shard is there whole or not at all.
 *
 * @param vectors the matrix, one row for each key
 * @param checksum SHA-256 of the matrix file
 * @param keys content hashes of the images, in the order of the rows
 * @param broken content hashes of images without a vector, with the reason
 */
record EmbeddingShard(Path vectors, String checksum, List<String> keys, Map<String, String> broken) {
    private static final String FORMAT = "dinobench-embeddings-1";

    static Path vectorsFile(Path folder, int number) {
        return folder.resolve(String.format("shard-%05d.npy", number));
    }

    private static Path headerFile(Path vectors) {
        String name = vectors.getFileName().toString();
        return vectors.resolveSibling(name.substring(0, name.length() - 4) + ".json");
    }

    /** Writes a shard; its number must be free, or left by a run that was killed between the two files. */
    static EmbeddingShard write(
            Path folder,
            int number,
            String embedder,
            int dimension,
            Map<String, float[]> rows,
            Map<String, String> broken)
            throws IOException {
        Path vectors = vectorsFile(folder, number);
        AtomicFiles.write(vectors, out -> {
            NpyFile.writeHeader(out, rows.size(), dimension);
            for (float[] row : rows.values()) {
                NpyFile.writeRows(out, row);
            }
        });
        EmbeddingShard shard =
                new EmbeddingShard(vectors, ContentHash.of(vectors), List.copyOf(rows.keySet()), Map.copyOf(broken));
        Json.write(headerFile(vectors), shard.header(embedder, dimension));
        return shard;
    }

    private ObjectNode header(String embedder, int dimension) {
        ObjectNode header = Json.object();
        header.put("format", FORMAT);
        header.put("embedder", embedder);
        header.put("dimension", dimension);
        header.put("rows", keys.size());
        header.put("sha256", checksum);
        ArrayNode list = header.putArray("keys");
        keys.forEach(list::add);
        ObjectNode failures = header.putObject("broken");
        broken.forEach(failures::put);
        return header;
    }

    /**
     * Reads the header of shard {@code number}, or null where there is none.
     *
     * @throws BadInputException when header and matrix do not belong together
     */
    static EmbeddingShard read(Path folder, int number, String embedder, int dimension) throws IOException {
        Path vectors = vectorsFile(folder, number);
        Path headerFile = headerFile(vectors);
        if (!Files.exists(headerFile)) {
            return null;
        }
        ObjectNode header = Json.readObject(headerFile);
        if (!FORMAT.equals(header.path("format").asText())
                || !embedder.equals(header.path("embedder").asText())
                || header.path("dimension").asInt() != dimension) {
            throw damaged(headerFile, "it was written by another embedder or version");
        }
        List<String> keys = new ArrayList<>();
        header.path("keys").forEach(key -> keys.add(key.asText()));
        Map<String, String> broken = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : header.path("broken").properties()) {
            broken.put(entry.getKey(), entry.getValue().asText());
        }
        NpyFile matrix = NpyFile.open(vectors);
        if (matrix.rows() != keys.size() || matrix.dimension() != dimension) {
            throw damaged(headerFile, "its keys do not fit " + vectors.getFileName());
        }
        return new EmbeddingShard(vectors, header.path("sha256").asText(), List.copyOf(keys), broken);
    }

    /** @throws BadInputException when the matrix is not the one that was written */
    void verify() throws IOException {
        if (!ContentHash.of(vectors).equals(checksum)) {
            throw damaged(vectors, "its checksum differs");
        }
    }

    private static BadInputException damaged(Path file, String problem) {
        return new BadInputException(
                file.toString(), problem, "delete the folder " + file.getParent() + " and embed again");
    }
}
