package org.dinobench.evaluation.linear;

import java.util.List;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.evaluation.data.FeatureMatrix;

/** Fits multinomial logistic regressions along a path of strengths, each starting from the one before. */
public final class LogisticRegression {
    private final int iterations;
    private final boolean balanced;

    /**
     * @param iterations of the optimizer at most, for each strength
     * @param balanced whether every class weighs the same
     */
    public LogisticRegression(int iterations, boolean balanced) {
        this.iterations = iterations;
        this.balanced = balanced;
    }

    /**
     * One model per strength.
     *
     * @param labels 0 to {@code classes - 1}; a class without images is never predicted with weight
     * @param l2 descending strengths
     */
    public List<LinearModel> path(
            FeatureMatrix features, int[] labels, int classes, List<Double> l2, JobMonitor monitor) {
        LogisticPath path = new LogisticPath(features, labels, classes, balanced, iterations);
        return l2.stream().map(strength -> path.next(strength, monitor)).toList();
    }
}
