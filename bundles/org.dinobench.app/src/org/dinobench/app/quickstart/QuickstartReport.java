package org.dinobench.app.quickstart;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.dinobench.core.catalog.ImportReport;
import org.dinobench.core.io.Json;
import org.dinobench.core.metrics.MetricsReader;
import org.dinobench.core.metrics.MetricsRow;
import org.dinobench.core.provenance.ThisMachine;
import org.dinobench.core.workspace.DatasetDirectory;
import org.dinobench.core.workspace.RunDirectory;
import org.dinobench.curator.CurationImage;
import org.dinobench.curator.CurationResult;
import org.dinobench.curator.cluster.ClusterSummary;
import org.dinobench.curator.dedup.DuplicateGroup;
import org.dinobench.evaluation.data.LabelledSet;
import org.dinobench.evaluation.export.ExportResult;
import org.dinobench.evaluation.knn.KnnReport;
import org.dinobench.evaluation.metrics.ConfusionMatrix;
import org.dinobench.evaluation.report.Charts;
import org.dinobench.evaluation.report.DatasetSummary;
import org.dinobench.evaluation.report.HtmlReport;
import org.dinobench.evaluation.report.KeyNumber;
import org.dinobench.evaluation.report.Picture;
import org.dinobench.evaluation.report.ReportSection;
import org.dinobench.evaluation.report.StandardSections;
import org.dinobench.evaluation.report.Tone;
import org.dinobench.imaging.BrokenImageException;
import org.dinobench.imaging.ImageReader;
import org.dinobench.imaging.ImageWriter;
import org.dinobench.imaging.Thumbnails;
import org.dinobench.trainer.TrainingResult;

/** Writes {@code report.html}, {@code report.json} and the pictures of one quickstart into an evaluation folder. */
final class QuickstartReport {
    private static final int CLUSTERS = 12;
    private static final int CLUSTER_PICTURES = 8;
    private static final int CONFLICTS = 8;
    private static final int THUMBNAIL = 96;
    private static final int PICTURE = 192;

    private final Path folder;
    private final ImportReport imported;
    private final IdenticalPairs identical;
    private final CurationResult curation;
    private final Optional<LabelledSet> labelled;
    private final Thumbnails thumbnails = new Thumbnails(new ImageReader(), THUMBNAIL);

    QuickstartReport(
            Path folder,
            ImportReport imported,
            IdenticalPairs identical,
            CurationResult curation,
            Optional<LabelledSet> labelled) {
        this.folder = folder;
        this.imported = imported;
        this.identical = identical;
        this.curation = curation;
        this.labelled = labelled;
    }

    QuickstartResult write(
            DatasetDirectory dataset,
            RunDirectory run,
            TrainingResult training,
            List<KnnReport> knn,
            Map<String, ModelPictures.Shown> pictures,
            ExportResult export,
            Map<String, Duration> timings)
            throws IOException {
        Files.createDirectories(folder);
        HtmlReport report = HtmlReport.titled(
                "From images to a model: " + dataset.name(),
                "A quickstart of Dinobench. Every number here was computed in this run.");
        report.keyNumbers(keyNumbers(training, knn, export));
        if (!knn.isEmpty() && accuracy(knn.get(0)) <= Math.max(accuracy(knn.get(1)), accuracy(knn.get(2)))) {
            report.notice(
                    Tone.WARNING,
                    "The trained features do not beat both baselines yet. A few minutes are little time: train longer,"
                            + " or go on from a released model.");
        }
        StandardSections sections = new StandardSections(report);
        ReportSection found = sections.dataset(datasetSummary(dataset));
        if (!identical.conflicting().isEmpty()) {
            found.folded(
                    "All " + identical.conflicting().size() + " pairs of identical files with different labels",
                    identical.conflicting().stream()
                            .map(IdenticalPairs.Pair::words)
                            .collect(Collectors.joining("\n")));
        }
        if (!curation.clusters().isEmpty()) {
            sections.clusters(clusterPictures(), "Spherical k-means; the pictures nearest to each centre.");
        }
        sections.training(lossLines(run), knnLines(run), trainingFacts(run, training));
        if (!knn.isEmpty()) {
            sections.knn(knn.get(0), knn.subList(1, knn.size()));
            sections.classes(
                    "Classes of the trained model",
                    knn.get(0).details(),
                    knn.get(0).curves(labelled.orElseThrow()));
        }
        report.section("What the model sees")
                .text("Left: the image. Middle: where the class token looks in the last block, mean of the heads."
                        + " Right: the first three principal components of the patch features as red, green and blue,"
                        + " computed jointly, so that like parts have like colours.")
                .pictureRows(List.of("image", "attention", "components"), pictureRows(pictures), PICTURE, "");
        report.section("Export")
                .text(export.check().sentence())
                .text("The folder " + export.target()
                        + " opens with transformers: Dinov2Model.from_pretrained(\"…\").");
        sections.provenance(facts(dataset, run), timings);
        Path html = folder.resolve("report.html");
        writePictures(pictures);
        QuickstartResult result =
                new QuickstartResult(dataset, imported, identical, curation, run, training, knn, export, html, timings);
        Json.write(folder.resolve("report.json"), json(result));
        report.write(html);
        return result;
    }

