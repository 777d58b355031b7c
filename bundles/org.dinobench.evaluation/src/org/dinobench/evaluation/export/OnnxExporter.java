package org.dinobench.evaluation.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.evaluation.internal.onnx.OnnxNetwork;
import org.dinobench.evaluation.internal.onnx.OnnxWriter;
import org.dinobench.model.VitConfig;

/**
 * An ONNX file: {@code pixel_values [batch, channels, height, width]} to {@code class_token}, {@code patch_tokens} and, on
 * request, {@code attention} of the last block. Batch and size are free; position embeddings are interpolated inside as
 * here. Weights of more than 1.9 GB lie in {@code FILE.data}.
 */
public final class OnnxExporter implements Exporter {
    private final long largestMessage;

    /** The usual exporter. */
    public OnnxExporter() {
        this(OnnxWriter.LARGEST_MESSAGE);
    }

    /** @param largestMessage bytes of weights from which on they go to a second file */
    OnnxExporter(long largestMessage) {
        this.largestMessage = largestMessage;
    }

    @Override
    public String format() {
        return "onnx";
    }

    @Override
    public String title() {
        return "ONNX model";
    }

    @Override
    public boolean writesFolder() {
        return false;
    }

    @Override
    public String suffix() {
        return ".onnx";
    }

    @Override
    public ExportResult export(ExportRequest request, JobMonitor monitor) throws IOException {
        if (request.target().getFileName().toString().endsWith(".data")) {
            throw new BadInputException(
                    request.target().toString(), "this name is that of the weights' file", "end it in .onnx");
        }
        try (Staging staging = Staging.file(request.target())) {
            monitor.begin("Writing " + title(), 2);
            int fixedSide = request.options().fixedSize() ? request.transform().size() : 0;
            List<Path> files = OnnxWriter.write(
                    staging.path(),
                    request.network(),
                    fixedSide,
                    request.options().attention(),
                    ProgramMetadata.texts(request),
                    largestMessage);
            monitor.worked(1);
            monitor.checkStopped();
            ExportResult.Check check;
            try (OnnxNetwork reopened = new OnnxNetwork(staging.path())) {
                check = ExportCheck.ofProgram(request)
                        .run("ONNX Runtime " + OnnxNetwork.version(), images -> features(reopened, images));
            }
            monitor.worked(1);
            return staging.finish(format(), check, notes(request, files));
        }
    }

    private static ExportCheck.Features features(OnnxNetwork network, CheckImages images) {
        OnnxNetwork.Outputs outputs = network.run(
                images.pixels().duplicate(), images.count(), images.channels(), images.height(), images.width());
        return new ExportCheck.Features(outputs.classTokens(), outputs.patchTokens(), outputs.attention());
    }

    private static List<String> notes(ExportRequest request, List<Path> files) {
        VitConfig config = request.network().config();
        List<String> notes = new ArrayList<>();
        notes.add(ProgramNotes.input(request));
        if (!request.options().fixedSize() && config.interpolateAntialias()) {
            notes.add(
                    "Images one patch wide are not supported: ONNX Runtime's antialiased interpolation differs there.");
        }
        if (files.size() > 1) {
            notes.add("The weights lie in " + files.get(1).getFileName()
                    + ": keep both files together and under their names.");
        }
        return notes;
    }
}
