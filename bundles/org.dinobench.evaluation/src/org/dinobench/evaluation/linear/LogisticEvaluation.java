package org.dinobench.evaluation.linear;

import java.util.ArrayList;
import java.util.List;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.evaluation.data.FeatureMatrix;
import org.dinobench.evaluation.data.LabelledSet;
import org.dinobench.evaluation.data.LeakCheck;
import org.dinobench.evaluation.data.Split;
import org.dinobench.evaluation.metrics.Bootstrap;
import org.dinobench.evaluation.metrics.ClassScores;
import org.dinobench.evaluation.metrics.Classification;

/** Measures features by logistic regression; the strength is chosen without a look at the test part. */
public final class LogisticEvaluation {
    private final LabelledSet set;
    private final Split split;
    private final LeakCheck.Finding leak;
    private final LogisticSpec spec;

    /** Checks the split for leaks, as the nearest-neighbour evaluation does. */
    public LogisticEvaluation(LabelledSet set, Split split, LogisticSpec spec, LeakCheck.Policy policy) {
        this.set = set;
        this.split = split;
        this.spec = spec;
        this.leak = LeakCheck.check(set, split, policy);
    }

    /** @param features one row per image of the set, in its order */
    public LogisticReport evaluate(String name, FeatureMatrix features, JobMonitor monitor) {
        List<LogisticReport.Point> path = crossValidate(features, monitor);
        int best = 0;
        for (int i = 1; i < path.size(); i++) {
            best = path.get(i).logLoss() < path.get(best).logLoss() ? i : best;
        }
        monitor.begin("Logistic regression", -1);
        int[] train = split.train();
        List<LinearModel> models = new LogisticRegression(spec.iterations(), spec.balanced())
                .path(
                        features.rows(train),
                        set.labels(train),
                        set.classes().size(),
                        spec.l2().subList(0, best + 1),
                        monitor);
        ClassScores scores = models.get(best).probabilities(features.rows(split.test()));
        return new LogisticReport(
                name,
                features.columns(),
                spec,
                split.description(),
                leak,
                path,
                spec.l2().get(best),
                Classification.of(set, split, scores, new Bootstrap(spec.resamples(), spec.seed())),
                scores);
    }

    private List<LogisticReport.Point> crossValidate(FeatureMatrix features, JobMonitor monitor) {
        List<Split> folds = Split.folds(set, split.train(), spec.folds(), spec.seed());
        monitor.begin("Cross-validation", folds.size());
        List<double[][]> results = folds.parallelStream()
                .map(fold -> {
                    double[][] measured = fold(features, fold, monitor);
                    monitor.worked(1);
                    return measured;
                })
                .toList();
        List<LogisticReport.Point> path = new ArrayList<>();
        for (int i = 0; i < spec.l2().size(); i++) {
            double loss = 0;
            double right = 0;
            for (double[][] fold : results) {
                loss += fold[i][0];
                right += fold[i][1];
            }
            path.add(new LogisticReport.Point(
                    spec.l2().get(i), loss / split.train().length, right / split.train().length));
        }
        return path;
    }

    /** Summed loss and number of right predictions for each strength. */
    private double[][] fold(FeatureMatrix features, Split fold, JobMonitor monitor) {
        List<LinearModel> models = new LogisticRegression(spec.iterations(), spec.balanced())
                .path(
                        features.rows(fold.train()),
                        set.labels(fold.train()),
                        set.classes().size(),
                        spec.l2(),
                        monitor);
        int[] truth = set.labels(fold.test());
        double[][] measured = new double[models.size()][2];
        for (int m = 0; m < models.size(); m++) {
            ClassScores scores = models.get(m).probabilities(features.rows(fold.test()));
            int[] best = scores.best();
            for (int i = 0; i < truth.length; i++) {
                measured[m][0] -= Math.log(Math.max(scores.at(i, truth[i]), 1e-12));
                measured[m][1] += best[i] == truth[i] ? 1 : 0;
            }
        }
        return measured;
    }
}
