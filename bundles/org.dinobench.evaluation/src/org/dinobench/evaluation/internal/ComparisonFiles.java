package org.dinobench.evaluation.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.dinobench.core.io.AtomicFiles;
import org.dinobench.core.io.Json;
import org.dinobench.core.provenance.Provenance;
import org.dinobench.evaluation.compare.ComparisonReport;
import org.dinobench.evaluation.data.LabelledSet;
import org.dinobench.evaluation.metrics.Interval;
import org.dinobench.evaluation.report.Charts;
import org.dinobench.evaluation.report.HtmlReport;
import org.dinobench.evaluation.report.ReportJson;
import org.dinobench.evaluation.report.ReportSection;
import org.dinobench.evaluation.report.ReportTable;
import org.dinobench.evaluation.report.SvgChart;
import org.dinobench.evaluation.report.Tone;

/** Writes the folder of one comparison. */
public final class ComparisonFiles {
    private final ComparisonReport report;
    private final Path folder;

    /** @param folder exists */
    public ComparisonFiles(ComparisonReport report, Path folder) {
        this.report = report;
        this.folder = folder;
    }

    /**
     * Writes all files.
     *
     * @param pooled test images, indices into the set
     * @param predictions predicted classes of the test images by classifier
     */
    public void write(LabelledSet set, int[] pooled, Map<String, int[]> predictions, Provenance provenance)
            throws IOException {
        provenance.write(folder.resolve("provenance.json"));
        csv(set, pooled, predictions);
        Json.write(folder.resolve("comparison.json"), json());
        AtomicFiles.writeString(folder.resolve("comparison.md"), markdown());
        html(provenance).write(folder.resolve("comparison.html"));
    }

    private ObjectNode json() {
        ObjectNode node = (ObjectNode) ReportJson.of(new Plain(
                report.set(),
                report.images(),
                report.classes(),
                report.leftOut(),
                report.split(),
                report.method(),
                report.measured(),
                report.leak(),
                report.rows(),
                report.differences()));
        report.copies().ifPresent(found -> node.putObject("near_duplicates")
                .put("searched", found.searched())
                .put("pairs", found.pairs().size()));
        return node;
    }

    /** The report without what JSON cannot say by itself. */
    private record Plain(
            String set,
            int images,
            List<String> classes,
            List<String> leftOut,
            String split,
            String method,
            int measured,
            org.dinobench.evaluation.data.LeakCheck.Finding leak,
            List<ComparisonReport.Row> rows,
            List<ComparisonReport.Difference> differences) {}

    private void csv(LabelledSet set, int[] pooled, Map<String, int[]> predictions) throws IOException {
        StringBuilder out = new StringBuilder("path,label");
        predictions.keySet().forEach(name -> out.append(',').append(Predictions.quoted(name, false)));
        out.append("\r\n");
        for (int i = 0; i < pooled.length; i++) {
            int row = i;
            out.append(Predictions.quoted(set.images().get(pooled[i]).id(), false))
                    .append(',')
                    .append(Predictions.quoted(set.classes().get(set.label(pooled[i])), false));
            predictions.values().forEach(called -> out.append(',')
                    .append(Predictions.quoted(set.classes().get(called[row]), false)));
            out.append("\r\n");
        }
        AtomicFiles.writeString(folder.resolve("predictions.csv"), out.toString());
    }

    private String markdown() {
        StringBuilder out = new StringBuilder();
        out.append(sentence()).append("\n\n");
        out.append("| features | k-NN accuracy | k-NN balanced | linear accuracy | linear balanced |\n");
        out.append("|---|---|---|---|---|\n");
        report.rows().forEach(row -> out.append("| ")
                .append(row.name().replace("|", "\\|"))
                .append(" | ")
                .append(row.knn().accuracy().percent())
                .append(" | ")
                .append(row.knn().balancedAccuracy().percent())
                .append(" | ")
                .append(row.linear().accuracy().percent())
                .append(" | ")
                .append(row.linear().balancedAccuracy().percent())
                .append(" |\n"));
        out.append("\nDifferences in points, paired bootstrap:\n\n");
        out.append("| | k-NN accuracy | k-NN balanced | linear accuracy | linear balanced |\n|---|---|---|---|---|\n");
        report.differences().forEach(d -> out.append("| ")
                .append((d.name() + " minus " + d.against()).replace("|", "\\|"))
                .append(" | ")
                .append(points(d.knnAccuracy()))
                .append(" | ")
                .append(points(d.knnBalanced()))
                .append(" | ")
                .append(points(d.linearAccuracy()))
                .append(" | ")
                .append(points(d.linearBalanced()))
                .append(" |\n"));
        return out.toString();
    }

