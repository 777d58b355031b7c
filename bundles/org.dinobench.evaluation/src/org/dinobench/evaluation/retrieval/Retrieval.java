package org.dinobench.evaluation.retrieval;

import java.util.ArrayList;
import java.util.List;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.evaluation.data.FeatureMatrix;
import org.dinobench.evaluation.data.LabelledSet;
import org.dinobench.evaluation.data.Split;
import org.dinobench.evaluation.knn.ExactSearch;
import org.dinobench.evaluation.knn.Neighbours;

/**
 * Retrieval by cosine: test images are searched for among the training images; images of the query's own near-duplicate
 * group or patient do not count, as they are no find.
 *
 * @param k numbers for recall, ascending
 */
public record Retrieval(List<Integer> k) {
    /** Copies the list. */
    public Retrieval {
        k = List.copyOf(k);
    }

    /** Recall at 1, 5 and 10. */
    public static Retrieval usual() {
        return new Retrieval(List.of(1, 5, 10));
    }

    /**
     * Ranks the whole gallery for every query.
     *
     * @throws BadInputException when no query has an image of its class in the gallery
     */
    public RetrievalReport measure(
            String name, LabelledSet set, Split split, FeatureMatrix features, JobMonitor monitor) {
        int[] gallery = split.train();
        int[] queries = split.test();
        FeatureMatrix unit = features.minus(features.rows(gallery).mean()).normalised();
        Neighbours ranked =
                new ExactSearch().search(unit.rows(gallery), unit.rows(queries), gallery.length, monitor);
        double sum = 0;
        int counted = 0;
        int[] found = new int[k.size()];
        for (int q = 0; q < queries.length; q++) {
            int hits = 0;
            int place = 0;
            int first = Integer.MAX_VALUE;
            double precisions = 0;
            for (int rank = 0; rank < gallery.length; rank++) {
                int image = gallery[ranked.index(q, rank)];
                if (set.unit(image) == set.unit(queries[q])) {
                    continue;
                }
                place++;
                if (set.label(image) == set.label(queries[q])) {
                    hits++;
                    precisions += hits / (double) place;
                    first = Math.min(first, place);
                }
            }
            if (hits == 0) {
                continue;
            }
            counted++;
            sum += precisions / hits;
            for (int i = 0; i < found.length; i++) {
                found[i] += first <= k.get(i) ? 1 : 0;
            }
        }
        if (counted == 0) {
            throw new BadInputException(
                    set.name(), "no test image has another image of its class to find", "use another split");
        }
        List<RetrievalReport.RecallAt> recall = new ArrayList<>();
        for (int i = 0; i < found.length; i++) {
            recall.add(new RetrievalReport.RecallAt(k.get(i), found[i] / (double) counted));
        }
        return new RetrievalReport(name, counted, gallery.length, sum / counted, recall);
    }
}
