package org.dinobench.evaluation.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.dinobench.core.io.AtomicFiles;
import org.dinobench.core.io.Json;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.model.LoadedModel;
import org.dinobench.model.ModelFiles;
import org.dinobench.model.VitConfig;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.format.Safetensors;

/**
 * Our own form: a folder with {@code model.safetensors} under official names, whose metadata describe the network and
 * the licence, and a model card.
 */
public final class SafetensorsExporter implements Exporter {
    private static final String WEIGHTS = "model.safetensors";
    private static final String CARD = "README.md";

    @Override
    public String format() {
        return "safetensors";
    }

    @Override
    public String title() {
        return "Dinobench model folder";
    }

    @Override
    public boolean writesFolder() {
        return true;
    }

    @Override
    public String suffix() {
        return "";
    }

    @Override
    public ExportResult export(ExportRequest request, JobMonitor monitor) throws IOException {
        Path folder = request.target();
        Targets.folder(folder, Set.of(WEIGHTS, CARD));
        VitConfig config = request.network().config();
        monitor.begin("Writing " + title(), 2);
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("format", "dinobench-vit-1");
        metadata.put("config", Json.line(description(config)));
        metadata.put("name", request.card().name());
        metadata.put("licence", request.card().licence());
        request.card().provenance().forEach(metadata::putIfAbsent);
        try (TensorScope scope = TensorScope.open()) {
            Safetensors.write(folder.resolve(WEIGHTS), OfficialState.of(request.network()), metadata);
        }
        AtomicFiles.writeString(folder.resolve(CARD), request.card().markdown(config, "dinobench", ""));
        monitor.worked(1);
        monitor.checkStopped();
        ExportResult.Check check;
        try (LoadedModel reopened = ModelFiles.open(folder.resolve(WEIGHTS))) {
            check = new ExportCheck(request)
                    .run("Dinobench", images -> ExportCheck.features(reopened.network(), images));
        }
        monitor.worked(1);
        return new ExportResult(
                format(), folder, List.of(folder.resolve(WEIGHTS), folder.resolve(CARD)), check, List.of());
    }

    private static ObjectNode description(VitConfig config) {
        return Json.object()
                .put("name", config.name())
                .put("width", config.width())
                .put("depth", config.depth())
                .put("heads", config.heads())
                .put("mlp_ratio", config.mlpRatio())
                .put("patch_size", config.patch())
                .put("img_size", config.imageSize())
                .put("num_register_tokens", config.registers())
                .put("ffn", config.ffn().name().toLowerCase(Locale.ROOT))
                .put("layerscale", config.layerScale())
                .put("qkv_bias", config.qkvBias())
                .put("interpolate_offset", config.interpolateOffset())
                .put("interpolate_antialias", config.interpolateAntialias())
                .put("in_chans", config.channels());
    }
}
