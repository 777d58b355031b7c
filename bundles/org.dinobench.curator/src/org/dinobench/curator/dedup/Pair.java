package org.dinobench.curator.dedup;

/**
 * Two nodes that are alike.
 *
 * @param first the smaller node
 * @param second the larger node
 * @param similarity cosine of their vectors, -1 to 1
 */
public record Pair(int first, int second, float similarity) implements Comparable<Pair> {
    /** Checks the order. */
    public Pair {
        if (first >= second) {
            throw new IllegalArgumentException("A pair is two different nodes, the smaller first");
        }
    }

    @Override
    public int compareTo(Pair other) {
        int byFirst = Integer.compare(first, other.first);
        return byFirst != 0 ? byFirst : Integer.compare(second, other.second);
    }
}
