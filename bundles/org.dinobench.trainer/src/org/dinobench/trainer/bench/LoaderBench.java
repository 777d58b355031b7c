package org.dinobench.trainer.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.problem.StoppedException;
import org.dinobench.imaging.ImageWriter;
import org.dinobench.imaging.ReadOptions;
import org.dinobench.imaging.RgbImage;
import org.dinobench.imaging.augment.AugmentationPreset;
import org.dinobench.imaging.augment.AugmentationSpec;
import org.dinobench.imaging.loader.CropBatch;
import org.dinobench.imaging.loader.CropLoader;
import org.dinobench.imaging.loader.CropLoaderConfig;
import org.dinobench.imaging.loader.ImageSource;
import org.dinobench.imaging.loader.LoaderStatistics;

/** Times the loader alone: files to augmented crops, as training gets them. */
public final class LoaderBench {
    private static final int DRAWN = 64;
    private static final int QUALITY = 90;

    /**
     * What to measure.
     *
     * @param preset the augmentation
     * @param batch images a batch
     * @param size side of the two global crops, pixels
     * @param local side of the local crops, pixels
     * @param locals local crops an image
     * @param imageSide images are decoded to this shorter side, pixels; 0: as they are
     * @param workers threads
     * @param images images to deliver
     * @param cached whether decoded images stay in memory, as they do in training while they fit into 1 GiB
     */
    public record Knobs(
            AugmentationPreset preset,
            int batch,
            int size,
            int local,
            int locals,
            int imageSide,
            int workers,
            int images,
            boolean cached) {
        /** Checks the counts. */
        public Knobs {
            if (batch < 1 || workers < 1 || images < batch || locals < 0 || imageSide < 0) {
                throw new BadInputException(
                        "bench loader",
                        "batch " + batch + ", workers " + workers + ", images " + images + ", locals " + locals,
                        "use at least one image, one worker, and as many images as a batch");
            }
        }
    }

    /**
     * What was found, without the first batch, which fills the pipeline.
     *
     * @param images images delivered
     * @param imagesPerSecond of all workers together
     * @param imagesPerThreadSecond of one worker while it works
     * @param imagesPerCpuSecond for each second of processor time: what does not depend on other work on the machine
     * @param decoded images decoded; the others came from memory
     */
    public record Figures(
            long images,
            double imagesPerSecond,
            double imagesPerThreadSecond,
            double imagesPerCpuSecond,
            long decoded) {}

    /** Measures on images in files. */
    public Figures run(Knobs knobs, List<Path> files, JobMonitor monitor) {
        AugmentationSpec preset = knobs.preset().spec();
        AugmentationSpec spec = preset.withGlobal(preset.global().withSize(knobs.size()))
                .withLocal(preset.local().withSize(knobs.local()).withCount(knobs.locals()));
        CropLoaderConfig config = CropLoaderConfig.of(knobs.batch(), knobs.workers(), 0)
                .withCacheBytes(knobs.cached() ? 1L << 30 : 0)
                .withOptions(new ReadOptions(ReadOptions.DEFAULT.depth(), knobs.imageSide()));
        int batches = (knobs.images() + knobs.batch() - 1) / knobs.batch();
        monitor.begin("Loading, " + knobs.preset().key(), batches);
        try (CropLoader loader = new CropLoader(ImageSource.of(files), spec, config, monitor)) {
            loader.next().close();
            LoaderStatistics before = loader.statistics();
            double cpu = ProcessMeter.cpuSeconds();
            for (int i = 0; i < batches; i++) {
                monitor.checkStopped();
                try (CropBatch batch = loader.next()) {
                    monitor.worked(1);
                }
            }
            LoaderStatistics after = loader.statistics();
            cpu = ProcessMeter.cpuSeconds() - cpu;
            long images = after.images() - before.images();
            // workers run ahead of the consumer: what they did, not what was taken, belongs to their time
            long made = after.decoded() + after.cacheHits() - before.decoded() - before.cacheHits();
            return new Figures(
                    images,
                    images / (after.seconds() - before.seconds()),
                    made / (after.workSeconds() - before.workSeconds()),
                    made / cpu,
                    after.decoded() - before.decoded());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException("Interrupted while waiting for images");
        }
    }

    /**
     * Draws JPEG files of smooth shapes and noise into a folder, for want of a collection.
     *
     * @param side pixels of a side
     * @param atLeast number of files at least
     */
    public static List<Path> draw(Path folder, int side, int atLeast) throws IOException {
        List<Path> files = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(0);
        for (int i = 0; i < Math.max(DRAWN, atLeast); i++) {
            byte[] rgb = new byte[3 * side * side];
            double waves = 2 + 6 * random.nextDouble();
            for (int at = 0; at < rgb.length; at++) {
                int pixel = at / 3;
                double x = (double) (pixel % side) / side;
                double y = (double) pixel / side / side;
                double wave = Math.sin(waves * (x + at % 3)) * Math.cos(waves * y);
                rgb[at] = (byte) (128 + 90 * wave + random.nextInt(24));
            }
            Path file = folder.resolve("drawn-%03d.jpg".formatted(i));
            Files.write(file, ImageWriter.jpeg(new RgbImage(side, side, rgb), QUALITY));
            files.add(file);
        }
        return files;
    }
}
