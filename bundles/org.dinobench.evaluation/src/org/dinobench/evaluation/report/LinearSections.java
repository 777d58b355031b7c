package org.dinobench.evaluation.report;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.dinobench.evaluation.linear.FewShot;
import org.dinobench.evaluation.linear.LogisticReport;
import org.dinobench.evaluation.linear.ProbeReport;
import org.dinobench.evaluation.metrics.Classification;
import org.dinobench.evaluation.metrics.Interval;
import org.dinobench.evaluation.retrieval.RetrievalReport;

/** Sections on linear classifiers and on retrieval. Each method adds one section to the report. */
public final class LinearSections {
    private static final int SHOWN = 10;

    private final HtmlReport report;

    /** @param report receives the sections */
    public LinearSections(HtmlReport report) {
        this.report = report;
    }

    /** Logistic regression with its cross-validation. */
    public ReportSection logistic(LogisticReport logistic) {
        ReportSection section = report.section("Logistic regression");
        section.text(String.format(
                Locale.ROOT,
                "On standardised features; strength %s chosen by %d-fold grouped cross-validation on the training part"
                        + " alone. %s.",
                logistic.chosenL2(),
                logistic.spec().folds(),
                headline(logistic.details())));
        double[] x =
                logistic.path().stream().mapToDouble(p -> Math.log10(p.l2())).toArray();
        Map<String, SvgChart> charts = new LinkedHashMap<>();
        charts.put(
                "Cross-validated loss by strength.",
                Charts.lines(
                        "log10 of the strength",
                        "log loss",
                        List.of(new Charts.Line(
                                "log loss",
                                x,
                                logistic.path().stream()
                                        .mapToDouble(LogisticReport.Point::logLoss)
                                        .toArray())),
                        false));
        Map<String, Interval> measures = new LinkedHashMap<>();
        measures.put("accuracy", logistic.details().accuracy());
        measures.put("balanced", logistic.details().balancedAccuracy());
        measures.put("macro F1", logistic.details().macroF1());
        charts.put("On the test part, with 95 % intervals.", Charts.intervals("percent", measures));
        return section.charts(charts);
    }

    /** The linear probe's best classifiers. */
    public ReportSection probe(ProbeReport probe) {
        ReportSection section = report.section("Linear probe");
        section.text(probe.grid().size() + " classifiers trained at once as in DINOv2, "
                + probe.spec().iterations() + " steps of " + probe.spec().batchSize()
                + " images; the one chosen on a held-out part of the training images: "
                + probe.chosen().words() + ". " + headline(probe.details()) + ".");
        ReportTable table =
                ReportTable.of(ReportTable.Column.text("Classifier"), ReportTable.Column.number("Validation accuracy"));
        probe.grid().stream()
                .sorted(Comparator.comparingDouble(ProbeReport.Candidate::validationAccuracy)
                        .reversed())
                .limit(SHOWN)
                .forEach(
                        c -> table.row(c.words(), String.format(Locale.ROOT, "%.1f %%", 100 * c.validationAccuracy())));
        return section.table("The best " + Math.min(SHOWN, probe.grid().size()) + " on the validation part.", table);
    }

    /** Accuracy over the number of labelled images. */
    public ReportSection fewShot(List<FewShot.Point> curve) {
        double[] x = curve.stream().mapToDouble(FewShot.Point::shots).toArray();
        double[] accuracy = curve.stream().mapToDouble(p -> 100 * p.accuracy()).toArray();
        double[] balanced =
                curve.stream().mapToDouble(p -> 100 * p.balancedAccuracy()).toArray();
        ReportSection section = report.section("Few labelled images");
        section.chart(
                Charts.lines(
                        "labelled images per class",
                        "percent",
                        List.of(new Charts.Line("accuracy", x, accuracy), new Charts.Line("balanced", x, balanced)),
                        false),
                "Logistic regressions on random draws from the training part, measured on the whole test part.");
        ReportTable table = ReportTable.of(
                ReportTable.Column.text("Images per class"),
                ReportTable.Column.number("Accuracy"),
                ReportTable.Column.number("Balanced accuracy"));
        curve.forEach(p -> table.row(
                Integer.toString(p.shots()),
                spread(p.accuracy(), p.accuracyDeviation()),
                spread(p.balancedAccuracy(), p.balancedDeviation())));
        return section.table("Mean and standard deviation over the draws.", table);
    }

    /** Retrieval of images of the same class. */
    public ReportSection retrieval(RetrievalReport retrieval) {
        ReportTable table = ReportTable.of(ReportTable.Column.text("Measure"), ReportTable.Column.number("Value"));
        table.row(
                "Mean average precision",
                String.format(Locale.ROOT, "%.1f %%", 100 * retrieval.meanAveragePrecision()));
        retrieval
                .recall()
                .forEach(r -> table.row("Recall at " + r.k(), String.format(Locale.ROOT, "%.1f %%", 100 * r.recall())));
        return report.section("Retrieval")
                .text("Test images searched for among " + StandardSections.count(retrieval.gallery())
                        + " training images by cosine; images of their own group do not count.")
                .table("", table);
    }

    private static String headline(Classification details) {
        return "Accuracy " + details.accuracy().percent() + ", balanced "
                + details.balancedAccuracy().percent();
    }

    private static String spread(double mean, double deviation) {
        return String.format(Locale.ROOT, "%.1f \u00b1 %.1f %%", 100 * mean, 100 * deviation);
    }
}
