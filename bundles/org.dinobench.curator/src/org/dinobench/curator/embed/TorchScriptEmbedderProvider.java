package org.dinobench.curator.embed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipFile;
import org.dinobench.core.io.ContentHash;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.model.TorchScriptModel;

/**
 * Embedders from TorchScript files, such as the copy-detection models of SSCD (Pizzi et al. 2022): 288-pixel RGB images
 * with ImageNet normalisation in, one vector out.
 */
public final class TorchScriptEmbedderProvider implements EmbedderProvider {
    private static final int SIDE = 288;

    /** The cosine from which DINOv2's authors took two SSCD vectors for copies (Oquab et al., appendix A.3). */
    private static final double THRESHOLD = 0.6;

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
        if (model.isEmpty() || !Files.isRegularFile(Path.of(model))) {
            return false;
        }
        // A zip with compiled code inside; plain weights are zips without.
        try (ZipFile zip = new ZipFile(model)) {
            return zip.stream().anyMatch(entry -> entry.getName().matches("[^/]+/code/.+"));
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public Embedder open(String model) {
        Path file = Path.of(model);
        TorchScriptModel network = TorchScriptModel.open(file, 3, SIDE);
        try {
            String id = "torchscript-" + ContentHash.of(file).substring(0, 16);
            return new NetworkEmbedder(id, network, network, SIDE, THRESHOLD, null);
        } catch (IOException e) {
            network.close();
            throw new BadInputException(model, "it cannot be read (" + e.getMessage() + ")", "check the file", e);
        }
    }
}
