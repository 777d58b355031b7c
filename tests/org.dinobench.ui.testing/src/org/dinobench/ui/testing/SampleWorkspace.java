package org.dinobench.ui.testing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import org.dinobench.core.catalog.Catalog;
import org.dinobench.core.catalog.CatalogEntry;
import org.dinobench.core.catalog.CatalogFilter;
import org.dinobench.core.catalog.ClusterMember;
import org.dinobench.core.catalog.GroupMember;
import org.dinobench.core.catalog.ImageProbe;
import org.dinobench.core.catalog.KeepDecision;
import org.dinobench.core.catalog.LabelSource;
import org.dinobench.core.io.Json;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.metrics.MetricsRow;
import org.dinobench.core.run.RunState;
import org.dinobench.core.run.RunStatus;
import org.dinobench.core.spec.train.TrainPresets;
import org.dinobench.core.workspace.CheckpointFolder;
import org.dinobench.core.workspace.DatasetDirectory;
import org.dinobench.core.workspace.RunDirectory;
import org.dinobench.core.workspace.Workspace;
import org.dinobench.imaging.BrokenImageException;
import org.dinobench.imaging.ImageHeader;
import org.dinobench.imaging.ImageReader;

/** Makes workspaces with real files: a dataset with groups and clusters, runs in several states, an evaluation. */
public final class SampleWorkspace {
    private static final int EMBEDDING = 12;

    private final Path root;

    /** @param root the workspace's folder, which is made */
    public SampleWorkspace(Path root) {
        this.root = root;
        try (Workspace made = Workspace.open(root)) {
            made.folder();
        } catch (IOException e) {
            throw new IllegalStateException("the sample workspace cannot be closed", e);
        }
    }

    /** The workspace's folder. */
    public Path root() {
        return root;
    }

