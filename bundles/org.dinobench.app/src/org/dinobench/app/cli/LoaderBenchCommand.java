package org.dinobench.app.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.dinobench.core.io.Json;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.train.Precision;
import org.dinobench.core.spec.train.TrainMode;
import org.dinobench.imaging.augment.AugmentationPreset;
import org.dinobench.trainer.bench.LoaderBench;
import org.dinobench.trainer.bench.StepBench;
import org.dinobench.trainer.bench.StepFigures;
import org.dinobench.trainer.bench.StepKnobs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench loader}: images a second and thread from files to crops, beside what a step of the same crops eats. */
@Command(
        name = "loader",
        description =
                "Files to augmented crops for each augmentation, beside what a training step of the same crops eats.",
        showDefaultValues = true)
final class LoaderBenchCommand implements Callable<Integer> {
    private static final Set<String> ENDINGS = Set.of("jpg", "jpeg", "png", "webp", "bmp", "tif", "tiff");

    private final Console console;

    @Mixin
    private ResultOutput output;

    @Mixin
    private StepShapeOptions shape;

    @Option(names = "--images", paramLabel = "DIR", description = "A folder of images; without it, JPEGs are drawn.")
    private Path images;

    @Option(names = "--side", defaultValue = "256", description = "Side of drawn images, pixels.")
    private int side;

    @Option(
            names = "--presets",
            split = ",",
            defaultValue = "natural,medical_gray,dermoscopy,histology",
            description = "Augmentations.")
    private List<String> presets;

    @Option(names = "--count", defaultValue = "512", description = "Images to load for each augmentation.")
    private int count;

    @Option(names = "--workers", defaultValue = "1", description = "Threads that load.")
    private int workers;

    @Option(names = "--image-size", defaultValue = "0", description = "Shorter side after decoding; 0: as it is.")
    private int imageSize;

    @Option(names = "--cached", description = "Keep decoded images in memory, as training does while they fit.")
    private boolean cached;

    @Option(names = "--no-step", description = "Measure the loader only.")
    private boolean withoutStep;

    @Option(names = "--precision", defaultValue = "fast", description = "fp32, fast or bf16, of the step.")
    private Precision precision;

    @Option(names = "--batch", defaultValue = "8", description = "Images a batch.")
    private int batch;

    @Option(names = "--steps", defaultValue = "3", description = "Measured steps.")
    private int steps;

    @Option(names = "--threads", defaultValue = "2", description = "Threads of one operation of the step.")
    private int threads;

    LoaderBenchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Path drawn = images == null ? Files.createTempDirectory("loader-bench") : null;
        try (Console.CommandMonitor monitor = console.monitor()) {
            List<Path> files = drawn == null ? listed() : LoaderBench.draw(drawn, side, batch);
            List<String> lines = new ArrayList<>();
            ObjectNode machine = Json.object();
            machine.put("batch", batch)
                    .put("size", shape.size())
                    .put("local", shape.local())
                    .put("locals", shape.locals());
            machine.put("workers", workers).put("files", files.size()).put("cached", cached);
            ArrayNode all = machine.putArray("loaders");
            for (String name : presets) {
                AugmentationPreset preset = AugmentationPreset.ofKey(name);
                LoaderBench.Knobs knobs = new LoaderBench.Knobs(
                        preset, batch, shape.size(), shape.local(), shape.locals(), imageSize, workers, count, cached);
                LoaderBench.Figures figures = new LoaderBench().run(knobs, files, monitor);
                lines.add(line(name, figures));
                ObjectNode row = all.addObject().put("preset", name);
                row.put("images_per_s", figures.imagesPerSecond());
                row.put("images_per_thread_s", figures.imagesPerThreadSecond());
                row.put("images_per_cpu_s", figures.imagesPerCpuSecond()).put("decoded", figures.decoded());
            }
            if (!withoutStep) {
                StepFigures step = new StepBench().run(knobs(), monitor);
                double perCpu = batch / step.cpuSeconds();
                lines.add(String.format(
                        Locale.ROOT,
                        "a step of %s, %s, eats %.1f images/s (%.1f for a second of processor time)",
                        shape.arch(),
                        precision.name().toLowerCase(Locale.ROOT),
                        step.imagesPerSecond(),
                        perCpu));
                machine.put("step_images_per_s", step.imagesPerSecond()).put("step_images_per_cpu_s", perCpu);
            }
            output.print(console, lines, machine);
        } finally {
            if (drawn != null) {
                delete(drawn);
            }
        }
        return 0;
    }

    private static String line(String name, LoaderBench.Figures figures) {
        return String.format(
                Locale.ROOT,
                "%-14s %7.1f images/s, %.1f a thread (%.1f for a second of processor time)",
                name,
                figures.imagesPerSecond(),
                figures.imagesPerThreadSecond(),
                figures.imagesPerCpuSecond());
    }

    private StepKnobs knobs() {
        StepKnobs usual = StepKnobs.DEFAULT;
        return new StepKnobs(
                shape.arch(),
                TrainMode.EFFICIENT,
                precision,
                batch,
                shape.patch(),
                shape.size(),
                shape.local(),
                shape.locals(),
                shape.prototypes(),
                shape.hidden(),
                shape.bottleneck(),
                usual.drop(),
                steps,
                usual.warmup(),
                threads,
                false,
                1,
                Set.of());
    }

    private List<Path> listed() throws IOException {
        if (!Files.isDirectory(images)) {
            throw new BadInputException("--images " + images, "there is no such folder", "name a folder of images");
        }
        try (Stream<Path> tree = Files.walk(images)) {
            List<Path> files = tree.filter(LoaderBenchCommand::isImage).sorted().toList();
            if (files.isEmpty()) {
                throw new BadInputException("--images " + images, "it holds no images", "name a folder of images");
            }
            return files;
        }
    }

    private static boolean isImage(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return Files.isRegularFile(file) && ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
