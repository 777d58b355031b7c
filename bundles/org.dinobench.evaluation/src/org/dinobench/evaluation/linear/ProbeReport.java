package org.dinobench.evaluation.linear;

import java.util.List;
import org.dinobench.evaluation.data.LeakCheck;
import org.dinobench.evaluation.metrics.ClassScores;
import org.dinobench.evaluation.metrics.Classification;

/**
 * What the linear probe found.
 *
 * @param spec how it was trained
 * @param split how the split came about
 * @param leak what the leak check found
 * @param grid validation accuracy of every classifier
 * @param chosen the best of them
 * @param details the chosen classifier measured on the test part
 * @param scores its class probabilities, one row per test image
 */
public record ProbeReport(
        ProbeSpec spec,
        String split,
        LeakCheck.Finding leak,
        List<Candidate> grid,
        Candidate chosen,
        Classification details,
        ClassScores scores) {
    /** Copies the list. */
    public ProbeReport {
        grid = List.copyOf(grid);
    }

    /**
     * One classifier.
     *
     * @param blocks last blocks whose class tokens it sees
     * @param meanPatch whether it also sees the mean patch token
     * @param learningRate before scaling
     * @param validationAccuracy 0 to 1
     */
    public record Candidate(int blocks, boolean meanPatch, double learningRate, double validationAccuracy) {
        /** As shown in reports. */
        public String words() {
            return "last " + blocks + (blocks == 1 ? " block" : " blocks") + (meanPatch ? " with mean patch" : "")
                    + ", learning rate " + learningRate;
        }
    }
}