    /** Adds a dataset of drawn shapes with near-duplicate groups, of which some have conflicting labels, and clusters. */
    public SampleWorkspace withShapes(String name, Path images, int perClass) throws IOException {
        if (perClass < 6) {
            throw new IllegalArgumentException("six pictures of a class are copied, there are " + perClass);
        }
        DrawnImages.write(images, perClass);
        for (int i = 0; i < 6; i++) {
            Path original = images.resolve(String.format("circle/circle-%03d.png", i));
            Path copy = images.resolve(
                    i < 3 ? String.format("ring/copy-of-circle-%d.png", i) : String.format("circle/again-%d.png", i));
            Files.copy(original, copy, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.writeString(images.resolve("square/no-picture.png"), "this is text");
        return withFolder(name, images);
    }

    /** Adds a dataset of any folder of images; byte-identical files become groups, labels become clusters. */
    public SampleWorkspace withFolder(String name, Path images) throws IOException {
        DatasetDirectory dataset = new DatasetDirectory(root.resolve("datasets").resolve(name)).create();
        Catalog catalog = dataset.catalog();
        catalog.importFolder(images, new LabelSource.Folders(), SampleWorkspace::probe, 2, JobMonitor.NONE);
        curate(catalog);
        Files.createDirectories(dataset.curationsFolder().resolve("v1"));
        return this;
    }

    /** Gives every image of a dataset a vector: images of one label lie together. */
    public SampleWorkspace withEmbeddings(String name) throws IOException {
        DatasetDirectory dataset = new DatasetDirectory(root.resolve("datasets").resolve(name));
        Path folder = Files.createDirectories(dataset.embeddingsFolder("drawn"));
        Map<String, float[]> vectors = new LinkedHashMap<>();
        Random random = new Random(11);
        for (CatalogEntry entry : dataset.catalog().all(CatalogFilter.OK)) {
            float[] vector = new float[EMBEDDING];
            Random label = new Random(entry.label().hashCode());
            for (int d = 0; d < EMBEDDING; d++) {
                vector[d] = (float) (3 * label.nextGaussian() + random.nextGaussian());
            }
            vectors.put(entry.hash(), vector);
        }
        ObjectNode header = Json.object();
        vectors.keySet().forEach(header.putArray("keys")::add);
        Json.write(folder.resolve("shard-00000.json"), header);
        String shape = String.format(
                "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }", vectors.size(), EMBEDDING);
        int length = (10 + shape.length() + 1 + 63) / 64 * 64 - 10;
        ByteBuffer bytes = ByteBuffer.allocate(10 + length + 4 * EMBEDDING * vectors.size())
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1)
                .put((byte) 0);
        bytes.putShort((short) length).put(shape.getBytes(StandardCharsets.US_ASCII));
        while (bytes.position() < 10 + length - 1) {
            bytes.put((byte) ' ');
        }
        bytes.put((byte) 10);
        for (float[] vector : vectors.values()) {
            for (float value : vector) {
                bytes.putFloat(value);
            }
        }
        Files.write(folder.resolve("shard-00000.npy"), bytes.array());
        return this;
    }

    private static ImageProbe.Result probe(Path file) {
        try {
            ImageHeader header = new ImageReader().header(file);
            return ImageProbe.Result.ok(header.width(), header.height(), "png", 1);
        } catch (BrokenImageException e) {
            return ImageProbe.Result.broken(e.getMessage());
        }
    }

    private static void curate(Catalog catalog) throws IOException {
        List<GroupMember> groups = new ArrayList<>();
        List<KeepDecision> decisions = new ArrayList<>();
        long number = 0;
        for (List<CatalogEntry> set : catalog.identicalImages()) {
            number++;
            for (CatalogEntry entry : set) {
                boolean first = entry.id() == set.get(0).id();
                groups.add(new GroupMember(entry.id(), number, first, 1));
                decisions.add(new KeepDecision(entry.id(), first, first ? "stands for its group" : "near-duplicate"));
            }
        }
        catalog.setGroups(groups);
        catalog.setCurationDecisions(decisions);
        List<ClusterMember> clusters = new ArrayList<>();
        Map<String, Integer> numbers = new HashMap<>();
        Random random = new Random(7);
        for (CatalogEntry entry : catalog.all(CatalogFilter.OK)) {
            int own = numbers.computeIfAbsent(entry.label(), l -> numbers.size());
            int cluster = random.nextDouble() < 0.8 ? own : random.nextInt(8);
            clusters.add(new ClusterMember(entry.id(), 0, cluster, random.nextDouble()));
        }
        catalog.setClusters(clusters);
    }

    /** Adds a run with metrics of a number of steps, in a state; the worker of a living run is this process. */
    public SampleWorkspace withRun(String name, RunState state, int steps, int total) throws IOException {
        RunDirectory run = RunDirectory.create(
                root.resolve("runs").resolve(name), TrainPresets.of("quick").spec());
        Random random = new Random(name.hashCode());
        StringBuilder lines = new StringBuilder();
        double start = System.currentTimeMillis() / 1000.0 - steps * 0.4;
        for (int step = 1; step <= steps; step++) {
            lines.append(row(step, start + step * 0.4, total, random).toLine()).append('\n');
        }
        Files.writeString(run.metricsFile(), lines);
        Files.writeString(run.logFile(), "Training starts\nstep " + steps + " of " + total + "\n");
        run.writeStatus(RunStatus.ofThisProcess(
                state,
                steps,
                total,
                state == RunState.RUNNING ? OptionalDouble.of((total - steps) * 0.4) : OptionalDouble.empty(),
                OptionalDouble.of(160.5),
                state == RunState.FAILED ? "The loss became NaN at step " + steps + "." : "Training"));
        return this;
    }

    private static MetricsRow row(int step, double time, int total, Random random) {
        double share = step / (double) total;
        double noise = 0.06 * random.nextGaussian();
        Map<String, Double> values = new LinkedHashMap<>();
        double dino = 7.6 * Math.exp(-2 * share) + 2.2 + noise;
        values.put("dino_local_crops_loss", dino * 0.8);
        values.put("dino_global_crops_loss", dino * 0.2);
        values.put("koleo_loss", -0.2 + 0.4 * Math.exp(-5 * share) + 0.02 * random.nextGaussian());
        values.put("ibot_loss", 7.6 * Math.exp(-1.4 * share) + 1.6 + noise);
        values.put("total_loss", dino + 7.6 * Math.exp(-1.4 * share) + 1.6 + 2 * noise);
        values.put("lr", 0.001 * Math.min(1, share * 5) * 0.5 * (1 + Math.cos(Math.PI * share)));
        values.put("wd", 0.04);
        values.put("momentum", 0.99 + 0.01 * share);
        values.put("teacher_temp", Math.min(0.07, 0.04 + 0.1 * share));
        values.put("grad_norm", 1.5 + Math.abs(random.nextGaussian()));
        values.put("prototype_usage", 0.6 + 0.02 * random.nextGaussian());
        values.put("teacher_entropy", 6.5 + 0.05 * random.nextGaussian());
        values.put("feature_rank", 8 + 12 * share + random.nextGaussian());
        values.put("feature_std", 0.85 + 0.02 * random.nextGaussian());
        values.put("images_per_second", 158 + 4 * random.nextGaussian());
        if (step % 50 == 0) {
            values.put("knn_accuracy", 0.35 + 0.4 * share);
            values.put("knn_balanced_accuracy", 0.3 + 0.4 * share);
        }
        return new MetricsRow(step, time, step * 64L, values);
    }

    /** Adds a complete checkpoint to a run. */
    public SampleWorkspace withCheckpoint(String run, long step) throws IOException {
        CheckpointFolder checkpoint =
                RunDirectory.open(root.resolve("runs").resolve(run)).checkpoint(step);
        Files.createDirectories(checkpoint.folder());
        Files.write(checkpoint.shard(0, 1), new byte[4096]);
        Json.write(
                checkpoint.indexFile(),
                Json.object().put("step", step).put("images", step * 64).put("ranks", 1));
        return this;
    }

    /** Adds an evaluation of three kinds of features, with confusion matrix and pictures. */
    public SampleWorkspace withEvaluation(String name) throws IOException {
        Path folder = Files.createDirectories(root.resolve("evaluations").resolve(name));
        ObjectNode report = Json.object();
        report.put("kind", "quickstart").put("images", 246).put("kept", 240);
        report.put("identical_pairs", 6).put("near_pairs", 9);
        report.putArray("label_conflicts").addObject().put("group", 1);
        ArrayNode knn = report.putArray("knn");
        double[] accuracies = {0.742, 0.508, 0.611};
        String[] features = {"CLS + mean patch of teacher", "raw pixels 16x16", "the same network untrained"};
        for (int i = 0; i < features.length; i++) {
            ObjectNode row = knn.addObject();
            row.put("features", features[i]).put("k", 10).put("accuracy", accuracies[i]);
            row.put("balanced_accuracy", accuracies[i] - 0.05).put("macro_f1", accuracies[i] - 0.04);
            row.put("train_images", 192).put("test_images", 48);
            row.set("confusion", confusion(accuracies[i]));
        }
        report.putObject("training").put("steps", 1200).put("seconds", 184.2);
        report.putObject("export").put("check", "The exported file gives the same features (largest difference 2e-6).");
        Json.write(folder.resolve("report.json"), report);
        Files.writeString(folder.resolve("report.html"), "<html><body>report</body></html>");
        Random random = new Random(3);
        for (int i = 0; i < 4; i++) {
            String shape = DrawnImages.CLASSES.get(i);
            DrawnImages.write(DrawnImages.draw(shape, random), folder.resolve("image-" + i + ".png"));
            DrawnImages.write(DrawnImages.draw(shape, random), folder.resolve("attention-" + i + ".png"));
            DrawnImages.write(DrawnImages.draw(shape, random), folder.resolve("pca-" + i + ".png"));
        }
        return this;
    }

    private static ObjectNode confusion(double accuracy) {
        ObjectNode node = Json.object();
        ArrayNode classes = node.putArray("classes");
        DrawnImages.CLASSES.forEach(classes::add);
        ArrayNode counts = node.putArray("counts");
        int n = DrawnImages.CLASSES.size();
        Random random = new Random(Math.round(accuracy * 1000));
        for (int truth = 0; truth < n; truth++) {
            int[] line = new int[n];
            for (int image = 0; image < 40; image++) {
                line[random.nextDouble() < accuracy ? truth : random.nextInt(n)]++;
            }
            ArrayNode row = counts.addArray();
            for (int count : line) {
                row.add(count);
            }
        }
        return node;
    }

    /** Adds an evaluation whose report is no JSON. */
    public SampleWorkspace withBrokenEvaluation(String name) throws IOException {
        Path folder = Files.createDirectories(root.resolve("evaluations").resolve(name));
        Files.writeString(folder.resolve("report.json"), "{\"knn\": [");
        return this;
    }

    /** Adds a run whose status is no JSON. */
    public SampleWorkspace withBrokenRun(String name) throws IOException {
        Path folder = Files.createDirectories(root.resolve("runs").resolve(name));
        Files.writeString(folder.resolve("status.json"), "{\"state\": \"runn");
        Files.writeString(folder.resolve("metrics.jsonl"), "no numbers\n");
        return this;
    }

    /** Adds a dataset whose catalog is no database. */
    public SampleWorkspace withBrokenDataset(String name) throws IOException {
        Path folder = Files.createDirectories(root.resolve("datasets").resolve(name));
        Files.writeString(folder.resolve("catalog.duckdb"), "this is no database");
        return this;
    }
}
