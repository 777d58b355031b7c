package org.dinobench.trainer;

import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How a run ended.
 *
 * @param steps steps done, by all workers of the run together
 * @param images images seen
 * @param seconds time at work, pauses not counted
 * @param finished whether the run came to its end; false when it was stopped on request and can be resumed
 * @param lastMetrics the numbers of the last step
 * @param knnAccuracy accuracy of the last k-NN check, from 0 to 1; empty without labels
 * @param knnBalancedAccuracy mean of the classes' accuracies of that check
 * @param export the exported network; only of a finished run, otherwise the last export or null
 * @param brokenImages images that could not be read
 */
public record TrainingResult(
        long steps,
        long images,
        double seconds,
        boolean finished,
        Map<String, Double> lastMetrics,
        OptionalDouble knnAccuracy,
        OptionalDouble knnBalancedAccuracy,
        Path export,
        int brokenImages) {}
