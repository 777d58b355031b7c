package org.dinobench.evaluation.export;

import java.io.IOException;
import java.util.List;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.evaluation.internal.script.ScriptNetwork;
import org.dinobench.evaluation.internal.script.ScriptWriter;

/**
 * A TorchScript file for {@code torch.jit.load}, C++ and DJL: images {@code [batch, channels, height, width]} to a tuple
 * of class token, patch tokens and, on request, the attention of the last block. Batch and size are free; position
 * embeddings are interpolated inside as here. Its parameters have the official names.
 */
public final class TorchScriptExporter implements Exporter {
    @Override
    public String format() {
        return "torchscript";
    }

    @Override
    public String title() {
        return "TorchScript program";
    }

    @Override
    public boolean writesFolder() {
        return false;
    }

    @Override
    public String suffix() {
        return ".pt";
    }

    @Override
    public ExportResult export(ExportRequest request, JobMonitor monitor) throws IOException {
        try (Staging staging = Staging.file(request.target())) {
            monitor.begin("Writing " + title(), 2);
            int fixedSide = request.options().fixedSize() ? request.transform().size() : 0;
            ScriptWriter.write(
                    staging.path(),
                    request.network(),
                    fixedSide,
                    request.options().attention(),
                    ProgramMetadata.json(request).toString());
            monitor.worked(1);
            monitor.checkStopped();
            ExportResult.Check check;
            try (ScriptNetwork reopened = ScriptNetwork.open(staging.path())) {
                check = ExportCheck.ofProgram(request).run("DJL (PyTorch)", images -> features(reopened, images));
            }
            monitor.worked(1);
            return staging.finish(format(), check, List.of(ProgramNotes.input(request)));
        }
    }

    private static ExportCheck.Features features(ScriptNetwork network, CheckImages images) {
        ScriptNetwork.Outputs outputs = network.run(
                images.pixels().duplicate(), images.count(), images.channels(), images.height(), images.width());
        return new ExportCheck.Features(outputs.classTokens(), outputs.patchTokens(), outputs.attention());
    }
}
