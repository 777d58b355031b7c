package org.dinobench.curator.dedup;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;
import java.util.RandomAccess;
import java.util.function.Predicate;

/** Different pairs, sorted, at 12 bytes each: what millions of images have of them must fit into memory. Immutable. */
public final class PairList extends AbstractList<Pair> implements RandomAccess {
    /** No pairs. */
    public static final PairList EMPTY = new PairList(new long[0], new float[0]);

    private final long[] nodes;
    private final float[] similarities;

    private PairList(long[] nodes, float[] similarities) {
        this.nodes = nodes;
        this.similarities = similarities;
    }

    /** Pairs in any order; of a pair that comes several times the greatest similarity stays. */
    public static PairList of(Collection<Pair> pairs) {
        List<Pair> sorted = new ArrayList<>(pairs);
        Collections.sort(sorted);
        Builder builder = new Builder();
        sorted.forEach(pair -> builder.add(key(pair.first(), pair.second()), pair.similarity()));
        return builder.build();
    }

    /** All pairs of several lists; of a pair in several of them the greatest similarity stays. */
    public static PairList merge(List<PairList> lists) {
        int[] next = new int[lists.size()];
        PriorityQueue<Integer> order = new PriorityQueue<>((a, b) -> {
            int byKey = Long.compare(lists.get(a).nodes[next[a]], lists.get(b).nodes[next[b]]);
            return byKey != 0 ? byKey : Integer.compare(a, b);
        });
        for (int i = 0; i < lists.size(); i++) {
            if (!lists.get(i).isEmpty()) {
                order.add(i);
            }
        }
        Builder builder = new Builder();
        while (!order.isEmpty()) {
            int list = order.remove();
            PairList from = lists.get(list);
            builder.add(from.nodes[next[list]], from.similarities[next[list]]);
            if (++next[list] < from.size()) {
                order.add(list);
            }
        }
        return builder.build();
    }

    private static long key(int first, int second) {
        return (long) first << 32 | second;
    }

    /** The pairs that are wanted. */
    public PairList filtered(Predicate<Pair> wanted) {
        Builder builder = new Builder();
        stream().filter(wanted).forEach(builder::add);
        return builder.build();
    }

    /** Whether two nodes are a pair, in any order. */
    public boolean contains(int a, int b) {
        return Arrays.binarySearch(nodes, key(Math.min(a, b), Math.max(a, b))) >= 0;
    }

    @Override
    public Pair get(int index) {
        return new Pair((int) (nodes[index] >>> 32), (int) nodes[index], similarities[index]);
    }

    @Override
    public int size() {
        return nodes.length;
    }

    /** Collects pairs that come sorted. */
    static final class Builder {
        private long[] nodes = new long[1024];
        private float[] similarities = new float[1024];
        private int size;

        void add(Pair pair) {
            add(key(pair.first(), pair.second()), pair.similarity());
        }

        private void add(long key, float similarity) {
            if (size > 0 && nodes[size - 1] >= key) {
                if (nodes[size - 1] > key) {
                    throw new IllegalArgumentException("The pairs are not sorted");
                }
                similarities[size - 1] = Math.max(similarities[size - 1], similarity);
                return;
            }
            if (size == nodes.length) {
                int more = Math.max(size + 1, (int) Math.min(Integer.MAX_VALUE - 16L, size * 3L / 2));
                nodes = Arrays.copyOf(nodes, more);
                similarities = Arrays.copyOf(similarities, more);
            }
            nodes[size] = key;
            similarities[size++] = similarity;
        }

        PairList build() {
            return new PairList(Arrays.copyOf(nodes, size), Arrays.copyOf(similarities, size));
        }
    }
}
