package org.dinobench.evaluation.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.dinobench.evaluation.export.ExportResult;
import org.dinobench.evaluation.knn.KnnReport;
import org.dinobench.evaluation.knn.KnnSpec;
import org.dinobench.evaluation.metrics.Classification;
import org.dinobench.evaluation.metrics.Interval;
import org.dinobench.evaluation.metrics.RocCurve;
import org.dinobench.evaluation.statistics.FeatureStatistics;

/**
 * The sections that evaluations, the quickstart and the workbench have in common, so that the same finding looks the
 * same everywhere. Each method adds one section to the report.
 */
public final class StandardSections {
    private final HtmlReport report;

    /** @param report receives the sections */
    public StandardSections(HtmlReport report) {
        this.report = report;
    }

    /** What is in the dataset and what curation found in it. */
    public ReportSection dataset(DatasetSummary summary) {
        ReportSection section = report.section("Dataset");
        section.keyNumbers(List.of(
                new KeyNumber("Images", count(summary.images()), summary.name()),
                new KeyNumber(
                        "Near-duplicate groups", count(summary.nearDuplicateGroups()), "images of the same thing"),
                new KeyNumber("Same content", count(summary.identical()), "images that occur more than once"),
                new KeyNumber("Label conflicts", count(summary.labelConflicts()), "groups with different labels"),
                new KeyNumber("Kept", count(summary.kept()), percent(summary.kept(), summary.images()) + " of all")));
        if (summary.unreadable() > 0) {
            section.notice(
                    Tone.WARNING, count(summary.unreadable()) + " files could not be decoded and were left out.");
        }
        if (summary.labelConflicts() > 0) {
            section.notice(
                    Tone.WARNING,
                    count(summary.labelConflicts()) + " groups of near-duplicates carry different labels. At most one"
                            + " of the labels can be right.");
        }
        if (!summary.conflictExamples().isEmpty()) {
            section.pictureRows(
                    List.of(), summary.conflictExamples(), 96, "Groups in conflict, with the label of each image.");
        }
        if (!summary.classes().isEmpty()) {
            ReportTable table = ReportTable.of(
                    ReportTable.Column.text("Class"),
                    ReportTable.Column.number("Images"),
                    ReportTable.Column.bar("Share"));
            summary.classes()
                    .forEach((name, images) -> table.row(name, count(images), percent(images, summary.kept())));
            section.table("Images per class after curation.", table);
        }
        return section;
    }

    /**
     * Sample pictures of clusters.
     *
     * @param clusters pictures by a cluster's name, such as {@code "Cluster 3 (121 images)"}
     * @param caption how the clusters came about
     */
    public ReportSection clusters(Map<String, List<Picture>> clusters, String caption) {
        return report.section("Clusters").pictureRows(List.of(), clusters, 84, caption);
    }

    /**
     * How training went.
     *
     * @param losses lines over the training step
     * @param measures lines of measures during training, such as k-NN accuracy in percent; may be empty
     */
    public ReportSection training(List<Charts.Line> losses, List<Charts.Line> measures, Map<String, String> facts) {
        ReportSection section = report.section("Training");
        Map<String, SvgChart> charts = new LinkedHashMap<>();
        if (!losses.isEmpty()) {
            charts.put("Losses. They say that training runs; they do not rank models.", lossChart(losses));
        }
        if (!measures.isEmpty()) {
            charts.put(
                    "Measures of the features during training.",
                    Charts.lines("training step", "percent", measures, false));
        }
        section.charts(charts);
        return section.facts(facts);
    }

    private static SvgChart lossChart(List<Charts.Line> losses) {
        return Charts.lines("training step", "loss", losses, false);
    }

