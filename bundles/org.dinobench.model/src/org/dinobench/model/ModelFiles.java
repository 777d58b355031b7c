package org.dinobench.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.core.io.Json;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.workspace.CheckpointFolder;
import org.dinobench.core.workspace.RunDirectory;
import org.dinobench.model.internal.BackboneLoader;
import org.dinobench.model.internal.HfConfig;
import org.dinobench.model.internal.ShapeInference;
import org.dinobench.torch.format.IndexedSafetensors;
import org.dinobench.torch.format.PthReader;
import org.dinobench.torch.format.Safetensors;
import org.dinobench.torch.format.ShardedTensors;
import org.dinobench.torch.format.TensorEntry;
import org.dinobench.torch.format.TensorFile;
import org.dinobench.torch.format.TensorType;

/** Opens and writes the files that hold backbones. */
public final class ModelFiles {
    /** Value of the metadata key {@code format} in files of ours. */
    public static final String FORMAT = "dinobench-vit-1";

    private static final String WEIGHTS = "model.safetensors";
    private static final String INDEX = "index.json";
    private static final String CONFIG = "config";

    private ModelFiles() {}

    /**
     * Opens a backbone:
     *
     * <ul>
     *   <li>a run directory (its {@code teacher/model.safetensors}, or before there is one its newest checkpoint), or a
     *       checkpoint in one ({@code index.json}),
     *   <li>a safetensors file of ours, with the shape in its metadata, or of others with official names,
     *   <li>a folder of the {@code transformers} library ({@code config.json} and {@code model.safetensors}, or several
     *       files and their {@code model.safetensors.index.json}),
     *   <li>a {@code .pth} file with a state_dict, bare or within a training dump.
     * </ul>
     *
     * @throws BadInputException when it is none of these, damaged, or another kind of model
     */
    public static LoadedModel open(Path path) throws IOException {
        return read(path, ModelFiles::loaded);
    }

    /**
     * The shape of what {@link #open} would load, from configuration, names and sizes alone; all tensors are checked to
     * be there and to fit.
     *
     * @throws BadInputException as {@link #open} does, except for values that are not finite
     */
    public static VitConfig shape(Path path) throws IOException {
        return read(path, (file, tensors, config, shapeFrom) -> {
            new BackboneLoader(file.toString(), tensors).check(config);
            return config;
        });
    }

    /** What is made of a file whose shape is known. */
    @FunctionalInterface
    private interface Use<T> {
        T of(Path file, TensorFile tensors, VitConfig config, String shapeFrom);
    }

    private static <T> T read(Path path, Use<T> use) throws IOException {
        if (Files.isDirectory(path)) {
            return openFolder(path, use);
        }
        if (!Files.isRegularFile(path)) {
            throw new BadInputException(path.toString(), "there is no such file or folder", "check the path");
        }
        return path.getFileName().toString().endsWith(".safetensors") ? openSafetensors(path, use) : openPth(path, use);
    }

    private static <T> T openFolder(Path folder, Use<T> use) throws IOException {
        Path weights = folder.resolve(WEIGHTS);
        Path teacher = folder.resolve("teacher").resolve(WEIGHTS);
        Path shape = folder.resolve("config.json");
        if (Files.isRegularFile(shape) && Files.isRegularFile(weights)) {
            try (TensorFile file = Safetensors.open(weights)) {
                return use.of(weights, file, HfConfig.read(shape), "config.json");
            }
        }
        if (Files.isRegularFile(shape) && Files.isRegularFile(folder.resolve(IndexedSafetensors.INDEX))) {
            // of many files the first one stands for the model
            Path first = IndexedSafetensors.files(folder).values().iterator().next();
            try (TensorFile file = IndexedSafetensors.open(folder)) {
                return use.of(first, file, HfConfig.read(shape), "config.json");
            }
        }
        if (Files.isRegularFile(folder.resolve(INDEX))) {
            return openCheckpoint(folder, use);
        }
        if (Files.isRegularFile(teacher)) {
            return openSafetensors(teacher, use);
        }
        if (Files.isRegularFile(weights)) {
            return openSafetensors(weights, use);
        }
        Optional<CheckpointFolder> newest =
                RunDirectory.isRun(folder) ? RunDirectory.open(folder).latestCheckpoint() : Optional.empty();
        if (newest.isPresent()) {
            return openCheckpoint(newest.get().folder(), use);
        }
        throw new BadInputException(
                folder.toString(),
                "there is no model in this folder",
                "give a run with a teacher/" + WEIGHTS + ", a checkpoint, or a folder with config.json and " + WEIGHTS);
    }