    private static double accuracy(KnnReport report) {
        return report.details().accuracy().value();
    }

    private List<KeyNumber> keyNumbers(TrainingResult training, List<KnnReport> knn, ExportResult export) {
        List<KeyNumber> numbers = new ArrayList<>();
        numbers.add(new KeyNumber("images", count(curation.images()), count(curation.kept()) + " after curation"));
        numbers.add(new KeyNumber(
                "label conflicts",
                count(identical.conflicting().size()),
                "among " + count(identical.count()) + " pairs of identical files"));
        if (!knn.isEmpty()) {
            numbers.add(new KeyNumber(
                    "k-NN accuracy",
                    percent(accuracy(knn.get(0))),
                    "pixels " + percent(accuracy(knn.get(1))) + ", untrained " + percent(accuracy(knn.get(2)))));
        }
        numbers.add(new KeyNumber(
                "training",
                String.format(Locale.ROOT, "%.1f min", training.seconds() / 60),
                count(training.steps()) + " steps, " + count(training.images()) + " images"));
        numbers.add(new KeyNumber(
                "export", export.check().passed() ? "checked" : "NOT EQUAL", export.format() + ", opened again"));
        return numbers;
    }

    private DatasetSummary datasetSummary(DatasetDirectory dataset) throws IOException {
        Map<String, Integer> classes = new TreeMap<>();
        labelled.map(LabelledSet::images)
                .orElse(List.of())
                .forEach(image -> classes.merge(image.label(), 1, Integer::sum));
        Map<String, List<Picture>> examples = new LinkedHashMap<>();
        for (DuplicateGroup group : curation.conflicts()) {
            if (examples.size() == CONFLICTS) {
                break;
            }
            List<Picture> members = new ArrayList<>();
            for (CurationImage image : group.members()) {
                members.add(thumbnail(image.file(), image.label()));
            }
            examples.put("Group " + group.number(), members);
        }
        int identical = curation.groups().stream()
                .filter(DuplicateGroup::exact)
                .mapToInt(group -> group.members().size())
                .sum();
        return new DatasetSummary(
                dataset.name(),
                (int) imported.found(),
                (int) imported.broken(),
                identical,
                curation.groups().size(),
                curation.conflicts().size(),
                curation.kept(),
                classes,
                examples);
    }

    private Map<String, List<Picture>> clusterPictures() throws IOException {
        Map<String, List<Picture>> rows = new LinkedHashMap<>();
        List<ClusterSummary> largest = curation.clusters().stream()
                .sorted(Comparator.comparingInt(ClusterSummary::size).reversed())
                .limit(CLUSTERS)
                .toList();
        for (ClusterSummary cluster : largest) {
            List<Picture> pictures = new ArrayList<>();
            for (String prototype :
                    cluster.prototypes().stream().limit(CLUSTER_PICTURES).toList()) {
                pictures.add(thumbnail(Path.of(prototype), ""));
            }
            String purity = cluster.purity().isPresent()
                    ? ", " + Math.round(100 * cluster.purity().getAsDouble()) + " % " + cluster.label()
                    : "";
            rows.put("Cluster " + cluster.cluster() + " (" + cluster.size() + " images" + purity + ")", pictures);
        }
        return rows;
    }

    private Picture thumbnail(Path file, String caption) throws IOException {
        try {
            return Picture.jpeg(thumbnails.jpeg(thumbnails.of(file)), caption);
        } catch (BrokenImageException e) {
            throw new IOException("an image of the dataset can no longer be read: " + e.getMessage(), e);
        }
    }

    private static List<Charts.Line> lossLines(RunDirectory run) throws IOException {
        return lines(
                run,
                Map.of(
                        "total", "total_loss",
                        "DINO, global crops", "dino_global_crops_loss",
                        "DINO, local crops", "dino_local_crops_loss",
                        "iBOT", "ibot_loss",
                        "KoLeo", "koleo_loss"),
                1);
    }

    private static List<Charts.Line> knnLines(RunDirectory run) throws IOException {
        return lines(run, Map.of("k-NN accuracy", "knn_accuracy", "balanced", "knn_balanced_accuracy"), 100);
    }

    private static List<Charts.Line> lines(RunDirectory run, Map<String, String> keyOfName, double scale)
            throws IOException {
        List<MetricsRow> rows = MetricsReader.read(run.metricsFile());
        List<Charts.Line> lines = new ArrayList<>();
        new TreeMap<>(keyOfName).forEach((name, key) -> {
            List<MetricsRow> with =
                    rows.stream().filter(row -> row.values().containsKey(key)).toList();
            if (with.size() > 1) {
                lines.add(new Charts.Line(
                        name,
                        with.stream().mapToDouble(MetricsRow::step).toArray(),
                        with.stream().mapToDouble(row -> scale * row.get(key)).toArray()));
            }
        });
        return lines;
    }

