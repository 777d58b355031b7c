package org.dinobench.evaluation.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dinobench.core.io.AtomicFiles;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.model.LoadedModel;
import org.dinobench.model.ModelFiles;
import org.dinobench.model.VitConfig;

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
        request.options().requireUsual(format());
        VitConfig config = request.network().config();
        try (Staging staging = Staging.folder(request.target(), Set.of(WEIGHTS, CARD))) {
            Path folder = staging.path();
            monitor.begin("Writing " + title(), 2);
            Map<String, String> metadata = new LinkedHashMap<>(request.card().provenance());
            metadata.put("name", request.card().name());
            metadata.put("licence", request.card().licence());
            if (!request.card().spec().isEmpty()) {
                metadata.put("spec", request.card().spec());
            }
            ModelFiles.write(folder.resolve(WEIGHTS), request.network(), metadata);
            AtomicFiles.writeString(folder.resolve(CARD), request.card().markdown(config, "dinobench", ""));
            monitor.worked(1);
            monitor.checkStopped();
            ExportResult.Check check;
            try (LoadedModel reopened = ModelFiles.open(folder)) {
                check = ExportCheck.ofWeights(request)
                        .run("Dinobench", images -> ExportCheck.features(reopened.network(), images));
            }
            monitor.worked(1);
            return staging.finish(format(), check, List.of());
        }
    }
}
