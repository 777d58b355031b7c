package org.dinobench.evaluation.internal.script;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.torch.Torch;

/** A TorchScript export of ours in DJL's PyTorch engine, on the CPU. */
public final class ScriptNetwork implements AutoCloseable {
    private final Path file;
    private final Model model;
    private final Predictor<NDList, NDList> predictor;

    /**
     * Results in Java memory.
     *
     * @param classTokens {@code [B, D]}
     * @param patchTokens {@code [B, N, D]}
     * @param attention {@code [B, heads, T, T]}; null when the program has no such result
     */
    public record Outputs(float[] classTokens, float[] patchTokens, float[] attention) {}

    private ScriptNetwork(Path file, Model model) {
        this.file = file;
        this.model = model;
        this.predictor = model.newPredictor(new NoopTranslator());
    }

    /** @throws BadInputException when DJL cannot read the file */
    public static ScriptNetwork open(Path file) throws IOException {
        try {
            return Torch.withClassLoader(() -> {
                Model model = Model.newInstance("export", Device.cpu(), "PyTorch");
                try {
                    model.load(file);
                    return new ScriptNetwork(file, model);
                } catch (IOException | MalformedModelException | RuntimeException e) {
                    model.close();
                    throw e;
                }
            });
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new BadInputException(
                    file.toString(), "DJL cannot open it (" + e.getMessage() + ")", "export it again", e);
        }
    }

    /** @param pixels {@code shape} floats from its position on */
    public Outputs run(FloatBuffer pixels, long... shape) {
        try (NDManager manager = model.getNDManager().newSubManager()) {
            NDArray images = manager.create(pixels, new Shape(shape));
            NDList results = predictor.predict(new NDList(images));
            results.attach(manager);
            return new Outputs(
                    results.get(0).toFloatArray(),
                    results.get(1).toFloatArray(),
                    results.size() > 2 ? results.get(2).toFloatArray() : null);
        } catch (TranslateException e) {
            throw new BadInputException(
                    file.toString(), "DJL cannot run it (" + e.getMessage() + ")", "export it again", e);
        }
    }

    @Override
    public void close() {
        predictor.close();
        model.close();
    }
}
