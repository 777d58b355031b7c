package org.dinobench.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.evaluation.maps.NetworkInput;
import org.dinobench.imaging.BrokenImageException;
import org.dinobench.imaging.ImageHeader;
import org.dinobench.imaging.ImageReader;
import org.dinobench.imaging.augment.Normalization;
import org.dinobench.model.LoadedModel;

/** What the commands that draw pictures share: images become inputs of a network. */
final class PicturesOfModel {
    private final LoadedModel model;
    private final int side;

    /** @param side wanted pixels of the shorter side; 0 takes 24 patches */
    PicturesOfModel(LoadedModel model, int side) {
        this.model = model;
        this.side = side == 0 ? 24 * model.config().patch() : side;
    }

    NetworkInput input(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new BadInputException(file.toString(), "there is no such image", "give the path of an image file");
        }
        try {
            return NetworkInput.of(
                    new ImageReader().read(file), side, model.config().patch(), Normalization.IMAGENET);
        } catch (BrokenImageException e) {
            throw new BadInputException(file.toString(), e.getMessage(), "give another image", e);
        }
    }

    /** Size and kind of an image that {@link #input} has read. */
    static ImageHeader header(Path file) {
        try {
            return new ImageReader().header(file);
        } catch (BrokenImageException e) {
            throw new BadInputException(file.toString(), e.getMessage(), "give another image", e);
        }
    }

    List<NetworkInput> inputs(List<Path> files) {
        return files.stream().map(this::input).toList();
    }

    /** The path of a picture, in a folder that is there. */
    static Path target(Path file) throws IOException {
        Path absolute = file.toAbsolutePath();
        Files.createDirectories(absolute.getParent());
        return absolute;
    }
}
