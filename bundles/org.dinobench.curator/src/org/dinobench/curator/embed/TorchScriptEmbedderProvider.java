package org.dinobench.curator.embed;

import java.io.IOException;
import java.nio.file.Path;
import org.dinobench.core.io.ContentHash;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.model.TorchScriptFile;
import org.dinobench.model.TorchScriptModel;

/**
 * Embedders from TorchScript files, such as the copy-detection models of SSCD (Pizzi et al. 2022): 288-pixel RGB images
 * with ImageNet normalisation in, one vector out.
 */
public final class TorchScriptEmbedderProvider implements EmbedderProvider {
    private static final int SIDE = 288;

    /** The cosine from which DINOv2's authors took two SSCD vectors for copies (Oquab et al., appendix A.3). */
    private static final double THRESHOLD = 0.6;

    /** The cosine to an image of an evaluation set from which they dropped an image and all its copies (as above). */
    private static final double REFERENCE_THRESHOLD = 0.45;

    @Override
    public int rank() {
        return 10;
    }

    @Override
    public String help() {
        return "a TorchScript file";
    }

    @Override
    public boolean accepts(String model) {
        return !model.isEmpty() && TorchScriptFile.is(Path.of(model));
    }

    @Override
    public Embedder open(String model) {
        Path file = Path.of(model);
        int side = side(file);
        TorchScriptModel network = TorchScriptModel.open(file, 3, side);
        try {
            String id = "torchscript-" + ContentHash.of(file).substring(0, 16);
            return new NetworkEmbedder(id, network, network, side, THRESHOLD, REFERENCE_THRESHOLD, null);
        } catch (IOException e) {
            network.close();
            throw new BadInputException(model, "it cannot be read (" + e.getMessage() + ")", "check the file", e);
        }
    }

    /** Exports of ours say their size; that of SSCD is taken for all others. */
    private static int side(Path file) {
        try {
            return TorchScriptFile.imageSide(file).orElse(SIDE);
        } catch (IOException e) {
            throw new BadInputException(
                    file.toString(), "it cannot be read (" + e.getMessage() + ")", "check the file", e);
        }
    }
}
