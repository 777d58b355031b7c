package org.dinobench.evaluation.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dinobench.core.io.AtomicFiles;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.evaluation.EvaluatedModel;
import org.dinobench.evaluation.EvaluationSpec;
import org.dinobench.evaluation.data.EvalImage;
import org.dinobench.evaluation.data.LabelledSet;
import org.dinobench.evaluation.data.Split;
import org.dinobench.evaluation.features.UntrainedNetwork;
import org.dinobench.evaluation.report.Picture;
import org.dinobench.evaluation.segmentation.LabelMap;
import org.dinobench.evaluation.segmentation.MaskFolder;
import org.dinobench.evaluation.segmentation.MaskPaint;
import org.dinobench.evaluation.segmentation.MaskSource;
import org.dinobench.evaluation.segmentation.PatchFeatures;
import org.dinobench.evaluation.segmentation.PatchTokens;
import org.dinobench.evaluation.segmentation.SegmentationEvaluation;
import org.dinobench.evaluation.segmentation.SegmentationReport;
import org.dinobench.imaging.BrokenImageException;
import org.dinobench.imaging.ImageReader;
import org.dinobench.imaging.ImageWriter;
import org.dinobench.imaging.Resampler;
import org.dinobench.imaging.RgbImage;
import org.dinobench.model.VisionTransformer;

/** The segmentation of one evaluation: model, baselines, overlays of sample images. */
public final class SegmentationTask {
    /** Titles of the columns of {@link #pictures}. */
    public static final List<String> COLUMNS = List.of("image", "mask", "found");

    private static final int SHOWN = 264;

    private final EvaluationSpec spec;
    private final LabelledSet set;
    private final Split split;
    private final SegmentationEvaluation evaluation;
    private final List<SegmentationReport> baselines = new ArrayList<>();
    private SegmentationEvaluation.Outcome outcome;
    private PatchTokens tokens;

    private SegmentationTask(EvaluationSpec spec, LabelledSet set, Split split, SegmentationEvaluation evaluation) {
        this.spec = spec;
        this.set = set;
        this.split = split;
        this.evaluation = evaluation;
    }

    /** Reads and checks the masks. */
    public static SegmentationTask of(EvaluationSpec spec, LabelledSet set, Split split, JobMonitor monitor)
            throws IOException {
        MaskSource source = spec.masks().orElseThrow();
        MaskFolder masks = MaskFolder.of(source.folder(), set, source.ignored(), monitor);
        return new SegmentationTask(
                spec, set, split, new SegmentationEvaluation(set, split, masks, spec.segmentation(), spec.leaks()));
    }

    /** Measures the model and, where asked, raw patches and the untrained network. */
    public SegmentationReport run(EvaluatedModel model, String title, JobMonitor monitor) {
        VisionTransformer network = model.backbone("segmentation");
        PatchFeatures features =
                new PatchFeatures(network.config().patch(), spec.transform().size(), spec.batchSize(), spec.workers());
        tokens = features.ofNetwork(network, set, monitor);
        outcome = evaluation.evaluate(title, tokens, monitor);
        if (spec.baselines()) {
            baselines.add(evaluation
                    .evaluate("raw pixels of a patch", features.ofPixels(set, monitor), monitor)
                    .report());
            try (UntrainedNetwork untrained = new UntrainedNetwork(network.config(), spec.seed())) {
                baselines.add(evaluation
                        .evaluate(
                                "untrained network, patch tokens",
                                features.ofNetwork(untrained.network(), set, monitor),
                                monitor)
                        .report());
            }
        }
        return outcome.report();
    }

    /** What {@link #run} found. */
    public SegmentationReport report() {
        return outcome.report();
    }

    /** What {@link #run} found on baselines. */
    public List<SegmentationReport> baselines() {
        return List.copyOf(baselines);
    }

    /** Image, mask and found mask of some test images; PNG files of each in the folder. */
    Map<String, List<Picture>> pictures(Path folder, JobMonitor monitor) throws IOException {
        Files.createDirectories(folder);
        int[] test = split.test();
        int count = Math.min(spec.pictures(), test.length);
        Map<String, List<Picture>> rows = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            monitor.checkStopped();
            int image = test[(int) ((long) i * test.length / count)];
            RgbImage picture = read(set.images().get(image));
            LabelMap truth = evaluation.masks().read(image);
            LabelMap found =
                    outcome.head().predict(tokens.images().get(image), tokens.grid(), truth.width(), truth.height());
            String name = String.format("segment-%02d", i + 1);
            rows.put(
                    (i + 1) + ". " + set.images().get(image).file().getFileName(),
                    List.of(
                            png(folder, picture, name + "-image.png"),
                            png(folder, MaskPaint.over(picture, truth), name + "-mask.png"),
                            png(folder, MaskPaint.over(picture, found), name + "-found.png")));
        }
        return rows;
    }

    private static Picture png(Path folder, RgbImage image, String file) throws IOException {
        RgbImage shown =
                Math.min(image.width(), image.height()) > SHOWN ? new Resampler().resizeShorter(image, SHOWN) : image;
        byte[] bytes = ImageWriter.png(shown);
        AtomicFiles.write(folder.resolve(file), out -> out.write(bytes));
        return new Picture(bytes, "image/png", "", file);
    }

    private static RgbImage read(EvalImage image) {
        try {
            return new ImageReader().read(image.file());
        } catch (BrokenImageException problem) {
            throw new BadInputException(image.id(), problem.getMessage(), "leave the image out", problem);
        }
    }

    /** One row a test image: pixel accuracy, IoU and Dice of each class. */
    void writeCsv(Path file) throws IOException {
        StringBuilder out = new StringBuilder("path,pixel_accuracy");
        for (String measure : Arrays.asList("iou ", "dice ")) {
            report().classes().forEach(row -> out.append(',').append(Predictions.quoted(measure + row.name(), true)));
        }
        out.append("\r\n");
        for (SegmentationReport.ImageRow row : report().images()) {
            out.append(Predictions.quoted(row.path(), false)).append(',').append(number(row.pixelAccuracy()));
            row.iou().forEach(v -> out.append(',').append(number(v)));
            row.dice().forEach(v -> out.append(',').append(number(v)));
            out.append("\r\n");
        }
        AtomicFiles.writeString(file, out.toString());
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "" : String.format(java.util.Locale.ROOT, "%.6f", value);
    }
}
