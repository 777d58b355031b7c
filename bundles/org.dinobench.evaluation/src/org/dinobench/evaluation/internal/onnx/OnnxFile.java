package org.dinobench.evaluation.internal.onnx;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.core.io.AtomicFiles;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Tensors;
import org.dinobench.torch.Torch;

/**
 * Writes a graph as an ONNX file. Messages of protocol buffers end at 2 GiB; larger models keep their weights in a second
 * file beside, as the format provides for.
 */
final class OnnxFile {
    /** Operators up to this set: LayerNormalization (17), antialiased Resize (18), Gelu (20). */
    static final int OPERATOR_SET = 20;

    private static final int FORMAT_VERSION = 9;
    private static final int FLOAT = 1;
    private static final int EXTERNAL = 1;
    private static final int ALIGNMENT = 4096;
    private static final int CHUNK = 1 << 24;

    private final OnnxGraph graph;
    private final Map<String, String> metadata;
    private final long largestMessage;

    /**
     * @param metadata texts about the model
     * @param largestMessage bytes from which on the weights go to a second file
     */
    OnnxFile(OnnxGraph graph, Map<String, String> metadata, long largestMessage) {
        this.graph = graph;
        this.metadata = metadata;
        this.largestMessage = largestMessage;
    }

    /** @return the files written: the model, and the weights' file where there is one */
    List<Path> write(Path file) throws IOException {
        long bytes = graph.weights().stream().mapToLong(OnnxGraph.Weight::bytes).sum();
        if (bytes < largestMessage) {
            writeWhole(file);
            return List.of(file);
        }
        Path data = file.resolveSibling(file.getFileName() + ".data");
        writeSplit(file, data);
        return List.of(file, data);
    }

    private void writeWhole(Path file) throws IOException {
        ProtoMessage structure = graph.structure("vision transformer");
        List<ProtoMessage> heads = new ArrayList<>();
        long length = structure.length();
        for (OnnxGraph.Weight weight : graph.weights()) {
            ProtoMessage description = description(weight).lengthOf(9, weight.bytes());
            ProtoMessage head = new ProtoMessage().lengthOf(5, description.length() + weight.bytes());
            head.append(description);
            heads.add(head);
            length += head.length() + weight.bytes();
        }
        ProtoMessage start = model().lengthOf(7, length);
        AtomicFiles.write(file, out -> {
            out.write(start.toBytes());
            out.write(structure.toBytes());
            WritableByteChannel channel = Channels.newChannel(out);
            for (int i = 0; i < heads.size(); i++) {
                out.write(heads.get(i).toBytes());
                values(graph.weights().get(i), channel);
            }
        });
    }

    private void writeSplit(Path file, Path data) throws IOException {
        ProtoMessage structure = graph.structure("vision transformer");
        AtomicFiles.write(data, out -> {
            WritableByteChannel channel = Channels.newChannel(out);
            long offset = 0;
            for (OnnxGraph.Weight weight : graph.weights()) {
                ProtoMessage description = description(weight);
                entry(description, "location", data.getFileName().toString());
                entry(description, "offset", Long.toString(offset));
                entry(description, "length", Long.toString(weight.bytes()));
                structure.message(5, description.integer(14, EXTERNAL));
                values(weight, channel);
                offset = pad(out, offset + weight.bytes());
            }
        });
        AtomicFiles.write(file, out -> out.write(model().message(7, structure).toBytes()));
    }

    private static void entry(ProtoMessage description, String key, String value) {
        description.message(13, new ProtoMessage().text(1, key).text(2, value));
    }

    /** Weights start at pages, so that runtimes can map them. */
    private static long pad(OutputStream out, long offset) throws IOException {
        int padding = (int) ((ALIGNMENT - offset % ALIGNMENT) % ALIGNMENT);
        out.write(new byte[padding]);
        return offset + padding;
    }

    private static ProtoMessage description(OnnxGraph.Weight weight) {
        return new ProtoMessage()
                .integers(1, Arrays.stream(weight.shape()).boxed().toList())
                .integer(2, FLOAT)
                .text(8, weight.name());
    }

    private static void values(OnnxGraph.Weight weight, WritableByteChannel channel) throws IOException {
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            Tensor values = weight.values().get().contiguous();
            if (!Arrays.equals(Tensors.shape(values), weight.shape())) {
                throw new IllegalStateException("Weight " + weight.name() + " has the shape "
                        + Arrays.toString(Tensors.shape(values)) + " instead of " + Arrays.toString(weight.shape()));
            }
            for (long at = 0; at < weight.bytes(); at += CHUNK) {
                channel.write(Tensors.bytes(values, at, (int) Math.min(CHUNK, weight.bytes() - at)));
            }
        }
    }

    private ProtoMessage model() {
        ProtoMessage model = new ProtoMessage()
                .integer(1, FORMAT_VERSION)
                .text(2, "dinobench")
                .message(8, new ProtoMessage().text(1, "").integer(2, OPERATOR_SET));
        metadata.forEach((key, value) ->
                model.message(14, new ProtoMessage().text(1, key).text(2, value)));
        return model;
    }
}
