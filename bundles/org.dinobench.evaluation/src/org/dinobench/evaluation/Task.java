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
    /** Label-free measures of features. */
    STATISTICS,
    /** Attention maps and principal components of sample images. */
    PICTURES;

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
