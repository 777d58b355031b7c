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
import java.util.stream.Stream;
import org.dinobench.core.io.Json;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.ui.evaluation.Messages;

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
    private static final String IMAGE = "-image.png"; // $NON-NLS-1$
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
            rows(root, knn);
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

    /** A quickstart lists the model and its baselines; an evaluation names the model's result and lists baselines. */
    private static void rows(ObjectNode root, List<KnnRow> rows) {
        JsonNode knn = root.path("knn"); // $NON-NLS-1$
        if (knn.isArray()) {
            knn.forEach(node -> rows.add(row(node, node)));
            return;
        }
        add(rows, knn, knn.path("features").asText()); // $NON-NLS-1$
        add(rows, root.path("linear"), Messages.Row_Linear); // $NON-NLS-1$
        add(rows, root.path("probe"), Messages.Row_Probe); // $NON-NLS-1$
        root.path("baselines")
                .forEach(node -> add(rows, node, node.path("features").asText())); // $NON-NLS-1$ //$NON-NLS-2$
    }

    private static void add(List<KnnRow> rows, JsonNode result, String name) {
        JsonNode details = result.path("details"); // $NON-NLS-1$
        if (details.isObject()) {
            KnnRow row = row(result, details);
            rows.add(new KnnRow(
                    name,
                    result.path("details_k").asInt(), // $NON-NLS-1$
                    row.accuracy(),
                    row.balanced(),
                    row.macroF1(),
                    row.train(),
                    row.test(),
                    row.confusion()));
        }
    }

    private static KnnRow row(JsonNode node, JsonNode numbers) {
        return new KnnRow(
                node.path("features").asText(), // $NON-NLS-1$
                node.path("k").asInt(), // $NON-NLS-1$
                number(numbers, "accuracy"), // $NON-NLS-1$
                number(numbers, "balanced_accuracy"), // $NON-NLS-1$
                number(numbers, "macro_f1"), // $NON-NLS-1$
                node.path("train_images").asInt(), // $NON-NLS-1$
                node.path("test_images").asInt(), // $NON-NLS-1$
                confusion(numbers.path("confusion"))); // $NON-NLS-1$
    }

    /** A number, or the value of one that comes with an interval. */
    private static double number(JsonNode node, String key) {
        JsonNode value = node.path(key);
        JsonNode plain = value.isObject() ? value.path("value") : value; // $NON-NLS-1$
        return plain.isNumber() ? plain.asDouble() : Double.NaN;
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
        Path figures = folder.resolve("figures"); // $NON-NLS-1$
        if (Files.isDirectory(figures)) {
            try (Stream<Path> files = Files.list(figures)) {
                files.filter(f -> f.getFileName().toString().endsWith(IMAGE))
                        .sorted()
                        .limit(MAX_PICTURES)
                        .forEach(image -> rows.add(new PictureRow(
                                image,
                                there(beside(image, "-attention.png")), // $NON-NLS-1$
                                there(beside(image, "-components.png"))))); // $NON-NLS-1$
            }
        }
        return List.copyOf(rows);
    }

    private static Path beside(Path image, String ending) {
        String name = image.getFileName().toString();
        return image.resolveSibling(name.substring(0, name.length() - IMAGE.length()) + ending);
    }

    private static Optional<Path> there(Path file) {
        return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
    }
}
