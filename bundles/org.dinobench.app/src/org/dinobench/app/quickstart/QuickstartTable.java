package org.dinobench.app.quickstart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.dinobench.evaluation.knn.KnnReport;
import org.dinobench.evaluation.metrics.Interval;

/** The end of a quickstart as lines for a terminal. */
public final class QuickstartTable {
    private QuickstartTable() {}

    /** What was found and measured, and where everything lies. */
    public static List<String> of(QuickstartResult result) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(row(
                "images",
                result.imported().found() + " found, " + result.imported().broken() + " cannot be read, "
                        + result.curation().kept() + " kept"));
        lines.add(row(
                "identical files",
                result.identical().count() + " pairs, "
                        + result.identical().conflicting().size() + " with different labels (named in the report), "
                        + result.identical().acrossSplits() + " across splits"));
        lines.add(row(
                "near-duplicates",
                result.curation().groups().size() + " groups, "
                        + result.curation().duplicates() + " copies dropped"));
        lines.add(row(
                "label conflicts",
                result.curation().conflicts().size() + " groups, "
                        + result.curation().acrossSplits().size() + " groups across splits"));
        lines.add(row("clusters", Integer.toString(result.curation().clusters().size())));
        lines.add(row(
                "training",
                String.format(
                        Locale.ROOT,
                        "%d steps, %d images in %.1f min (%.1f images/s)",
                        result.training().steps(),
                        result.training().images(),
                        result.training().seconds() / 60,
                        result.training().images() / result.training().seconds())));
        lines.add("");
        if (result.knn().isEmpty()) {
            lines.add("  no labels, so nothing to measure the features with");
        } else {
            KnnReport first = result.knn().get(0);
            lines.add(String.format(
                    Locale.ROOT,
                    "  k-NN, k = %d, %d to learn from, %d tested%18s%26s",
                    first.detailsK(),
                    first.trainImages(),
                    first.testImages(),
                    "accuracy",
                    "balanced accuracy"));
            for (KnnReport report : result.knn()) {
                lines.add(String.format(
                        Locale.ROOT,
                        "    %-40s%26s%26s",
                        report.features(),
                        interval(report.details().accuracy()),
                        interval(report.details().balancedAccuracy())));
            }
        }
        lines.add("");
        lines.add(row("export", result.export().target().toString()));
        lines.add(row("", result.export().check().sentence()));
        lines.add(row("report", result.report().toString()));
        StringBuilder times = new StringBuilder();
        result.timings().forEach((stage, time) -> times.append(times.length() == 0 ? "" : ", ")
                .append(stage.toLowerCase(Locale.ROOT))
                .append(' ')
                .append(String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0)));
        lines.add(row("time", times.toString()));
        return lines;
    }

    private static String row(String name, String value) {
        return String.format(Locale.ROOT, "  %-16s %s", name, value);
    }

    private static String interval(Interval interval) {
        return String.format(
                Locale.ROOT,
                "%.1f %% (%.1f to %.1f)",
                100 * interval.value(),
                100 * interval.low(),
                100 * interval.high());
    }
}
