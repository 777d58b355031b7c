package org.dinobench.evaluation.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.evaluation.data.EvalImage;
import org.dinobench.evaluation.data.LabelledSet;
import org.dinobench.evaluation.data.Split;
import org.dinobench.evaluation.maps.AttentionMaps;
import org.dinobench.evaluation.maps.ColourMap;
import org.dinobench.evaluation.maps.MapImages;
import org.dinobench.evaluation.maps.NetworkInput;
import org.dinobench.evaluation.maps.PatchPca;
import org.dinobench.evaluation.report.Picture;
import org.dinobench.imaging.BrokenImageException;
import org.dinobench.imaging.ImageReader;
import org.dinobench.imaging.ImageWriter;
import org.dinobench.imaging.Resampler;
import org.dinobench.imaging.RgbImage;
import org.dinobench.imaging.augment.EvalTransform;
import org.dinobench.model.VisionTransformer;

/** Attention and principal components of a few test images, spread over the classes, as files and for the report. */
final class SamplePictures {
    static final List<String> COLUMNS = List.of("image", "attention of CLS", "most gathered head", "components");
    private static final int SHOWN = 264;

    private final VisionTransformer network;
    private final EvalTransform transform;
    private final Path folder;

    SamplePictures(VisionTransformer network, EvalTransform transform, Path folder) {
        this.network = network;
        this.transform = transform;
        this.folder = folder;
    }

    /** Rows of pictures by the class of the image; PNG files of each in the folder. */
    Map<String, List<Picture>> make(LabelledSet set, Split split, int count, JobMonitor monitor) throws IOException {
        Files.createDirectories(folder);
        List<EvalImage> samples = samples(set, split, count);
        List<NetworkInput> inputs = new ArrayList<>();
        for (EvalImage sample : samples) {
            inputs.add(input(sample));
        }
        PatchPca.Result pca = new PatchPca(PatchPca.Foreground.ALL, 0).paint(network, inputs, monitor);
        MapImages paint = new MapImages(ColourMap.EMBER);
        Map<String, List<Picture>> rows = new LinkedHashMap<>();
        for (int i = 0; i < samples.size(); i++) {
            monitor.checkStopped();
            RgbImage shown = enlarged(inputs.get(i).image());
            AttentionMaps attention = AttentionMaps.of(network, inputs.get(i), -1);
            RgbImage mean = paint.over(shown, attention.meanOfClass().stretched(99), 0.25, 0.85);
            RgbImage head =
                    paint.over(shown, attention.ofClass(peakedHead(attention)).stretched(99), 0.25, 0.85);
            RgbImage components = new Resampler().resize(pca.images().get(i), shown.width(), shown.height());
            String name = String.format("sample-%02d", i + 1);
            rows.put(
                    (i + 1) + ". " + samples.get(i).label(),
                    List.of(
                            png(shown, name + "-image.png"),
                            png(mean, name + "-attention.png"),
                            png(head, name + "-head.png"),
                            png(components, name + "-components.png")));
        }
        return rows;
    }

    /** The head whose attention is gathered in the fewest patches. */
    private static int peakedHead(AttentionMaps attention) {
        int best = 0;
        double most = -1;
        for (int h = 0; h < attention.heads(); h++) {
            double sum = 0;
            double squares = 0;
            for (float v : attention.ofClass(h).values()) {
                sum += v;
                squares += (double) v * v;
            }
            double peak = squares / (sum * sum);
            if (peak > most) {
                most = peak;
                best = h;
            }
        }
        return best;
    }

    private Picture png(RgbImage image, String file) throws IOException {
        byte[] bytes = ImageWriter.png(image);
        org.dinobench.core.io.AtomicFiles.write(folder.resolve(file), out -> out.write(bytes));
        return new Picture(bytes, "image/png", "", file);
    }

    private NetworkInput input(EvalImage sample) {
        try {
            RgbImage image = new ImageReader().read(sample.file());
            return NetworkInput.of(image, transform.size(), network.config().patch(), transform.normalization());
        } catch (BrokenImageException problem) {
            throw new BadInputException(sample.file().toString(), problem.getMessage(), "leave the image out", problem);
        }
    }

    private static RgbImage enlarged(RgbImage image) {
        int shorter = Math.min(image.width(), image.height());
        return shorter >= SHOWN ? image : new Resampler().resizeShorter(image, SHOWN);
    }

    /** One test image of each class in turn, until there are enough. */
    private static List<EvalImage> samples(LabelledSet set, Split split, int count) {
        List<List<EvalImage>> byClass = new ArrayList<>();
        set.classes().forEach(name -> byClass.add(new ArrayList<>()));
        for (int i : split.test()) {
            byClass.get(set.label(i)).add(set.images().get(i));
        }
        List<EvalImage> samples = new ArrayList<>();
        for (int round = 0; samples.size() < Math.min(count, split.test().length); round++) {
            for (List<EvalImage> images : byClass) {
                if (round < images.size() && samples.size() < count) {
                    samples.add(images.get(round));
                }
            }
        }
        return samples;
    }
}
