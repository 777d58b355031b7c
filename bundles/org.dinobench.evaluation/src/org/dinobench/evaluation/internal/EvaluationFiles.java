package org.dinobench.evaluation.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.dinobench.core.io.Json;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.provenance.Provenance;
import org.dinobench.evaluation.EvaluationResult;
import org.dinobench.evaluation.EvaluationSpec;
import org.dinobench.evaluation.Task;
import org.dinobench.evaluation.data.LeakCheck;
import org.dinobench.evaluation.metrics.ClassScores;
import org.dinobench.evaluation.metrics.Classification;
import org.dinobench.evaluation.report.HtmlReport;
import org.dinobench.evaluation.report.KeyNumber;
import org.dinobench.evaluation.report.LinearSections;
import org.dinobench.evaluation.report.Picture;
import org.dinobench.evaluation.report.ReportJson;
import org.dinobench.evaluation.report.SegmentationSections;
import org.dinobench.evaluation.report.StandardSections;
import org.dinobench.evaluation.report.Tone;
import org.dinobench.model.VisionTransformer;

/** Writes the folder of one evaluation. */
public final class EvaluationFiles {
    private final EvaluationSpec spec;
    private final EvaluationResult result;
    private final VisionTransformer network;
    private final Optional<SegmentationTask> segmentation;
    private final Map<String, Duration> timings;

    /**
     * @param network for pictures; null for a black box, which has none
     * @param segmentation finished; empty when it was no task
     * @param timings of the parts by name, in order
     */
    public EvaluationFiles(
            EvaluationSpec spec,
            EvaluationResult result,
            VisionTransformer network,
            Optional<SegmentationTask> segmentation,
            Map<String, Duration> timings) {
        this.spec = spec;
        this.result = result;
        this.network = network;
        this.segmentation = segmentation;
        this.timings = timings;
    }

    /** Writes all files; the folder exists. */
    public void write(Provenance provenance, JobMonitor monitor) throws IOException {
        Path folder = result.folder();
        Map<String, List<Picture>> pictures = Map.of();
        if (network != null && spec.tasks().contains(Task.PICTURES) && spec.pictures() > 0) {
            pictures = new SamplePictures(network, spec.transform(), folder.resolve("figures"))
                    .make(result.set(), result.split(), spec.pictures(), monitor);
        }
        Map<String, List<Picture>> overlays = Map.of();
        if (segmentation.isPresent()) {
            segmentation.get().writeCsv(folder.resolve("segmentation.csv"));
            overlays = segmentation.get().pictures(folder.resolve("figures"), monitor);
        }
        monitor.begin("Writing the report", 1);
        provenance.write(folder.resolve("provenance.json"));
        predictions(folder.resolve("predictions.csv"));
        Json.write(folder.resolve("report.json"), json());
        HtmlReport report = html(provenance);
        sections(report, pictures, overlays, provenance);
        report.write(folder.resolve("report.html"));
        monitor.worked(1);
    }

    private void predictions(Path file) throws IOException {
        if (result.knn().isEmpty()
                && result.logistic().isEmpty()
                && result.probe().isEmpty()) {
            return;
        }
        Predictions predictions = new Predictions(result.set(), result.split());
        result.knn()
                .ifPresent(knn -> predictions.add(
                        "knn", knn.predictions().scores(), knn.predictions().predicted()));
        result.logistic().ifPresent(l -> predictions.add("linear", l.scores(), best(l.scores())));
        result.probe().ifPresent(p -> predictions.add("probe", p.scores(), best(p.scores())));
        predictions.write(file);
    }

    private static List<Integer> best(ClassScores scores) {
        return Arrays.stream(scores.best()).boxed().toList();
    }

    private ObjectNode json() {
        ObjectNode node = Json.object();
        node.put("model", result.model());
        node.put("set", result.set().name());
        node.put("images", result.set().size());
        node.put("split", result.split().description());
        node.set("left_out_classes", ReportJson.of(result.leftOut()));
        result.knn().ifPresent(knn -> node.set("knn", ReportJson.of(knn)));
        node.set("baselines", ReportJson.of(result.baselines()));
        result.logistic().ifPresent(l -> node.set("linear", ReportJson.of(l)));
        result.probe().ifPresent(p -> node.set("probe", ReportJson.of(p)));
        node.set("fewshot", ReportJson.of(result.fewShot()));
        result.retrieval().ifPresent(r -> node.set("retrieval", ReportJson.of(r)));
        result.segmentation().ifPresent(found -> node.set("segmentation", ReportJson.of(found)));
        node.set("segmentation_baselines", ReportJson.of(result.segmentationBaselines()));
        result.copies().ifPresent(found -> node.putObject("near_duplicates")
                .put("searched", found.searched())
                .put("pairs", found.pairs().size()));
        node.set("statistics", ReportJson.of(result.statistics()));
        ObjectNode seconds = node.putObject("seconds");
        timings.forEach((part, time) -> seconds.put(part, time.toMillis() / 1000.0));
        return node;
    }

