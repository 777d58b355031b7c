package org.dinobench.evaluation.internal.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import org.dinobench.core.problem.BadInputException;

/** A model of ours in ONNX Runtime, on the CPU. */
public final class OnnxNetwork implements AutoCloseable {
    private final Path file;
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;

    /**
     * Outputs in Java memory.
     *
     * @param classTokens {@code [B, D]}
     * @param patchTokens {@code [B, N, D]}
     * @param attention {@code [B, heads, T, T]}; null when the file has no such output
     */
    public record Outputs(float[] classTokens, float[] patchTokens, float[] attention) {}

    /** @throws BadInputException when ONNX Runtime cannot read the file */
    public OnnxNetwork(Path file) {
        this.file = file;
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            session = environment.createSession(file.toString(), options);
        } catch (OrtException e) {
            throw new BadInputException(
                    file.toString(), "ONNX Runtime cannot open it (" + e.getMessage() + ")", "export it again", e);
        }
    }

    /** Version of the runtime. */
    public static String version() {
        return OrtEnvironment.getEnvironment().getVersion();
    }

    /** What the file says of itself. */
    public Map<String, String> metadata() {
        try {
            return session.getMetadata().getCustomMetadata();
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    /** @param pixels direct, {@code shape} floats from its position on */
    public Outputs run(FloatBuffer pixels, long... shape) {
        try (OnnxTensor input = OnnxTensor.createTensor(environment, pixels, shape);
                OrtSession.Result result = session.run(Map.of(VitGraph.PIXELS, input))) {
            return new Outputs(
                    floats(result, VitGraph.CLASS_TOKEN),
                    floats(result, VitGraph.PATCH_TOKENS),
                    session.getOutputNames().contains(VitGraph.ATTENTION) ? floats(result, VitGraph.ATTENTION) : null);
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    private static float[] floats(OrtSession.Result result, String name) {
        OnnxTensor tensor = (OnnxTensor) result.get(name).orElseThrow();
        FloatBuffer buffer = tensor.getFloatBuffer();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    private BadInputException failed(OrtException e) {
        return new BadInputException(
                file.toString(), "ONNX Runtime cannot run it (" + e.getMessage() + ")", "export it again", e);
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("Closing " + file, e);
        }
    }
}
