package org.dinobench.evaluation.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.dinobench.evaluation.metrics.Interval;
import org.dinobench.evaluation.segmentation.SegmentationReport;

/** The section of a segmentation by a linear head. */
public final class SegmentationSections {
    private final HtmlReport report;

    /** @param report receives the section */
    public SegmentationSections(HtmlReport report) {
        this.report = report;
    }

    /**
     * Measures of the model beside its baselines, each class, and overlays.
     *
     * @param baselines measured on the same split; may be empty
     * @param columns titles of the pictures
     * @param pictures by image; may be empty
     */
    public ReportSection segmentation(
            SegmentationReport model,
            List<SegmentationReport> baselines,
            List<String> columns,
            Map<String, List<Picture>> pictures) {
        ReportSection section = report.section("Segmentation");
        section.text("A linear head on patch features (" + model.grid() + " x " + model.grid()
                + " patches), its logits upsampled to the size of the masks; "
                + StandardSections.count(model.trainImages()) + " training and "
                + StandardSections.count(model.testImages()) + " test images; " + model.split()
                + ". Measured on all test pixels together. Intervals: 95 %, bootstrap over groups of images.");
        ReportTable table = ReportTable.of(
                ReportTable.Column.text("Features"),
                ReportTable.Column.number("Mean IoU"),
                ReportTable.Column.number("Mean Dice"),
                ReportTable.Column.number("Pixel accuracy"));
        Map<String, Interval> iou = new LinkedHashMap<>();
        List<SegmentationReport> all = new ArrayList<>(List.of(model));
        all.addAll(baselines);
        for (SegmentationReport row : all) {
            String[] cells = {
                row.features(),
                row.meanIou().percent(),
                row.meanDice().percent(),
                row.pixelAccuracy().percent()
            };
            if (row == model) {
                table.strongRow(cells);
            } else {
                table.row(cells);
            }
            iou.put(row.features(), row.meanIou());
        }
        section.table("", table);
        section.chart(Charts.intervals("mean IoU, %", iou), "Mean IoU with its 95 % interval.");
        section.table("Each class of " + model.features() + ".", classes(model));
        if (!pictures.isEmpty()) {
            section.pictureRows(
                    columns, pictures, 132, "Test images with their masks and what the head found in them.");
        }
        return section;
    }

    private static ReportTable classes(SegmentationReport model) {
        ReportTable table = ReportTable.of(
                ReportTable.Column.text("Class"),
                ReportTable.Column.text("Pixel value"),
                ReportTable.Column.number("Share of test pixels"),
                ReportTable.Column.number("IoU"),
                ReportTable.Column.number("Dice"));
        model.classes()
                .forEach(row -> table.row(
                        row.name(),
                        row.value(),
                        String.format(Locale.ROOT, "%.1f %%", 100 * row.testShare()),
                        measured(row.iou()),
                        measured(row.dice())));
        return table;
    }

    private static String measured(Interval interval) {
        return Double.isNaN(interval.value()) ? "–" : interval.percent();
    }
}
