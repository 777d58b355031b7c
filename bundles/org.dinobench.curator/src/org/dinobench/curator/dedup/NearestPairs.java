package org.dinobench.curator.dedup;

import java.util.ArrayList;
import java.util.List;

/**
 * The best k partners of each of some queries, whose candidates come in any order. Equal similarities are decided by the
 * smaller node, so that the order does not matter.
 */
final class NearestPairs {
    private final int k;
    private final int[] nodes;
    private final float[] similarities;
    private final int[] sizes;

    NearestPairs(int queries, int k) {
        this.k = k;
        this.nodes = new int[Math.multiplyExact(queries, k)];
        this.similarities = new float[queries * k];
        this.sizes = new int[queries];
    }

    /** Offers a candidate; each candidate of a query is offered once. */
    void offer(int query, int node, float similarity) {
        int start = query * k;
        int at;
        if (sizes[query] < k) {
            at = sizes[query]++;
            // Up the heap whose root is the worst that is kept.
            while (at > 0 && worse(node, similarity, start + (at - 1) / 2)) {
                move(start + (at - 1) / 2, start + at);
                at = (at - 1) / 2;
            }
        } else if (worse(node, similarity, start)) {
            return;
        } else {
            at = 0;
            for (int child = 1; child < k; child = 2 * at + 1) {
                if (child + 1 < k && worse(nodes[start + child + 1], similarities[start + child + 1], start + child)) {
                    child++;
                }
                if (worse(node, similarity, start + child)) {
                    break;
                }
                move(start + child, start + at);
                at = child;
            }
        }
        nodes[start + at] = node;
        similarities[start + at] = similarity;
    }

    private boolean worse(int node, float similarity, int place) {
        return similarity < similarities[place] || similarity == similarities[place] && node > nodes[place];
    }

    private void move(int from, int to) {
        nodes[to] = nodes[from];
        similarities[to] = similarities[from];
    }

    /** Offers everything that others found. @param places the query that each of the other's queries is here */
    void offerAll(NearestPairs other, int[] places) {
        for (int query = 0; query < other.sizes.length; query++) {
            for (int i = query * other.k; i < query * other.k + other.sizes[query]; i++) {
                offer(places[query], other.nodes[i], other.similarities[i]);
            }
        }
    }

    /** The pairs of all queries. @param names node of each query */
    PairList pairs(int[] names) {
        List<Pair> pairs = new ArrayList<>();
        for (int query = 0; query < sizes.length; query++) {
            for (int i = query * k; i < query * k + sizes[query]; i++) {
                int a = names[query];
                pairs.add(new Pair(Math.min(a, nodes[i]), Math.max(a, nodes[i]), similarities[i]));
            }
        }
        return PairList.of(pairs);
    }

    /** Every query with the best partner that it was offered. @param names node of each query */
    List<Pair> nearest(int[] names) {
        List<Pair> nearest = new ArrayList<>();
        for (int query = 0; query < sizes.length; query++) {
            int best = -1;
            for (int i = query * k; i < query * k + sizes[query]; i++) {
                if (best < 0 || worse(nodes[best], similarities[best], i)) {
                    best = i;
                }
            }
            if (best >= 0) {
                int a = names[query];
                nearest.add(new Pair(Math.min(a, nodes[best]), Math.max(a, nodes[best]), similarities[best]));
            }
        }
        return nearest;
    }
}
