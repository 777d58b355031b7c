package org.dinobench.evaluation.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.dinobench.core.catalog.Manifest;
import org.dinobench.core.catalog.ManifestEntry;
import org.dinobench.core.io.ContentHash;
import org.dinobench.core.io.Json;
import org.dinobench.core.metrics.MetricsReader;
import org.dinobench.core.metrics.MetricsRow;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.provenance.Provenance;
import org.dinobench.core.workspace.RunDirectory;
import org.dinobench.evaluation.metrics.Interval;

/**
 * A model card filled from the run that a model comes from: what it was trained on, how, and what was measured on the
 * way. Names no folders of the machine.
 */
public final class RunCard {
    private static final int FOLDERS_UP = 3;
    private static final int HASH_SHOWN = 16;

    private final RunDirectory run;
    private final Optional<Provenance> provenance;

    private RunCard(RunDirectory run) {
        this.run = run;
        this.provenance = Files.isRegularFile(run.provenanceFile())
                ? Optional.of(Provenance.read(run.provenanceFile()))
                : Optional.empty();
    }

    /**
     * The card of the run that a file or folder lies in; empty for models from elsewhere.
     *
     * @throws BadInputException when the run's record of provenance is damaged
     */
    public static Optional<RunCard> of(Path model) {
        Path folder = model.toAbsolutePath().normalize();
        for (int i = 0; i <= FOLDERS_UP && folder != null; i++) {
            if (Files.isDirectory(folder) && RunDirectory.isRun(folder)) {
                return Optional.of(new RunCard(RunDirectory.open(folder)));
            }
            folder = folder.getParent();
        }
        return Optional.empty();
    }

    /** All that is known, under a name. @param licence as in {@link ModelCard}; may be empty */
    public ModelCard card(String name, String licence) throws IOException {
        return new ModelCard(name, licence, "", data(), metrics(), provenance(), spec());
    }

    /** The run's name. */
    public String name() {
        return run.name();
    }

    /** Numbers of the training images, and the manifest's hash; without images when the manifest has changed since. */
    public Map<String, String> data() throws IOException {
        Map<String, String> data = new LinkedHashMap<>();
        Optional<Provenance.Input> manifest = manifest();
        if (manifest.isPresent()) {
            List<ManifestEntry> kept = kept();
            if (!kept.isEmpty()) {
                data.put("Images", Integer.toString(kept.size()));
                long labels = kept.stream()
                        .map(ManifestEntry::label)
                        .filter(label -> !label.isEmpty())
                        .distinct()
                        .count();
                if (labels > 0) {
                    data.put("Classes (not used in training)", Long.toString(labels));
                }
            }
            data.put("Manifest, SHA-256", manifest.get().sha256());
        }
        return data;
    }

    /** The last measurement by nearest neighbours during training. */
    public Map<String, String> metrics() throws IOException {
        Map<String, String> metrics = new LinkedHashMap<>();
        for (MetricsRow row : MetricsReader.read(run.metricsFile())) {
            if (row.values().containsKey("knn_accuracy")) {
                metrics.put(
                        "k-NN on held-out images during training",
                        String.format(
                                Locale.ROOT,
                                "accuracy %.1f %%, balanced %.1f %% (step %d)",
                                100 * row.get("knn_accuracy"),
                                100 * row.get("knn_balanced_accuracy"),
                                row.step()));
            }
        }
        return metrics;
    }

    /** How the run came about. */
    public Map<String, String> provenance() throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("run", run.name());
        List<MetricsRow> rows = MetricsReader.read(run.metricsFile());
        if (!rows.isEmpty()) {
            MetricsRow last = rows.get(rows.size() - 1);
            facts.put("steps", Long.toString(last.step()));
            facts.put("images_seen", Long.toString(last.images()));
        }
        provenance.ifPresent(record -> {
            record.seed().ifPresent(seed -> facts.put("seed", Long.toString(seed)));
            facts.put("started", record.start().toString());
            record.end().ifPresent(end -> facts.put("ended", end.toString()));
            record.versions().forEach((name, version) -> facts.put("version_" + name, version));
            facts.put(
                    "machine",
                    record.machine().cores() + " cores, " + record.machine().os());
        });
        if (Files.isRegularFile(run.specFile())) {
            facts.put("spec_sha256", ContentHash.of(run.specFile()).substring(0, HASH_SHOWN));
        }
        return facts;
    }

    /** The resolved spec; empty when it is not there. */
    public String spec() throws IOException {
        return Files.isRegularFile(run.specFile()) ? Files.readString(run.specFile()) : "";
    }

    /** A few images of the training set, to compare exports on; empty when they are gone. */
    public List<Path> images(int most) throws IOException {
        Optional<Path> file = manifest().map(input -> Path.of(input.path()));
        return file.isEmpty()
                ? List.of()
                : kept().stream()
                        .map(entry -> entry.file(file.get()))
                        .filter(Files::isRegularFile)
                        .limit(most)
                        .toList();
    }

    private Optional<Provenance.Input> manifest() {
        return provenance.flatMap(record -> record.inputs().stream()
                .filter(input -> input.name().equals("manifest"))
                .findFirst());
    }

    private List<ManifestEntry> kept() throws IOException {
        Optional<Provenance.Input> input = manifest();
        if (input.isEmpty()) {
            return List.of();
        }
        Path file = Path.of(input.get().path());
        if (!Files.isRegularFile(file)
                || !ContentHash.of(file).equals(input.get().sha256())) {
            return List.of();
        }
        return Manifest.read(file).stream().filter(ManifestEntry::keep).toList();
    }

    /**
     * The figures of an evaluation's report, with their confidence intervals.
     *
     * @param folder with {@code report.json}
     * @throws BadInputException when there is no report of an evaluation
     */
    public static Map<String, String> evaluation(Path folder) {
        Path file = folder.resolve("report.json");
        if (!Files.isRegularFile(file)) {
            throw new BadInputException(
                    folder.toString(), "there is no report.json", "name the folder of an evaluation");
        }
        ObjectNode report = Json.readObject(file);
        Map<String, String> metrics = new LinkedHashMap<>();
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("knn", "k-NN");
        parts.put("linear", "Logistic regression");
        parts.put("probe", "Linear probe");
        parts.forEach((key, title) -> {
            put(metrics, title + " accuracy", report.at("/" + key + "/details/accuracy"));
            put(metrics, title + " balanced accuracy", report.at("/" + key + "/details/balanced_accuracy"));
        });
        JsonNode retrieval = report.at("/retrieval/mean_average_precision");
        if (retrieval.isNumber()) {
            metrics.put("Retrieval, mean average precision", String.format(Locale.ROOT, "%.3f", retrieval.asDouble()));
        }
        if (metrics.isEmpty()) {
            throw new BadInputException(
                    file.toString(), "it holds no figures of an evaluation", "name the folder of an evaluation");
        }
        metrics.put(
                "Evaluated on",
                report.path("images").asText("?") + " images, "
                        + report.path("split").asText(""));
        return metrics;
    }

    private static void put(Map<String, String> metrics, String name, JsonNode interval) {
        if (interval.path("value").isNumber()) {
            metrics.put(
                    name,
                    new Interval(
                                    interval.path("value").asDouble(),
                                    interval.path("low").asDouble(),
                                    interval.path("high").asDouble())
                            .percent());
        }
    }
}
