package org.dinobench.trainer.internal.loop;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.core.io.Json;
import org.dinobench.model.VitConfig;
import org.dinobench.torch.format.Safetensors;
import org.dinobench.trainer.step.HeadedNetwork;
import org.dinobench.trainer.step.ModelShape;

/** Writes the backbone of the moving average as one safetensors file that says itself what shape it has. */
final class TeacherExport {
    /** Name of the file in the run's {@code teacher} folder. */
    static final String FILE = "model.safetensors";

    private TeacherExport() {}

    /**
     * Writes the file: official parameter names without prefix, {@code format} and {@code config} in the metadata.
     *
     * @return the file
     */
    static Path write(Path folder, HeadedNetwork network, long step) throws IOException {
        Files.createDirectories(folder);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        String prefix = ModelShape.BACKBONE + ".";
        network.parameters().state().forEach((name, tensor) -> {
            if (name.startsWith(prefix)) {
                tensors.put(name.substring(prefix.length()), tensor);
            }
        });
        Path file = folder.resolve(FILE);
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("format", "dinobench-vit-1");
        metadata.put("config", config(network.shape().backbone()));
        metadata.put("step", Long.toString(step));
        Safetensors.write(file, tensors, metadata);
        return file;
    }

    private static String config(VitConfig config) {
        ObjectNode node = Json.object();
        node.put("name", config.name());
        node.put("width", config.width());
        node.put("depth", config.depth());
        node.put("heads", config.heads());
        node.put("mlp_ratio", config.mlpRatio());
        node.put("patch_size", config.patch());
        node.put("img_size", config.imageSize());
        node.put("num_register_tokens", config.registers());
        node.put("ffn", config.ffn().name().toLowerCase(Locale.ROOT));
        node.put("layerscale", config.layerScale());
        node.put("qkv_bias", config.qkvBias());
        node.put("interpolate_offset", config.interpolateOffset());
        node.put("interpolate_antialias", config.interpolateAntialias());
        node.put("in_chans", config.channels());
        return Json.line(node);
    }
}
