package org.dinobench.evaluation.embed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.evaluation.data.EvalImage;
import org.dinobench.evaluation.features.FeatureKind;
import org.dinobench.evaluation.features.UntrainedNetwork;
import org.dinobench.imaging.augment.EvalTransform;
import org.dinobench.model.VitConfig;
import org.dinobench.torch.Precision;
import org.dinobench.torch.Torch;

/**
 * Times {@link Embedding} with random weights: the whole way from files to files, and the network alone on one batch of
 * noise. A PyTorch script with the same knobs does the same work.
 */
public final class EmbedBench {
    /**
     * Knobs of the measurement.
     *
     * @param arch preset of the backbone
     * @param patch side of a patch, pixels
     * @param size side of the network's input, pixels; the shorter side is first resized to 8/7 of it
     * @param batch images a forward pass
     * @param threads of one operation
     * @param workers threads that decode
     * @param precision of matrix products
     * @param kind what is written
     * @param limit images at most
     * @param repeats forward passes of the network alone; the median counts
     */
    public record Knobs(
            String arch,
            int patch,
            int size,
            int batch,
            int threads,
            int workers,
            Precision precision,
            FeatureKind kind,
            int limit,
            int repeats) {}

    /**
     * Results.
     *
     * @param images embedded
     * @param seconds from the first file to the last written vector, without loading the program
     * @param imagesPerSecond of the whole way
     * @param networkSeconds one forward pass of the network alone, median
     * @param networkImagesPerSecond of the network alone
     */
    public record Figures(
            long images,
            double seconds,
            double imagesPerSecond,
            double networkSeconds,
            double networkImagesPerSecond) {}

    /** Measures on the images below a folder; results go to a temporary folder that is removed. */
    public Figures run(Knobs knobs, Path folder, JobMonitor monitor) throws IOException {
        List<EvalImage> all = EmbedImages.folder(folder);
        List<EvalImage> images = all.subList(0, Math.min(all.size(), knobs.limit()));
        Torch.start();
        int threadsBefore = Torch.threads();
        Precision precisionBefore = Torch.precision();
        Torch.setThreads(knobs.threads());
        Torch.setPrecision(knobs.precision());
        EvalTransform transform = new EvalTransform(
                Math.round(knobs.size() * 8 / 7f), knobs.size(), EvalTransform.DINOV2.normalization());
        EmbedSpec spec = new EmbedSpec(knobs.kind(), false, transform, knobs.batch(), knobs.workers());
        VitConfig config = VitConfig.preset("--arch", knobs.arch(), knobs.patch(), knobs.size());
        Path work = Files.createTempDirectory("embed-bench");
        try (UntrainedNetwork untrained = new UntrainedNetwork(config, 0)) {
            Embedding embedding = Embedding.of(untrained.network(), "random", spec);
            List<EvalImage> first = images.subList(0, Math.min(images.size(), 2 * knobs.batch()));
            embedding.run(first, work.resolve("warm-up"), JobMonitor.NONE);
            EmbedResult result = embedding.run(images, work.resolve("measured"), monitor);
            double pass = network(TokenSource.of(untrained.network(), knobs.kind()), knobs, monitor);
            return new Figures(result.rows(), result.seconds(), result.imagesPerSecond(), pass, knobs.batch() / pass);
        } finally {
            Torch.setThreads(threadsBefore);
            Torch.setPrecision(precisionBefore);
            delete(work);
        }
    }

    private static double network(TokenSource source, Knobs knobs, JobMonitor monitor) {
        int count = knobs.batch() * 3 * knobs.size() * knobs.size();
        FloatBuffer images = direct(count);
        SplittableRandom random = new SplittableRandom(0);
        for (int i = 0; i < count; i++) {
            images.put(i, (float) (2 * random.nextDouble() - 1));
        }
        FloatBuffer vectors = direct(knobs.batch() * source.dimensions());
        double[] seconds = new double[knobs.repeats()];
        monitor.begin("Network alone", knobs.repeats() + 1L);
        for (int r = -1; r < knobs.repeats(); r++) {
            monitor.checkStopped();
            long start = System.nanoTime();
            source.compute(images, knobs.batch(), knobs.size(), vectors.clear(), null);
            if (r >= 0) {
                seconds[r] = (System.nanoTime() - start) * 1e-9;
            }
            monitor.worked(1);
        }
        Arrays.sort(seconds);
        return seconds[seconds.length / 2];
    }

    private static FloatBuffer direct(int count) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(count, Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
