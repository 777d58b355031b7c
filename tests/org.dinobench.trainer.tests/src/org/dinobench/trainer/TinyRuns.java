package org.dinobench.trainer;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.core.spec.train.TrainSpecResolver;
import org.dinobench.core.spec.train.TrainSpecs;
import org.dinobench.core.workspace.RunDirectory;

/** Small runs on drawn images: two classes that differ in shape, colours at random. */
public final class TinyRuns {
    private TinyRuns() {}

    /** Draws images into a folder; even ones hold a disc, odd ones stripes. */
    public static List<Path> draw(Path folder, int count) throws IOException {
        Files.createDirectories(folder);
        Random random = new Random(5);
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
            Graphics2D pen = image.createGraphics();
            pen.setColor(new Color(random.nextInt(100), random.nextInt(100), random.nextInt(100)));
            pen.fillRect(0, 0, 40, 40);
            pen.setColor(new Color(150 + random.nextInt(100), 150 + random.nextInt(100), 150));
            if (i % 2 == 0) {
                int side = 14 + random.nextInt(16);
                pen.fillOval(random.nextInt(40 - side), random.nextInt(40 - side), side, side);
            } else {
                for (int x = random.nextInt(4); x < 40; x += 6) {
                    pen.fillRect(x, 0, 3, 40);
                }
            }
            pen.dispose();
            Path file = folder.resolve("image-%03d.png".formatted(i));
            ImageIO.write(image, "png", file.toFile());
            files.add(file);
        }
        return files;
    }

    /** An image of one colour, of which all crops are alike. */
    public static Path flat(Path file) throws IOException {
        BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setColor(Color.GRAY);
        pen.fillRect(0, 0, 40, 40);
        pen.dispose();
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    /** The images with their classes. */
    public static List<LabelledImage> labels(List<Path> files) {
        List<LabelledImage> labelled = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            labelled.add(new LabelledImage(files.get(i), i % 2 == 0 ? "disc" : "stripes", "", ""));
        }
        return labelled;
    }

    /** A resolved specification of a run of seconds. */
    public static TrainSpec spec(int images, int steps, String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "student.arch=vit_micro",
                "crops.global_crops_size=32",
                "crops.local_crops_size=16",
                "crops.local_crops_number=2",
                "crops.image_size=40",
                "dino.head_n_prototypes=64",
                "dino.head_hidden_dim=64",
                "dino.head_bottleneck_dim=32",
                "ibot.head_n_prototypes=64",
                "ibot.head_hidden_dim=64",
                "ibot.head_bottleneck_dim=32",
                "train.batch_size_per_gpu=8",
                "train.num_workers=1",
                "train.precision=fp32",
                "train.minutes=",
                "optim.warmup_steps=2",
                "teacher.warmup_teacher_temp_steps=2",
                "optim.steps=" + steps));
        settings.addAll(List.of(more));
        TrainSpec spec = TrainSpecs.load(Optional.of("lesion_small"), Optional.empty(), settings)
                .spec();
        return TrainSpecResolver.resolve(spec, images, 2).spec();
    }

    /** The job of a run in a folder, new or to be resumed. */
    public static Pretraining.Job job(Path folder, TrainSpec spec, List<Path> images, List<LabelledImage> labelled)
            throws IOException {
        RunDirectory run = RunDirectory.isRun(folder) ? RunDirectory.open(folder) : RunDirectory.create(folder, spec);
        return new Pretraining.Job(spec, images, labelled, run, List.of());
    }
}
