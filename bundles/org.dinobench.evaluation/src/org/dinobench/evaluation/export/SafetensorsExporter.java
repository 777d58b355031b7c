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
        Path folder = request.target();
        Targets.folder(folder, Set.of(WEIGHTS, CARD));
        VitConfig config = request.network().config();
        monitor.begin("Writing " + title(), 2);
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("name", request.card().name());
        metadata.put("licence", request.card().licence());
        request.card().provenance().forEach(metadata::putIfAbsent);
        ModelFiles.write(folder.resolve(WEIGHTS), request.network(), metadata);
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
}
