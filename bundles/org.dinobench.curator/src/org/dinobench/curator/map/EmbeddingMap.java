package org.dinobench.curator.map;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dinobench.core.io.AtomicFiles;
import org.dinobench.core.problem.BadInputException;

/**
 * A place in the plane for each image of a dataset, kept as CSV in the dataset's folder {@code maps}.
 *
 * @param keys content hashes of the images
 * @param places x and y of each
 */
public record EmbeddingMap(List<String> keys, float[] places) {
    private static final String HEAD = "hash,x,y";

    /** Copies the list. */
    public EmbeddingMap {
        keys = List.copyOf(keys);
        if (places.length != 2 * keys.size()) {
            throw new IllegalArgumentException(places.length + " coordinates of " + keys.size() + " images");
        }
    }

    /**
     * Where the t-SNE map of an embedder is kept.
     *
     * @param dataset the dataset's folder
     * @param embedder name of the embedder's folder
     */
    public static Path tsneFile(Path dataset, String embedder) {
        return dataset.resolve("maps").resolve(embedder + "-tsne.csv");
    }

    /** The first two principal components. @param table at least one vector */
    public static EmbeddingMap ofComponents(EmbeddingTable table) {
        return new EmbeddingMap(
                table.keys(),
                table.dimension() < 2
                        ? new float[2 * table.rows()]
                        : PrincipalComponents.project(table.values(), table.dimension(), 2, 0));
    }

    /** Writes the file, making its folder. */
    public void write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        AtomicFiles.write(file, out -> {
            OutputStreamWriter writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            writer.write(HEAD + "\n");
            for (int i = 0; i < keys.size(); i++) {
                writer.write(keys.get(i) + "," + places[2 * i] + "," + places[2 * i + 1] + "\n");
            }
            writer.flush();
        });
    }

    /**
     * Reads a file.
     *
     * @throws BadInputException when it is damaged, with the line
     */
    public static EmbeddingMap read(Path file) throws IOException {
        List<String> keys = new ArrayList<>();
        List<float[]> places = new ArrayList<>();
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            String line = reader.readLine();
            if (!HEAD.equals(line)) {
                throw damaged(file, 1);
            }
            int number = 1;
            while ((line = reader.readLine()) != null) {
                number++;
                String[] parts = line.split(",");
                if (parts.length != 3) {
                    throw damaged(file, number);
                }
                try {
                    places.add(new float[] {Float.parseFloat(parts[1]), Float.parseFloat(parts[2])});
                } catch (NumberFormatException e) {
                    throw damaged(file, number);
                }
                keys.add(parts[0]);
            }
        }
        float[] all = new float[2 * places.size()];
        for (int i = 0; i < places.size(); i++) {
            all[2 * i] = places.get(i)[0];
            all[2 * i + 1] = places.get(i)[1];
        }
        return new EmbeddingMap(keys, all);
    }

    private static BadInputException damaged(Path file, int line) {
        return new BadInputException(file + ":" + line, "this is no line of a map", "remove the file; map again");
    }
}
