package org.dinobench.evaluation.knn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.evaluation.data.FeatureMatrix;
import org.dinobench.evaluation.metrics.ClassScores;

/**
 * The weighted k-nearest-neighbour classifier by which DINO and DINOv2 measure frozen features. Features are
 * normalised to length 1, so that inner products are cosines.
 */
public final class KnnClassifier {
    private final KnnSpec spec;
    private final NeighbourSearch search;

    /** @param search how neighbours are found */
    public KnnClassifier(KnnSpec spec, NeighbourSearch search) {
        this.spec = spec;
        this.search = search;
    }

    /**
     * The votes of one k.
     *
     * @param k neighbours that voted
     * @param scores {@code queries x classes}: summed weights of {@link KnnSpec.Voting#SOFTMAX}, or shares of votes
     * @param predicted the class each query is called
     */
    public record Votes(int k, ClassScores scores, int[] predicted) {}

    /**
     * Classifies queries.
     *
     * @param train training features, one row an image
     * @param labels their classes, 0 to {@code classes - 1}
     * @param queries features to classify, of the same length
     * @return one entry per k of the specification that the training part is large enough for, ascending
     * @throws BadInputException when not even the smallest k is
     */
    public List<Votes> classify(
            FeatureMatrix train, int[] labels, int classes, FeatureMatrix queries, JobMonitor monitor) {
        List<Integer> usable = usable(train.rows());
        int largest = usable.get(usable.size() - 1);
        FeatureScaling.Pair scaled = spec.scaling().of(train, queries);
        Neighbours neighbours =
                search.search(scaled.train().normalised(), scaled.queries().normalised(), largest, monitor);
        return votes(neighbours, usable, labels, classes);
    }

    /** The k of the specification that do not exceed the training part. */
    List<Integer> usable(int trainRows) {
        List<Integer> usable = spec.k().stream().filter(k -> k <= trainRows).toList();
        if (usable.isEmpty()) {
            throw new BadInputException(
                    "knn.k",
                    "the training part has " + trainRows + " images and the smallest k is "
                            + spec.k().get(0),
                    "choose a smaller k");
        }
        return usable;
    }

    private List<Votes> votes(Neighbours neighbours, List<Integer> ks, int[] labels, int classes) {
        Map<Integer, float[]> scores = new LinkedHashMap<>();
        Map<Integer, int[]> predicted = new LinkedHashMap<>();
        for (int k : ks) {
            scores.put(k, new float[neighbours.queries() * classes]);
            predicted.put(k, new int[neighbours.queries()]);
        }
        for (int q = 0; q < neighbours.queries(); q++) {
            double[] weights = weights(neighbours, q);
            double[] votes = new double[classes];
            double[] similarity = new double[classes];
            for (int rank = 0; rank < neighbours.count(); rank++) {
                int label = labels[neighbours.index(q, rank)];
                votes[label] += weights[rank];
                similarity[label] += neighbours.similarity(q, rank);
                float[] out = scores.get(rank + 1);
                if (out != null) {
                    double scale = spec.voting() == KnnSpec.Voting.MAJORITY ? 1.0 / (rank + 1) : 1.0;
                    for (int c = 0; c < classes; c++) {
                        out[q * classes + c] = (float) (votes[c] * scale);
                    }
                    predicted.get(rank + 1)[q] = winner(votes, similarity);
                }
            }
        }
        return ks.stream()
                .map(k -> new Votes(k, new ClassScores(classes, scores.get(k)), predicted.get(k)))
                .toList();
    }

    private double[] weights(Neighbours neighbours, int query) {
        double[] weights = new double[neighbours.count()];
        if (spec.voting() == KnnSpec.Voting.MAJORITY) {
            java.util.Arrays.fill(weights, 1);
            return weights;
        }
        double sum = 0;
        for (int rank = 0; rank < weights.length; rank++) {
            weights[rank] = Math.exp(
                    (neighbours.similarity(query, rank) - neighbours.similarity(query, 0)) / spec.temperature());
            sum += weights[rank];
        }
        for (int rank = 0; rank < weights.length; rank++) {
            weights[rank] /= sum;
        }
        return weights;
    }

    private static int winner(double[] votes, double[] similarity) {
        int best = 0;
        for (int c = 1; c < votes.length; c++) {
            if (votes[c] > votes[best] || (votes[c] == votes[best] && similarity[c] > similarity[best])) {
                best = c;
            }
        }
        return best;
    }
}