    private HtmlReport html(Provenance provenance) {
        HtmlReport report = HtmlReport.titled(
                "Evaluation of " + result.model(),
                result.set().size() + " images of " + result.set().name() + "; "
                        + result.split().description());
        List<KeyNumber> numbers = new ArrayList<>();
        result.knn().ifPresent(knn -> headline(numbers, "k-NN", knn.details()));
        result.logistic().ifPresent(l -> headline(numbers, "Logistic regression", l.details()));
        result.probe().ifPresent(p -> headline(numbers, "Linear probe", p.details()));
        result.segmentation().ifPresent(found -> {
            numbers.add(new KeyNumber(
                    "Segmentation mean IoU", percent(found.meanIou().value()), range(found.meanIou())));
            numbers.add(new KeyNumber(
                    "Segmentation mean Dice", percent(found.meanDice().value()), range(found.meanDice())));
        });
        report.keyNumbers(numbers);
        leaks(report);
        if (!result.leftOut().isEmpty()) {
            report.notice(
                    Tone.WARNING, "Left out for having too few images: " + String.join(", ", result.leftOut()) + ".");
        }
        report.footer("Evaluated " + provenance.start() + " on "
                + provenance.machine().host() + ", " + provenance.machine().cores() + " cores.");
        return report;
    }

    /** First and in red when the split leaks, whatever was measured on it. */
    private void leaks(HtmlReport report) {
        LeakCheck.Finding leak = LeakCheck.check(result.set(), result.split(), LeakCheck.Policy.MARK);
        if (!leak.clean()) {
            report.notice(Tone.BAD, "Leak: " + leak.sentence() + ". The numbers below are too high.");
        }
        result.copies().ifPresent(found -> {
            if (!found.searched()) {
                report.notice(
                        Tone.WARNING,
                        "The set is too large to be searched for near-duplicates here. Only equal files and the groups"
                                + " of the data were kept on one side of the split; curate the dataset first.");
            } else if (!found.pairs().isEmpty() && leak.clean()) {
                report.notice(
                        Tone.GOOD,
                        found.pairs().size() + " pairs of near-duplicates were found beyond the groups of the data and"
                                + " kept on one side of the split.");
            }
        });
    }

    private static void headline(List<KeyNumber> numbers, String name, Classification details) {
        numbers.add(new KeyNumber(name + " accuracy", percent(details.accuracy().value()), range(details.accuracy())));
        numbers.add(new KeyNumber(
                name + " balanced", percent(details.balancedAccuracy().value()), range(details.balancedAccuracy())));
    }

    private void sections(
            HtmlReport report,
            Map<String, List<Picture>> pictures,
            Map<String, List<Picture>> overlays,
            Provenance provenance) {
        StandardSections sections = new StandardSections(report);
        LinearSections linear = new LinearSections(report);
        result.knn().ifPresent(knn -> {
            sections.knn(knn, result.baselines());
            sections.classes("Classes by nearest neighbours", knn.details(), knn.curves(result.set()));
        });
        result.logistic().ifPresent(l -> {
            linear.logistic(l);
            sections.classes("Classes by logistic regression", l.details(), Map.of());
        });
        result.probe().ifPresent(linear::probe);
        if (!result.fewShot().isEmpty()) {
            linear.fewShot(result.fewShot());
        }
        result.retrieval().ifPresent(linear::retrieval);
        result.segmentation().ifPresent(found -> new SegmentationSections(report)
                .segmentation(found, result.segmentationBaselines(), SegmentationTask.COLUMNS, overlays));
        if (!result.statistics().isEmpty()) {
            sections.statistics(result.statistics());
        }
        if (!pictures.isEmpty()) {
            sections.pictures(
                    SamplePictures.COLUMNS,
                    pictures,
                    "Test images. Attention of the class token in the last block: mean of the heads, and the head that"
                            + " is gathered in the fewest patches. Components: the first three principal components of"
                            + " the patch features as red, green and blue, jointly over these images.");
        }
        Map<String, String> facts = new LinkedHashMap<>();
        provenance.inputs().forEach(input -> facts.put(input.name(), input.path() + " (" + input.sha256() + ")"));
        facts.put("Seed", Long.toString(spec.seed()));
        facts.put("Java", provenance.machine().java());
        facts.put("System", provenance.machine().os());
        new TreeMap<>(provenance.versions()).forEach(facts::put);
        sections.provenance(facts, timings);
    }

    private static String percent(double value) {
        return String.format(java.util.Locale.ROOT, "%.1f %%", 100 * value);
    }

    private static String range(org.dinobench.evaluation.metrics.Interval interval) {
        return String.format(java.util.Locale.ROOT, "95 %%: %.1f to %.1f", 100 * interval.low(), 100 * interval.high());
    }
}
