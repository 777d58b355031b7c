package org.dinobench.evaluation.internal.onnx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.dinobench.model.VisionTransformer;

/** Writes a backbone as an ONNX file. */
public final class OnnxWriter {
    /** Bytes of weights from which on they go to a file of their own: messages end at 2 GiB. */
    public static final long LARGEST_MESSAGE = 1_900_000_000;

    private OnnxWriter() {}

    /**
     * Writes the file and, for large models, {@code FILE.data} beside it.
     *
     * @param fixedSide pixels of the only square that is taken; 0 for any multiple of the patch
     * @param attention whether the last block's attention is an output too
     * @param metadata texts about the model
     * @param largestMessage bytes of weights from which on they go to the second file
     * @return the files written
     */
    public static List<Path> write(
            Path file,
            VisionTransformer network,
            int fixedSide,
            boolean attention,
            Map<String, String> metadata,
            long largestMessage)
            throws IOException {
        OnnxGraph graph = new VitGraph(network, fixedSide, attention).build();
        return new OnnxFile(graph, metadata, largestMessage).write(file);
    }
}