    /** The moving average in a checkpoint of one process or many; the run's teacher file, if there, says the shape. */
    private static <T> T openCheckpoint(Path folder, Use<T> use) throws IOException {
        ObjectNode index = Json.readObject(folder.resolve(INDEX));
        // of many files the first one stands for the model
        Path shard = folder.resolve("rank-0-of-" + index.path("ranks").asInt(1) + ".safetensors");
        Path run = folder.toAbsolutePath().getParent() == null
                ? null
                : folder.toAbsolutePath().getParent().getParent();
        Path teacher = run == null ? null : run.resolve("teacher").resolve(WEIGHTS);
        try (TensorFile file = ShardedTensors.open(folder, index)) {
            VitConfig config = null;
            if (teacher != null && Files.isRegularFile(teacher)) {
                try (TensorFile export = Safetensors.open(teacher)) {
                    config = embedded(teacher, export.metadata());
                }
            }
            return config == null ? inferred(shard, file, use) : use.of(shard, file, config, "the run's teacher file");
        }
    }

    private static <T> T openSafetensors(Path file, Use<T> use) throws IOException {
        try (TensorFile tensors = Safetensors.open(file)) {
            VitConfig config = embedded(file, tensors.metadata());
            return config == null ? inferred(file, tensors, use) : use.of(file, tensors, config, "its own metadata");
        }
    }

    private static <T> T openPth(Path file, Use<T> use) throws IOException {
        try (TensorFile tensors = PthReader.open(file)) {
            return inferred(file, tensors, use);
        }
    }

    private static VitConfig embedded(Path file, Map<String, String> metadata) {
        String text = metadata.get(CONFIG);
        return text == null ? null : VitConfigJson.read(file.toString(), Json.parseObject(file.toString(), text));
    }

    private static <T> T inferred(Path file, TensorFile tensors, Use<T> use) {
        VitConfig config = ShapeInference.infer(file.toString(), new BackboneLoader(file.toString(), tensors).shapes());
        return use.of(file, tensors, config, "the shapes of its tensors");
    }

    private static LoadedModel loaded(Path file, TensorFile tensors, VitConfig config, String shapeFrom) {
        VisionTransformer network = new BackboneLoader(file.toString(), tensors).load(config);
        Map<String, String> facts = new LinkedHashMap<>(tensors.metadata());
        facts.put("shape_from", shapeFrom);
        step(file).ifPresent(step -> facts.put("step", step));
        return new LoadedModel(network, network.module().parameters(), file, facts);
    }

    /** The step of a checkpoint, which its index says. */
    private static Optional<String> step(Path file) {
        Path index = file.resolveSibling(INDEX);
        return file.getFileName().toString().startsWith("rank-0-of-") && Files.isRegularFile(index)
                ? Optional.of(Json.readObject(index).path("step").asText())
                : Optional.empty();
    }

    /**
     * Writes a backbone as one safetensors file that says its shape.
     *
     * @param metadata further texts, such as provenance; the keys {@code format} and {@code config} are set here
     */
    public static void write(Path file, VisionTransformer network, Map<String, String> metadata) throws IOException {
        write(file, network.config(), network.module()::get, metadata);
    }

    /**
     * Writes a backbone whose weights are fetched one after the other in storage order, and never held together.
     *
     * @param weights gives a float32 tensor by its name within the backbone
     * @see #write(Path, VisionTransformer, Map)
     */
    public static void write(
            Path file, VitConfig config, Function<String, Tensor> weights, Map<String, String> metadata)
            throws IOException {
        Map<String, TensorEntry> entries = new LinkedHashMap<>();
        VisionTransformer.layout(config)
                .forEach(spec -> entries.put(spec.name(), new TensorEntry(spec.name(), TensorType.F32, spec.shape())));
        Map<String, String> texts = new LinkedHashMap<>(metadata);
        texts.put("format", FORMAT);
        texts.put(CONFIG, Json.line(VitConfigJson.write(config)));
        Safetensors.write(file, entries, weights, texts);
    }
}
