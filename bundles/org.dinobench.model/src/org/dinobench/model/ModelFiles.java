package org.dinobench.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.core.io.Json;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.model.internal.BackboneLoader;
import org.dinobench.model.internal.HfConfig;
import org.dinobench.model.internal.ShapeInference;
import org.dinobench.torch.format.PthReader;
import org.dinobench.torch.format.Safetensors;
import org.dinobench.torch.format.TensorFile;

/** Opens and writes the files that hold backbones. */
public final class ModelFiles {
    /** Value of the metadata key {@code format} in files of ours. */
    public static final String FORMAT = "dinobench-vit-1";

    private static final String WEIGHTS = "model.safetensors";
    private static final String CONFIG = "config";

    private ModelFiles() {}

    /**
     * Opens a backbone:
     *
     * <ul>
     *   <li>a run directory (its {@code teacher/model.safetensors}), or a checkpoint in one ({@code index.json}),
     *   <li>a safetensors file of ours, with the shape in its metadata, or of others with official names,
     *   <li>a folder of the {@code transformers} library ({@code config.json} and {@code model.safetensors}),
     *   <li>a {@code .pth} file with a state_dict, bare or within a training dump.
     * </ul>
     *
     * @throws BadInputException when it is none of these, damaged, or another kind of model
     */
    public static LoadedModel open(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return openFolder(path);
        }
        if (!Files.isRegularFile(path)) {
            throw new BadInputException(path.toString(), "there is no such file or folder", "check the path");
        }
        return path.getFileName().toString().endsWith(".safetensors") ? openSafetensors(path) : openPth(path);
    }

    private static LoadedModel openFolder(Path folder) throws IOException {
        Path weights = folder.resolve(WEIGHTS);
        Path teacher = folder.resolve("teacher").resolve(WEIGHTS);
        if (Files.isRegularFile(folder.resolve("config.json")) && Files.isRegularFile(weights)) {
            try (TensorFile file = Safetensors.open(weights)) {
                VitConfig config = HfConfig.read(folder.resolve("config.json"));
                return loaded(weights, file, config, "config.json");
            }
        }
        if (Files.isRegularFile(folder.resolve("index.json"))) {
            return openCheckpoint(folder);
        }
        if (Files.isRegularFile(teacher)) {
            return openSafetensors(teacher);
        }
        if (Files.isRegularFile(weights)) {
            return openSafetensors(weights);
        }
        throw new BadInputException(
                folder.toString(),
                "there is no model in this folder",
                "give a run with a teacher/" + WEIGHTS + ", a checkpoint, or a folder with config.json and " + WEIGHTS);
    }

    /** The moving average in a checkpoint written by one process; the run's teacher file, if there, says the shape. */
    private static LoadedModel openCheckpoint(Path folder) throws IOException {
        ObjectNode index = Json.readObject(folder.resolve("index.json"));
        Path shard = folder.resolve("rank-0-of-1.safetensors");
        if (!Files.isRegularFile(shard)) {
            throw new BadInputException(
                    folder.toString(),
                    "this checkpoint was written by several processes",
                    "give the run directory, whose teacher folder holds the whole model");
        }
        Path run = folder.toAbsolutePath().getParent() == null
                ? null
                : folder.toAbsolutePath().getParent().getParent();
        Path teacher = run == null ? null : run.resolve("teacher").resolve(WEIGHTS);
        try (TensorFile file = Safetensors.open(shard)) {
            VitConfig config = null;
            if (teacher != null && Files.isRegularFile(teacher)) {
                try (TensorFile export = Safetensors.open(teacher)) {
                    config = embedded(teacher, export.metadata());
                }
            }
            LoadedModel model =
                    config == null ? inferred(shard, file) : loaded(shard, file, config, "the run's teacher file");
            Map<String, String> facts = new LinkedHashMap<>(model.facts());
            facts.put("step", index.path("step").asText());
            return new LoadedModel(model.network(), model.parameters(), shard, facts);
        }
    }

    private static LoadedModel openSafetensors(Path file) throws IOException {
        try (TensorFile tensors = Safetensors.open(file)) {
            VitConfig config = embedded(file, tensors.metadata());
            return config == null ? inferred(file, tensors) : loaded(file, tensors, config, "its own metadata");
        }
    }

    private static LoadedModel openPth(Path file) throws IOException {
        try (TensorFile tensors = PthReader.open(file)) {
            return inferred(file, tensors);
        }
    }

    private static VitConfig embedded(Path file, Map<String, String> metadata) {
        String text = metadata.get(CONFIG);
        return text == null ? null : VitConfigJson.read(file.toString(), Json.parseObject(file.toString(), text));
    }

    private static LoadedModel inferred(Path file, TensorFile tensors) {
        VitConfig config = ShapeInference.infer(file.toString(), new BackboneLoader(file.toString(), tensors).shapes());
        return loaded(file, tensors, config, "the shapes of its tensors");
    }

    private static LoadedModel loaded(Path file, TensorFile tensors, VitConfig config, String shapeFrom) {
        VisionTransformer network = new BackboneLoader(file.toString(), tensors).load(config);
        Map<String, String> facts = new LinkedHashMap<>(tensors.metadata());
        facts.put("shape_from", shapeFrom);
        return new LoadedModel(network, network.module().parameters(), file, facts);
    }

    /**
     * Writes a backbone as one safetensors file that says its shape.
     *
     * @param metadata further texts, such as provenance; the keys {@code format} and {@code config} are set here
     */
    public static void write(Path file, VisionTransformer network, Map<String, String> metadata) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        VisionTransformer.layout(network.config())
                .forEach(spec -> tensors.put(spec.name(), network.module().get(spec.name())));
        Map<String, String> texts = new LinkedHashMap<>(metadata);
        texts.put("format", FORMAT);
        texts.put(CONFIG, Json.line(VitConfigJson.write(network.config())));
        Safetensors.write(file, tensors, texts);
    }
}
