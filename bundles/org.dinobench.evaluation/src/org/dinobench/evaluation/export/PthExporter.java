package org.dinobench.evaluation.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.model.Ffn;
import org.dinobench.model.VisionTransformer;
import org.dinobench.model.VitConfig;
import org.dinobench.torch.FlatParameters;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.format.PthReader;
import org.dinobench.torch.format.PthWriter;
import org.dinobench.torch.format.TensorFile;

/**
 * A {@code .pth} file as the official DINOv2 hub files are: a flat state_dict of the backbone under its official names,
 * for {@code model.load_state_dict(torch.load(file, weights_only=True))}.
 */
public final class PthExporter implements Exporter {
    private static final int OFFICIAL_HEAD = 64;

    @Override
    public String format() {
        return "pth";
    }

    @Override
    public String title() {
        return "PyTorch state_dict as in the official DINOv2 files";
    }

    @Override
    public boolean writesFolder() {
        return false;
    }

    @Override
    public String suffix() {
        return ".pth";
    }

    @Override
    public ExportResult export(ExportRequest request, JobMonitor monitor) throws IOException {
        request.options().requireUsual(format());
        VitConfig config = request.network().config();
        try (Staging staging = Staging.file(request.target())) {
            Path file = staging.path();
            monitor.begin("Writing " + title(), 2);
            try (TensorScope scope = TensorScope.open()) {
                PthWriter.write(file, OfficialState.of(request.network()), List.of());
            }
            monitor.worked(1);
            monitor.checkStopped();
            ExportResult.Check check;
            try (FlatParameters parameters = FlatParameters.create(VisionTransformer.layout(config))
                            .likeTeacher();
                    TensorScope scope = TensorScope.open();
                    TensorFile written = PthReader.open(file)) {
                Map<String, Tensor> state = new LinkedHashMap<>();
                written.entries().keySet().forEach(name -> state.put(name, written.read(name)));
                parameters.load(state);
                VisionTransformer reopened = new VisionTransformer(config, parameters.module(""));
                check = ExportCheck.ofWeights(request)
                        .run("Dinobench", images -> ExportCheck.features(reopened, images));
            }
            monitor.worked(1);
            return staging.finish(format(), check, notes(config));
        }
    }

    /** The format holds tensors only: what a reader has to know beside them. */
    private static List<String> notes(VitConfig config) {
        List<String> notes = new ArrayList<>();
        if (config.headWidth() != OFFICIAL_HEAD) {
            notes.add("This file does not say the number of attention heads, which is " + config.heads()
                    + " here; the official models have one for each " + OFFICIAL_HEAD + " of the width.");
        }
        notes.add(String.format(
                Locale.ROOT,
                "Make the model with patch_size=%d, img_size=%d, ffn_layer=\"%s\", num_register_tokens=%d,"
                        + " interpolate_offset=%s, interpolate_antialias=%s, init_values=%s, block_chunks=0.",
                config.patch(),
                config.imageSize(),
                config.ffn() == Ffn.MLP ? "mlp" : "swiglufused",
                config.registers(),
                config.interpolateOffset(),
                config.interpolateAntialias() ? "True" : "False",
                config.layerScale()));
        return notes;
    }
}