    private static Map<String, String> trainingFacts(RunDirectory run, TrainingResult training) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Preset", run.readSpec().preset());
        facts.put(
                "Network",
                run.readSpec().student().arch() + ", patch "
                        + run.readSpec().student().patchSize());
        facts.put("Steps", count(training.steps()));
        facts.put("Images seen", count(training.images()));
        facts.put("Speed", String.format(Locale.ROOT, "%.1f images/s", training.images() / training.seconds()));
        return facts;
    }

    private static Map<String, List<Picture>> pictureRows(Map<String, ModelPictures.Shown> pictures) {
        Map<String, List<Picture>> rows = new LinkedHashMap<>();
        pictures.forEach((name, shown) -> rows.put(
                name,
                List.of(
                        Picture.jpeg(ImageWriter.jpeg(shown.image(), 90), ""),
                        Picture.jpeg(ImageWriter.jpeg(shown.attention(), 90), ""),
                        Picture.jpeg(ImageWriter.jpeg(shown.components(), 90), ""))));
        return rows;
    }

    private void writePictures(Map<String, ModelPictures.Shown> pictures) throws IOException {
        int i = 0;
        for (ModelPictures.Shown shown : pictures.values()) {
            ImageWriter.writePng(shown.image(), folder.resolve("image-" + i + ".png"));
            ImageWriter.writePng(shown.attention(), folder.resolve("attention-" + i + ".png"));
            ImageWriter.writePng(shown.components(), folder.resolve("pca-" + i + ".png"));
            i++;
        }
    }

    private static Map<String, String> facts(DatasetDirectory dataset, RunDirectory run) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Dataset", dataset.folder().toString());
        facts.put("Run", run.folder().toString());
        facts.put("Seed", Long.toString(run.readSpec().train().seed()));
        facts.put(
                "Machine",
                ThisMachine.describe().cores() + " cores, "
                        + ThisMachine.describe().os());
        facts.put("Java", ThisMachine.describe().java());
        return facts;
    }

    private ObjectNode json(QuickstartResult result) {
        ObjectNode root = Json.object();
        root.put("kind", "quickstart").put("dataset", result.dataset().folder().toString());
        root.put("run", result.run().folder().toString());
        root.put("images", curation.images()).put("kept", curation.kept()).put("broken", imported.broken());
        root.put("identical_pairs", identical.count()).put("identical_pairs_across_splits", identical.acrossSplits());
        ArrayNode pairs = root.putArray("identical_pairs_with_different_labels");
        identical.conflicting().forEach(pair -> pairs.add(pair.words()));
        root.put("near_pairs", curation.nearPairs());
        ArrayNode conflicts = root.putArray("label_conflicts");
        for (DuplicateGroup group : curation.conflicts()) {
            ArrayNode members =
                    conflicts.addObject().put("group", group.number()).putArray("images");
            group.members()
                    .forEach(image ->
                            members.addObject().put("path", image.path()).put("label", image.label()));
        }
        ArrayNode knn = root.putArray("knn");
        for (KnnReport report : result.knn()) {
            ObjectNode row = knn.addObject()
                    .put("features", report.features())
                    .put("k", report.detailsK())
                    .put("accuracy", report.details().accuracy().value())
                    .put(
                            "balanced_accuracy",
                            report.details().balancedAccuracy().value())
                    .put("macro_f1", report.details().macroF1().value())
                    .put("train_images", report.trainImages())
                    .put("test_images", report.testImages());
            row.set("confusion", confusion(report.details().confusion()));
        }
        root.putObject("training")
                .put("steps", result.training().steps())
                .put("images", result.training().images())
                .put("seconds", result.training().seconds());
        root.putObject("export")
                .put("format", result.export().format())
                .put("target", result.export().target().toString())
                .put("check", result.export().check().sentence())
                .put("passed", result.export().check().passed());
        ObjectNode seconds = root.putObject("seconds");
        result.timings().forEach((stage, time) -> seconds.put(stage, time.toMillis() / 1000.0));
        root.put("report", result.report().toString());
        return root;
    }

    /** Class names, and counts with the truth in rows and the prediction in columns. */
    private static ObjectNode confusion(ConfusionMatrix matrix) {
        ObjectNode node = Json.object();
        ArrayNode classes = node.putArray("classes");
        matrix.classes().forEach(classes::add);
        ArrayNode counts = node.putArray("counts");
        for (int[] truth : matrix.counts()) {
            ArrayNode line = counts.addArray();
            for (int n : truth) {
                line.add(n);
            }
        }
        return node;
    }

    private static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
