package org.dinobench.ui.evaluation.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dinobench.core.io.Json;
import org.dinobench.core.problem.BadInputException;

/**
 * An evaluation's folder as the workbench shows it. Reports of several kinds share the keys that are read here; what a
 * report does not have is left out.
 *
 * @param name name of the folder
 * @param folder the folder
 * @param knn rows in the order of the report: the model first, then baselines
 * @param numbers further numbers by their dotted keys
 * @param conflicts number of near-duplicate groups with different labels
 * @param export one sentence on the export, empty for none
 * @param pictures rows of pictures
 * @param html the whole report, where it is there
 */
public record EvaluationReport(
        String name,
        Path folder,
        List<KnnRow> knn,
        Map<String, Double> numbers,
        int conflicts,
        String export,
        List<PictureRow> pictures,
        Optional<Path> html) {
    private static final int MAX_PICTURES = 24;
    private static final int MAX_CLASSES = 2000;

    /**
     * Pictures of one image.
     *
     * @param image the image itself
     * @param attention the attention map, where there is one
     * @param pca the principal components, where there are any
     */
    public record PictureRow(Path image, Optional<Path> attention, Optional<Path> pca) {}

    /**
     * Reads a folder.
     *
     * @param folder an evaluation's folder
     * @return the report
     * @throws BadInputException when there is no report or it is damaged
     */
    public static EvaluationReport read(Path folder) {
        Path file = folder.resolve("report.json"); // $NON-NLS-1$
        ObjectNode root = Json.readObject(file);
        try {
            List<KnnRow> knn = new ArrayList<>();
            root.path("knn").forEach(node -> knn.add(row(node))); // $NON-NLS-1$
            Path html = folder.resolve("report.html"); // $NON-NLS-1$
            return new EvaluationReport(
                    folder.getFileName().toString(),
                    folder,
                    List.copyOf(knn),
                    numbers(root),
                    root.path("label_conflicts").size(), // $NON-NLS-1$
                    root.path("export").path("check").asText(""), // $NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
                    pictures(folder),
                    Files.isRegularFile(html) ? Optional.of(html) : Optional.empty());
        } catch (IllegalArgumentException | IOException e) {
            throw new BadInputException(file.toString(), e.getMessage(), "evaluate again", e); // $NON-NLS-1$
        }
    }

    /** {@return the best accuracy, empty without k-NN; the model comes first} */
    public Optional<KnnRow> model() {
        return knn.stream().findFirst();
    }

    private static KnnRow row(JsonNode node) {
        return new KnnRow(
                node.path("features").asText(), // $NON-NLS-1$
                node.path("k").asInt(), // $NON-NLS-1$
                number(node, "accuracy"), // $NON-NLS-1$
                number(node, "balanced_accuracy"), // $NON-NLS-1$
                number(node, "macro_f1"), // $NON-NLS-1$
                node.path("train_images").asInt(), // $NON-NLS-1$
                node.path("test_images").asInt(), // $NON-NLS-1$
                confusion(node.path("confusion"))); // $NON-NLS-1$
    }

    private static double number(JsonNode node, String key) {
        return node.path(key).isNumber() ? node.path(key).asDouble() : Double.NaN;
    }

    private static Optional<Confusion> confusion(JsonNode node) {
        if (!node.isObject() || node.path("classes").size() > MAX_CLASSES) { // $NON-NLS-1$
            return Optional.empty();
        }
        List<String> classes = new ArrayList<>();
        node.path("classes").forEach(c -> classes.add(c.asText())); // $NON-NLS-1$
        List<int[]> counts = new ArrayList<>();
        for (JsonNode line : node.path("counts")) { // $NON-NLS-1$
            int[] row = new int[line.size()];
            for (int i = 0; i < row.length; i++) {
                row[i] = line.get(i).asInt();
            }
            counts.add(row);
        }
        return Optional.of(new Confusion(classes, counts));
    }

    private static Map<String, Double> numbers(ObjectNode root) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        root.properties().forEach(entry -> {
            if (entry.getValue().isNumber()) {
                numbers.put(entry.getKey(), entry.getValue().asDouble());
            } else if (entry.getValue().isObject()) {
                entry.getValue().properties().forEach(inner -> {
                    if (inner.getValue().isNumber()) {
                        numbers.put(
                                entry.getKey() + "." + inner.getKey(),
                                inner.getValue().asDouble()); // $NON-NLS-1$
                    }
                });
            }
        });
        return numbers;
    }

    private static List<PictureRow> pictures(Path folder) throws IOException {
        List<PictureRow> rows = new ArrayList<>();
        for (int i = 0; i < MAX_PICTURES; i++) {
            Path image = folder.resolve("image-" + i + ".png"); // $NON-NLS-1$ //$NON-NLS-2$
            if (!Files.isRegularFile(image)) {
                break;
            }
            rows.add(new PictureRow(
                    image,
                    there(folder.resolve("attention-" + i + ".png")),
                    there(folder.resolve(
                            "pca-" + i + ".png")))); // $NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
        }
        return List.copyOf(rows);
    }

    private static Optional<Path> there(Path file) {
        return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
    }
}