    private String sentence() {
        return report.images() + " images in " + report.classes().size() + " classes, " + report.measured()
                + " test predictions; " + report.split() + ". " + report.method()
                + " Intervals: 95 %, bootstrap over groups inside each class.";
    }

    private HtmlReport html(Provenance provenance) {
        HtmlReport page = HtmlReport.titled(
                "Comparison of " + report.rows().size() + " kinds of features", sentence() + " Set: " + report.set());
        if (!report.leak().clean()) {
            page.notice(Tone.BAD, "Leak: " + report.leak().sentence() + ". The numbers below are too high.");
        }
        if (!report.leftOut().isEmpty()) {
            page.notice(
                    Tone.WARNING, "Left out for having too few images: " + String.join(", ", report.leftOut()) + ".");
        }
        ReportSection section = page.section("Measures");
        section.table("", table());
        Map<String, SvgChart> charts = new LinkedHashMap<>();
        charts.put("Balanced accuracy by nearest neighbours.", chart(true));
        charts.put("Balanced accuracy by logistic regression.", chart(false));
        section.charts(charts);
        ReportTable differences = ReportTable.of(
                ReportTable.Column.text("Features"),
                ReportTable.Column.text("against"),
                ReportTable.Column.number("k-NN accuracy"),
                ReportTable.Column.number("k-NN balanced"),
                ReportTable.Column.number("Linear accuracy"),
                ReportTable.Column.number("Linear balanced"));
        report.differences()
                .forEach(d -> differences.row(
                        d.name(),
                        d.against(),
                        points(d.knnAccuracy()),
                        points(d.knnBalanced()),
                        points(d.linearAccuracy()),
                        points(d.linearBalanced())));
        page.section("Differences")
                .table(
                        "In points, over paired resamples of the same test images. An interval without 0 is a"
                                + " difference beyond chance at 5 %.",
                        differences);
        Map<String, String> facts = new LinkedHashMap<>();
        provenance.inputs().forEach(input -> facts.put(input.name(), input.path() + " (" + input.sha256() + ")"));
        page.section("Provenance").facts(facts);
        page.footer("Compared " + provenance.start() + " on "
                + provenance.machine().host() + ", " + provenance.machine().cores() + " cores.");
        return page;
    }

    private ReportTable table() {
        ReportTable table = ReportTable.of(
                ReportTable.Column.text("Features"),
                ReportTable.Column.number("Dimensions"),
                ReportTable.Column.number("k-NN accuracy"),
                ReportTable.Column.number("k-NN balanced"),
                ReportTable.Column.number("k-NN macro F1"),
                ReportTable.Column.number("Linear accuracy"),
                ReportTable.Column.number("Linear balanced"),
                ReportTable.Column.number("Linear macro F1"));
        report.rows()
                .forEach(row -> table.row(
                        row.name(),
                        Integer.toString(row.dimensions()),
                        row.knn().accuracy().percent(),
                        row.knn().balancedAccuracy().percent(),
                        row.knn().macroF1().percent(),
                        row.linear().accuracy().percent(),
                        row.linear().balancedAccuracy().percent(),
                        row.linear().macroF1().percent()));
        return table;
    }

    private SvgChart chart(boolean knn) {
        Map<String, Interval> rows = new LinkedHashMap<>();
        for (int i = report.rows().size() - 1; i >= 0; i--) {
            ComparisonReport.Row row = report.rows().get(i);
            rows.put(row.name(), (knn ? row.knn() : row.linear()).balancedAccuracy());
        }
        return Charts.intervals("balanced accuracy, %", rows);
    }

    private static String points(Interval difference) {
        return String.format(
                Locale.ROOT,
                "%+.1f (%+.1f to %+.1f)",
                100 * difference.value(),
                100 * difference.low(),
                100 * difference.high());
    }
}
