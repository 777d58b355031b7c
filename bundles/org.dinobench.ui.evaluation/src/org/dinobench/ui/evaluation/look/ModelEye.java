package org.dinobench.ui.evaluation.look;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.imaging.RgbImage;

/** A model that is open for looking at images. Used by one thread at a time. */
public interface ModelEye extends AutoCloseable {
    /** {@return number of blocks} */
    int blocks();

    /** {@return number of heads of a block} */
    int heads();

    /**
     * Runs the model on an image.
     *
     * @param image the file
     * @param block from 0
     * @return what that block attends to
     * @throws IOException when the image cannot be read
     */
    ImageLook look(Path image, int block) throws IOException;

    /**
     * Paints patch features by their first three principal components, jointly over all images.
     *
     * @param images the files
     * @param foregroundOnly whether the background is left black
     * @param monitor progress
     * @return for each image the image as the network saw it, and its components with one pixel a patch
     * @throws IOException when an image cannot be read
     */
    List<Components> components(List<Path> images, boolean foregroundOnly, JobMonitor monitor) throws IOException;

    @Override
    void close();

    /**
     * An image and its components.
     *
     * @param image as the network saw it
     * @param components one pixel a patch; black where background
     */
    record Components(RgbImage image, RgbImage components) {}

    /** Opens models. */
    @FunctionalInterface
    interface Opener {
        /**
         * Opens a model.
         *
         * @param model a run, a checkpoint, an export or a file
         * @return the open model
         * @throws IOException when it cannot be read
         * @throws org.dinobench.core.problem.BadInputException when it is no such model
         */
        ModelEye open(Path model) throws IOException;
    }
}
