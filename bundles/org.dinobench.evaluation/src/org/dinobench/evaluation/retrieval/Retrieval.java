package org.dinobench.evaluation.retrieval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.evaluation.data.FeatureMatrix;
import org.dinobench.evaluation.data.LabelledSet;
import org.dinobench.evaluation.data.Split;

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
        monitor.begin("Retrieval", queries.length);
        double[] precision = new double[queries.length];
        int[] first = new int[queries.length];
        IntStream.range(0, queries.length).parallel().forEach(q -> {
            monitor.checkStopped();
            rank(set, unit, gallery, queries[q], q, precision, first);
            monitor.worked(1);
        });
        double sum = 0;
        int counted = 0;
        int[] found = new int[k.size()];
        for (int q = 0; q < queries.length; q++) {
            if (first[q] == 0) {
                continue;
            }
            counted++;
            sum += precision[q];
            for (int i = 0; i < found.length; i++) {
                found[i] += first[q] <= k.get(i) ? 1 : 0;
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

    /** Average precision of one query, and the place of its first find from 1 (0 when its class is not there). */
    private static void rank(
            LabelledSet set, FeatureMatrix unit, int[] gallery, int query, int q, double[] precision, int[] first) {
        double[] similarity = new double[gallery.length];
        Integer[] order = new Integer[gallery.length];
        for (int g = 0; g < gallery.length; g++) {
            order[g] = g;
            for (int c = 0; c < unit.columns(); c++) {
                similarity[g] += unit.at(gallery[g], c) * unit.at(query, c);
            }
        }
        Arrays.sort(order, (a, b) -> Double.compare(similarity[b], similarity[a]));
        int hits = 0;
        int place = 0;
        double precisions = 0;
        for (int g : order) {
            if (set.unit(gallery[g]) == set.unit(query)) {
                continue;
            }
            place++;
            if (set.label(gallery[g]) == set.label(query)) {
                hits++;
                precisions += hits / (double) place;
                first[q] = first[q] == 0 ? place : first[q];
            }
        }
        precision[q] = hits == 0 ? 0 : precisions / hits;
    }
}
