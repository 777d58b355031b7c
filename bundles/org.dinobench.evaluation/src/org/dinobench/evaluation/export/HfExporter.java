package org.dinobench.evaluation.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.dinobench.core.io.AtomicFiles;
import org.dinobench.core.io.Json;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.model.CheckpointNames;
import org.dinobench.model.LoadedModel;
import org.dinobench.model.ModelFiles;
import org.dinobench.model.VitConfig;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Torch;
import org.dinobench.torch.format.Safetensors;

/**
 * A folder that {@code Dinov2Model} and {@code Dinov2WithRegistersModel} of the {@code transformers} library open with
 * {@code from_pretrained}: weights as float32 safetensors, both configurations and a model card.
 */
public final class HfExporter implements Exporter {
    private static final String WEIGHTS = "model.safetensors";
    private static final String CONFIG = "config.json";
    private static final String PREPROCESSOR = "preprocessor_config.json";
    private static final String CARD = "README.md";

    @Override
    public String format() {
        return "hf";
    }

    @Override
    public String title() {
        return "Hugging Face transformers folder";
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
        request.options().requireUsual(format());
        VitConfig config = request.network().config();
        if (config.channels() != 3) {
            throw new BadInputException(
                    "export",
                    "the model takes " + config.channels() + " channels, and this format three",
                    "export as safetensors, torchscript or onnx");
        }
        try (Staging staging = Staging.folder(request.target(), Set.of(WEIGHTS, CONFIG, PREPROCESSOR, CARD))) {
            return write(request, staging, monitor);
        }
    }

    private ExportResult write(ExportRequest request, Staging staging, JobMonitor monitor) throws IOException {
        Path folder = staging.path();
        VitConfig config = request.network().config();
        monitor.begin("Writing " + title(), 2);
        List<String> notes = new ArrayList<>();
        VitConfig written = config;
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            Map<String, Tensor> official = OfficialState.of(request.network());
            int size = request.transform().size();
            if (size != config.imageSize() && !interpolatesAlike(config)) {
                int grid = size / config.patch();
                official.put("pos_embed", request.network().positions(grid, grid));
                written = config.withImageSize(size);
                notes.add("The position embedding was resampled from " + config.imageSize() + " to " + size
                        + " pixels, the size of the check and of the preprocessor: transformers interpolates without"
                        + " the offset of " + config.interpolateOffset() + " that this model was trained with.");
            }
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            official.forEach((name, tensor) -> named(name, tensor.to(ScalarType.Float), tensors));
            Safetensors.write(folder.resolve(WEIGHTS), tensors, Map.of("format", "pt"));
        }
        if (!interpolatesAlike(config)) {
            notes.add("At other image sizes than " + written.imageSize()
                    + " transformers interpolates the position embedding a little differently.");
        }
        Json.write(folder.resolve(CONFIG), HfConfigFiles.config(written));
        Json.write(folder.resolve(PREPROCESSOR), HfConfigFiles.preprocessor(request.transform()));
        AtomicFiles.writeString(folder.resolve(CARD), request.card().markdown(written, "transformers", usage(written)));
        monitor.worked(1);
        monitor.checkStopped();
        ExportResult.Check check;
        try (LoadedModel reopened = ModelFiles.open(folder)) {
            check = ExportCheck.ofWeights(request)
                    .run("Dinobench", images -> ExportCheck.features(reopened.network(), images));
        }
        monitor.worked(1);
        return staging.finish(format(), check, notes);
    }

    /** The joint projection of queries, keys and values is cut in thirds there. */
    private static void named(String official, Tensor tensor, Map<String, Tensor> tensors) {
        List<String> names = CheckpointNames.toHf(official);
        long rows = tensor.size(0) / names.size();
        for (int i = 0; i < names.size(); i++) {
            Tensor part = names.size() == 1 ? tensor : tensor.narrow(0, i * rows, rows);
            tensors.put(names.get(i), part.contiguous());
        }
    }

    /** Whether the library interpolates position embeddings by the rule that the model was trained with. */
    static boolean interpolatesAlike(VitConfig config) {
        return config.interpolateOffset() == 0 && config.interpolateAntialias() == config.registers() > 0;
    }

    private static String usage(VitConfig config) {
        String type = config.registers() > 0 ? "Dinov2WithRegistersModel" : "Dinov2Model";
        return """
            ```python
            from transformers import AutoImageProcessor, %1$s

            processor = AutoImageProcessor.from_pretrained(folder)
            model = %1$s.from_pretrained(folder).eval()
            inputs = processor(images=image, return_tensors="pt")
            tokens = model(**inputs).last_hidden_state
            cls, patches = tokens[:, 0], tokens[:, %2$d:]
            ```
            """.formatted(type, 1 + config.registers());
    }
}
