package org.dinobench.evaluation;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.dinobench.core.problem.BadInputException;

/** What an {@link Evaluation} measures. */
public enum Task {
    /** Nearest neighbours, with baselines. */
    KNN,
    /** Logistic regression with cross-validation. */
    LINEAR,
    /** Linear probe as in DINOv2: stochastic gradient descent over a grid of learning rates and features. */
    PROBE,
    /** Logistic regression on a few images per class. */
    FEWSHOT,
    /** Finding images of the same class. */
    RETRIEVAL,
    /** A linear head on patch features, against masks; needs no labels. */
    SEGMENTATION,
    /** Label-free measures of features, of images and of patches. */
    STATISTICS,
    /** Attention maps and principal components of sample images. */
    PICTURES;

    /** Whether it needs the images' labels. */
    public boolean needsLabels() {
        return this != SEGMENTATION && this != STATISTICS && this != PICTURES;
    }

    /** Whether it needs one vector an image. */
    public boolean needsVectors() {
        return this == KNN || this == LINEAR || this == FEWSHOT || this == RETRIEVAL || this == STATISTICS;
    }

    /**
     * Reads a name as on the command line.
     *
     * @throws BadInputException when there is no such task
     */
    public static Task named(String name) {
        try {
            return valueOf(name.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            String names = Arrays.stream(values())
                    .map(task -> task.name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", "));
            throw new BadInputException("task", "there is no task \"" + name + "\"", "use " + names, unknown);
        }
    }
}
