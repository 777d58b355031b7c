package org.dinobench.curator.dedup;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.dinobench.core.io.Json;

/**
 * How alike each image and its nearest other one are, in steps of 0.02, with a few pairs of each step to look at: the
 * picture by which a person chooses a threshold.
 */
public final class SimilarityHistogram {
    private static final int BINS = 50;
    private static final int EXAMPLES = 4;

    private final long[] counts = new long[BINS];
    private final List<List<Pair>> examples = new ArrayList<>();

    /** An empty histogram. */
    public SimilarityHistogram() {
        for (int i = 0; i < BINS; i++) {
            examples.add(new ArrayList<>());
        }
    }

    /** Counts a pair; those below 0 go to the first step. */
    public void add(Pair pair) {
        int bin = Math.max(0, Math.min(BINS - 1, (int) (pair.similarity() * BINS)));
        counts[bin]++;
        List<Pair> kept = examples.get(bin);
        if (kept.size() < EXAMPLES && !kept.contains(pair)) {
            kept.add(pair);
        }
    }

    /** Images in each step of 0.02, from 0 to 1. */
    public long[] counts() {
        return counts.clone();
    }

    /** Some pairs of a step. */
    public List<Pair> examples(int bin) {
        return List.copyOf(examples.get(bin));
    }

    /** @param name the path of a node */
    public ArrayNode toJson(IntFunction<String> name) {
        ArrayNode steps = Json.mapper().createArrayNode();
        for (int bin = 0; bin < BINS; bin++) {
            ObjectNode step = steps.addObject();
            step.put("from", bin / (double) BINS);
            step.put("to", (bin + 1) / (double) BINS);
            step.put("images", counts[bin]);
            ArrayNode pairs = step.putArray("examples");
            for (Pair pair : examples.get(bin)) {
                ObjectNode shown = pairs.addObject();
                shown.put("first", name.apply(pair.first()));
                shown.put("second", name.apply(pair.second()));
                shown.put("similarity", pair.similarity());
            }
        }
        return steps;
    }
}
