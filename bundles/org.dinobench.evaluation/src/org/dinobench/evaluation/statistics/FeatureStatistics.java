package org.dinobench.evaluation.statistics;

import java.util.Arrays;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.evaluation.data.FeatureMatrix;
import org.dinobench.evaluation.internal.SymmetricEigenvalues;

/**
 * Numbers about a set of features that need no labels.
 *
 * @param rows vectors measured
 * @param columns their length
 * @param medianNorm median Euclidean length
 * @param largestNorm the largest
 * @param outlierShare share of vectors whose length exceeds the median by more than six scaled median deviations. Among
 *     patch tokens a share above about one percent tells of registers that are missing (Darcet et al., Vision
 *     Transformers Need Registers, section 2)
 * @param effectiveRank {@code exp(H)} of the normalised singular values of the centred features (Roy and Vetterli; RankMe):
 *     how many directions are in use; 1 means collapse
 * @param uniformity {@code log E exp(-2 |x - y|^2)} over pairs of normalised vectors (Wang and Isola, equation 2):
 *     0 when all are equal, about -4 when spread evenly
 * @param meanCosine mean cosine of pairs; near 1 the features point one way and want centring
 */
public record FeatureStatistics(
        int rows,
        int columns,
        double medianNorm,
        double largestNorm,
        double outlierShare,
        double effectiveRank,
        double uniformity,
        double meanCosine) {
    /** Share of outliers among patch tokens above which registers seem to be missing. */
    public static final double SUSPICIOUS_OUTLIERS = 0.01;

    private static final int PAIR_ROWS = 2000;
    private static final double OUTLIER = 6;
    /** Makes the median absolute deviation comparable with a standard deviation. */
    private static final double MAD_SCALE = 1.4826;

    /**
     * Measures features; pairs are formed among at most 2,000 evenly picked rows.
     *
     * @param features at least two rows
     */
    public static FeatureStatistics of(FeatureMatrix features, JobMonitor monitor) {
        if (features.rows() < 2) {
            throw new IllegalArgumentException("Statistics need at least two vectors");
        }
        monitor.begin("Feature statistics", 3);
        double[] norms = norms(features);
        double[] sorted = norms.clone();
        Arrays.sort(sorted);
        double median = sorted[sorted.length / 2];
        double[] deviations =
                Arrays.stream(norms).map(v -> Math.abs(v - median)).sorted().toArray();
        double limit = median + OUTLIER * Math.max(MAD_SCALE * deviations[deviations.length / 2], 1e-6 * median);
        double outliers = Arrays.stream(norms).filter(v -> v > limit).count() / (double) norms.length;
        monitor.worked(1);
        monitor.checkStopped();
        double rank = effectiveRank(features);
        monitor.worked(1);
        monitor.checkStopped();
        double[] pairs = pairs(features);
        monitor.worked(1);
        return new FeatureStatistics(
                features.rows(),
                features.columns(),
                median,
                sorted[sorted.length - 1],
                outliers,
                rank,
                pairs[0],
                pairs[1]);
    }

    private static double[] norms(FeatureMatrix features) {
        double[] norms = new double[features.rows()];
        for (int r = 0; r < norms.length; r++) {
            for (int c = 0; c < features.columns(); c++) {
                norms[r] += (double) features.at(r, c) * features.at(r, c);
            }
            norms[r] = Math.sqrt(norms[r]);
        }
        return norms;
    }

    private static double effectiveRank(FeatureMatrix features) {
        int d = features.columns();
        float[] x = features.minus(features.mean()).toArray();
        double[][] covariance = new double[d][d];
        for (int r = 0; r < features.rows(); r++) {
            int start = r * d;
            for (int i = 0; i < d; i++) {
                double a = x[start + i];
                double[] row = covariance[i];
                for (int j = 0; j <= i; j++) {
                    row[j] += a * x[start + j];
                }
            }
        }
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < i; j++) {
                covariance[j][i] = covariance[i][j];
            }
        }
        double[] singular = Arrays.stream(SymmetricEigenvalues.of(covariance))
                .map(v -> Math.sqrt(Math.max(v, 0)))
                .toArray();
        double sum = Arrays.stream(singular).sum();
        double entropy = Arrays.stream(singular)
                .map(v -> v / sum)
                .filter(p -> p > 1e-12)
                .map(p -> -p * Math.log(p))
                .sum();
        return sum == 0 ? 1 : Math.exp(entropy);
    }

    private static double[] pairs(FeatureMatrix features) {
        int n = Math.min(PAIR_ROWS, features.rows());
        int[] picked = new int[n];
        Arrays.setAll(picked, i -> (int) ((long) i * features.rows() / n));
        FeatureMatrix unit = features.rows(picked).normalised();
        int d = unit.columns();
        float[] x = unit.toArray();
        double potential = 0;
        double cosine = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double dot = 0;
                for (int c = 0; c < d; c++) {
                    dot += x[i * d + c] * x[j * d + c];
                }
                cosine += dot;
                potential += Math.exp(-2 * (2 - 2 * dot));
            }
        }
        double count = n * (n - 1) / 2.0;
        return new double[] {Math.log(potential / count), cosine / count};
    }
}
