package org.dinobench.ui.evaluation.model;

import java.util.Optional;

/**
 * k-NN on one kind of features.
 *
 * @param features what was measured
 * @param k number of neighbours
 * @param accuracy share of right answers, 0 to 1
 * @param balanced mean share of right answers over classes, 0 to 1
 * @param macroF1 mean F1 over classes, 0 to 1
 * @param train images to learn from
 * @param test images measured on
 * @param confusion the confusion matrix, where the report has it
 */
public record KnnRow(
        String features,
        int k,
        double accuracy,
        double balanced,
        double macroF1,
        int train,
        int test,
        Optional<Confusion> confusion) {}