    /**
     * Nearest neighbours on the model's features, beside those on its baselines.
     *
     * @param baselines measured on the same split; may be empty
     */
    public ReportSection knn(KnnReport model, List<KnnReport> baselines) {
        ReportSection section = report.section("Nearest neighbours");
        leak(section, model);
        section.text(voting(model.spec()) + " " + count(model.trainImages()) + " training and "
                + count(model.testImages()) + " test images; " + model.split()
                + ". Intervals: 95 %, bootstrap over groups inside each class.");
        ReportTable table = ReportTable.of(
                ReportTable.Column.text("Features"),
                ReportTable.Column.number("Dimensions"),
                ReportTable.Column.number("Accuracy"),
                ReportTable.Column.number("Balanced accuracy"),
                ReportTable.Column.number("Macro F1"),
                ReportTable.Column.number("Macro AUC"));
        Map<String, Interval> accuracy = new LinkedHashMap<>();
        Map<String, Interval> balanced = new LinkedHashMap<>();
        List<KnnReport> all = new ArrayList<>(List.of(model));
        all.addAll(baselines);
        for (KnnReport row : all) {
            Classification d = row.details();
            String[] cells = {
                row.features(),
                count(row.dimensions()),
                d.accuracy().percent(),
                d.balancedAccuracy().percent(),
                String.format(Locale.ROOT, "%.1f %%", 100 * d.macroF1().value()),
                decimal(d.macroAuc())
            };
            if (row == model) {
                table.strongRow(cells);
            } else {
                table.row(cells);
            }
            accuracy.put(row.features(), d.accuracy());
            balanced.put(row.features(), d.balancedAccuracy());
        }
        section.table("k = " + model.detailsK() + ".", table);
        Map<String, SvgChart> charts = new LinkedHashMap<>();
        charts.put("Accuracy with its 95 % interval.", Charts.intervals("accuracy, %", accuracy));
        charts.put(
                "Balanced accuracy: every class counts the same.", Charts.intervals("balanced accuracy, %", balanced));
        section.charts(charts);
        section.table("Accuracy by number of neighbours.", byK(all));
        return section;
    }

    /**
     * Per-class results, confusion matrix, operating characteristics and calibration of any classifier.
     *
     * @param curves operating characteristics by class, at most eight of them are drawn; may be empty
     */
    public ReportSection classes(String title, Classification details, Map<String, RocCurve> curves) {
        ReportSection section = report.section(title);
        ReportTable table = ReportTable.of(
                ReportTable.Column.text("Class"),
                ReportTable.Column.number("Train"),
                ReportTable.Column.number("Test"),
                ReportTable.Column.number("Sensitivity"),
                ReportTable.Column.number("Precision"),
                ReportTable.Column.number("F1"),
                ReportTable.Column.number("Specificity"),
                ReportTable.Column.number("AUC"),
                ReportTable.Column.number("Sensitivity at 90 % specificity"));
        for (Classification.ClassRow row : details.classes()) {
            table.row(
                    row.name(),
                    count(row.train()),
                    count(row.test()),
                    share(row.recall()),
                    share(row.precision()),
                    share(row.f1()),
                    share(row.specificity()),
                    decimal(row.auc()),
                    share(row.sensitivityAtSpecificity()));
        }
        section.table("Each class against all others. A dash: not measurable on this test part.", table);
        section.confusion(details.confusion(), "Confusion matrix. Cells are tinted by their share of the true class.");
        Map<String, SvgChart> charts = new LinkedHashMap<>();
        if (!curves.isEmpty()) {
            Map<String, RocCurve> drawn = new LinkedHashMap<>();
            curves.entrySet().stream().limit(8).forEach(e -> drawn.put(e.getKey(), e.getValue()));
            charts.put("Receiver operating characteristic of each class.", Charts.roc(drawn));
        }
        charts.put(
                String.format(
                        Locale.ROOT,
                        "Calibration: expected error %.3f, Brier score %.3f. Points below the line: too confident.",
                        details.calibration().expectedError(),
                        details.calibration().brier()),
                Charts.calibration(details.calibration()));
        return section.charts(charts);
    }

    /**
     * What the network sees in some images.
     *
     * @param columns titles, such as image, attention, principal components
     * @param rows pictures of each image by its name
     * @param caption how the pictures came about
     */
    public ReportSection pictures(List<String> columns, Map<String, List<Picture>> rows, String caption) {
        return report.section("What the network sees").pictureRows(columns, rows, 132, caption);
    }

