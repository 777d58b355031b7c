package org.dinobench.app.quickstart;

import java.nio.file.Path;
import java.util.Optional;
import org.dinobench.core.problem.BadInputException;

/**
 * What a person may choose.
 *
 * @param images a folder of images, subfolders as labels; absent: the public sample
 * @param workspace where everything is written
 * @param minutes of training, above 0
 * @param preset the training preset
 * @param cache a folder for the sample that survives between calls
 */
public record QuickstartOptions(Optional<Path> images, Path workspace, double minutes, String preset, Path cache) {
    /** Checks the time. */
    public QuickstartOptions {
        if (!(minutes > 0) || minutes > 100_000) {
            throw new BadInputException(
                    "--minutes " + minutes, "this is no time to train for", "give a number above 0, such as 3");
        }
    }
}
