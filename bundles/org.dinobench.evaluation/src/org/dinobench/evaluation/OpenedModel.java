package org.dinobench.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.dinobench.evaluation.features.UsualTransform;
import org.dinobench.imaging.augment.EvalTransform;
import org.dinobench.model.LoadedModel;
import org.dinobench.model.ModelFiles;
import org.dinobench.model.TorchScriptFile;
import org.dinobench.model.TorchScriptModel;

/**
 * A model from a file, whichever kind it is, with the way its images are usually prepared.
 *
 * <p>A TorchScript file is a program that runs when it is opened: open only those of people you trust. All other kinds
 * are read without running anything.
 */
public final class OpenedModel implements AutoCloseable {
    private static final int USUAL_SIDE = 224;

    private final EvaluatedModel model;
    private final Path source;
    private final EvalTransform transform;
    private final Map<String, String> facts;
    private final Runnable closing;

    private OpenedModel(
            EvaluatedModel model, Path source, EvalTransform transform, Map<String, String> facts, Runnable closing) {
        this.model = model;
        this.source = source;
        this.transform = transform;
        this.facts = facts;
        this.closing = closing;
    }

    /**
     * Opens a backbone or a TorchScript file with images of their usual size.
     *
     * @throws org.dinobench.core.problem.BadInputException when it cannot be used
     */
    public static OpenedModel open(Path path) throws IOException {
        return open(path, 0);
    }

    /**
     * Opens a backbone or a TorchScript file.
     *
     * @param path whatever {@link ModelFiles#open} opens, or a TorchScript file
     * @param side pixels of the square input; 0 for the model's usual ones (of TorchScript files that do not say: 224)
     * @throws org.dinobench.core.problem.BadInputException when it cannot be used
     */
    public static OpenedModel open(Path path, int side) throws IOException {
        if (!TorchScriptFile.is(path)) {
            LoadedModel loaded = ModelFiles.open(path);
            return new OpenedModel(
                    new EvaluatedModel(path.toString(), loaded.network()),
                    loaded.source(),
                    UsualTransform.of(loaded.config(), side),
                    loaded.facts(),
                    loaded::close);
        }
        int own = TorchScriptFile.imageSide(path).orElse(USUAL_SIDE);
        int used = side == 0 ? own : side;
        EvalTransform transform =
                used == EvalTransform.DINOV2.size() ? EvalTransform.DINOV2 : EvalTransform.squash(used);
        TorchScriptModel script = TorchScriptModel.open(path, 3, used);
        return new OpenedModel(
                EvaluatedModel.blackBox(path.toString(), script),
                path,
                transform,
                Map.of("kind", "TorchScript"),
                script::close);
    }

    /** The model; open as long as this is. */
    public EvaluatedModel model() {
        return model;
    }

    /** The file it came from. */
    public Path source() {
        return source;
    }

    /** How its images are prepared. */
    public EvalTransform transform() {
        return transform;
    }

    /** What the file says of itself. */
    public Map<String, String> facts() {
        return facts;
    }

    @Override
    public void close() {
        closing.run();
    }
}