    /** Label-free measures of features, one row a kind. */
    public ReportSection statistics(Map<String, FeatureStatistics> byName) {
        ReportSection section = report.section("Feature statistics");
        ReportTable table = ReportTable.of(
                ReportTable.Column.text("Features"),
                ReportTable.Column.number("Vectors"),
                ReportTable.Column.number("Dimensions"),
                ReportTable.Column.number("Effective rank"),
                ReportTable.Column.number("Uniformity"),
                ReportTable.Column.number("Mean cosine"),
                ReportTable.Column.number("Norm outliers"));
        byName.forEach((name, s) -> table.row(
                name,
                count(s.rows()),
                count(s.columns()),
                String.format(Locale.ROOT, "%.1f", s.effectiveRank()),
                String.format(Locale.ROOT, "%.2f", s.uniformity()),
                decimal(s.meanCosine()),
                share(s.outlierShare())));
        FeatureStatistics patches = byName.get("patch tokens");
        if (patches != null && patches.outlierShare() > FeatureStatistics.SUSPICIOUS_OUTLIERS) {
            section.notice(
                    Tone.WARNING,
                    share(patches.outlierShare())
                            + " of the patch tokens are norm outliers. The network uses patches as"
                            + " notes: attention maps and segmentation suffer, and register tokens help.");
        }
        return section.table(
                "Effective rank: directions in use. Uniformity: 0 when all vectors are equal, near -4 when spread"
                        + " evenly. Patch tokens with many norm outliers want register tokens.",
                table);
    }

    /** What was exported and whether it was found equal when opened again. */
    public ReportSection exports(List<ExportResult> results) {
        ReportSection section = report.section("Export");
        for (ExportResult result : results) {
            section.notice(
                    result.check().passed() ? Tone.GOOD : Tone.BAD,
                    result.format() + ": " + result.check().sentence());
            result.notes().forEach(section::text);
            section.facts(Map.of("Written to", result.target().toString()));
        }
        return section;
    }

    /**
     * Where it came from and how long each part took.
     *
     * @param facts versions, seeds, hashes, machine
     * @param timings by the name of the part; may be empty
     */
    public ReportSection provenance(Map<String, String> facts, Map<String, Duration> timings) {
        ReportSection section = report.section("Provenance").facts(facts);
        if (!timings.isEmpty()) {
            ReportTable table = ReportTable.of(ReportTable.Column.text("Part"), ReportTable.Column.number("Time"));
            timings.forEach((part, time) -> table.row(part, duration(time)));
            table.strongRow("All", duration(timings.values().stream().reduce(Duration.ZERO, Duration::plus)));
            section.heading("Timings");
            section.table("", table);
        }
        return section;
    }

    private static void leak(ReportSection section, KnnReport model) {
        if (model.leak().clean()) {
            section.notice(Tone.GOOD, "Leak check passed. " + model.leak().sentence());
        } else {
            section.notice(Tone.BAD, "Leak: " + model.leak().sentence() + ". The numbers below are too high.");
        }
    }

    private static String voting(KnnSpec spec) {
        String centred = spec.scaling().words() + ", ";
        return spec.voting() == KnnSpec.Voting.MAJORITY
                ? centred + "equal votes."
                : centred
                        + String.format(
                                Locale.ROOT, "votes weighted at temperature %.2f as in DINOv2.", spec.temperature());
    }

    private static ReportTable byK(List<KnnReport> reports) {
        List<KnnReport.ByK> columns = reports.get(0).byK();
        ReportTable.Column[] headers = new ReportTable.Column[columns.size() + 1];
        headers[0] = ReportTable.Column.text("Features");
        for (int i = 0; i < columns.size(); i++) {
            headers[i + 1] = ReportTable.Column.number("k = " + columns.get(i).k());
        }
        ReportTable table = ReportTable.of(headers);
        for (KnnReport row : reports) {
            String[] cells = new String[headers.length];
            cells[0] = row.features();
            for (int i = 0; i < columns.size(); i++) {
                cells[i + 1] = share(row.byK().get(i).accuracy());
            }
            table.row(cells);
        }
        return table;
    }

    /** {@code 12,345}. */
    static String count(int value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String percent(int part, int whole) {
        return whole == 0 ? "0 %" : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
    }

    private static String share(double value) {
        return Double.isNaN(value) ? "\u2013" : String.format(Locale.ROOT, "%.1f %%", 100 * value);
    }

    private static String decimal(double value) {
        return Double.isNaN(value) ? "\u2013" : String.format(Locale.ROOT, "%.3f", value);
    }

    private static String duration(Duration time) {
        double seconds = time.toMillis() / 1000.0;
        if (seconds < 60) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        return String.format(Locale.ROOT, "%d min %02d s", time.toMinutes(), time.toSecondsPart());
    }
}
