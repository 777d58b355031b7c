package org.dinobench.curator.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Draws points from a hierarchy of clusters, as evenly from the top downwards as the sizes allow: a quota is shared out
 * over the coarsest clusters, each cluster's share over its children, and so on; what a small cluster cannot give, the
 * others give. Deterministic by seed.
 */
public final class BalancedSampling {
    private final List<Clusters> levels;

    /** @param levels the finest first, as {@link HierarchicalKMeans} returns them */
    public BalancedSampling(List<Clusters> levels) {
        this.levels = List.copyOf(levels);
    }

    /**
     * Draws points.
     *
     * @param eligible which points may be drawn
     * @param target how many are wanted
     * @return which are drawn: {@code target}, or all eligible where there are fewer
     */
    public boolean[] draw(boolean[] eligible, int target, long seed) {
        List<List<Integer>> nodes = new ArrayList<>();
        for (List<Integer> members : levels.get(0).members()) {
            nodes.add(members.stream().filter(i -> eligible[i]).toList());
        }
        List<int[]> sizes = sizes(nodes);
        int top = levels.size() - 1;
        boolean[] drawn = new boolean[eligible.length];
        Random random = new Random(seed);
        int[] quotas = share(sizes.get(top), target);
        for (int node = 0; node < quotas.length; node++) {
            descend(top, node, quotas[node], nodes, sizes, random, drawn);
        }
        return drawn;
    }

    /** Eligible points below each node, level by level. */
    private List<int[]> sizes(List<List<Integer>> nodes) {
        List<int[]> sizes = new ArrayList<>();
        sizes.add(nodes.stream().mapToInt(List::size).toArray());
        for (int level = 1; level < levels.size(); level++) {
            int[] size = new int[levels.get(level).count()];
            int[] parents = levels.get(level).assigned();
            int[] below = sizes.get(level - 1);
            for (int child = 0; child < parents.length; child++) {
                size[parents[child]] += below[child];
            }
            sizes.add(size);
        }
        return sizes;
    }

    private void descend(
            int level,
            int node,
            int quota,
            List<List<Integer>> nodes,
            List<int[]> sizes,
            Random random,
            boolean[] drawn) {
        if (quota == 0) {
            return;
        }
        if (level == 0) {
            List<Integer> members = new ArrayList<>(nodes.get(node));
            Collections.shuffle(members, random);
            members.subList(0, quota).forEach(i -> drawn[i] = true);
            return;
        }
        List<Integer> children = levels.get(level).members().get(node);
        int[] below =
                children.stream().mapToInt(child -> sizes.get(level - 1)[child]).toArray();
        int[] quotas = share(below, quota);
        for (int i = 0; i < quotas.length; i++) {
            descend(level - 1, children.get(i), quotas[i], nodes, sizes, random, drawn);
        }
    }

    /**
     * Shares a quota out: everybody gets the same, or all they have where that is less.
     *
     * @param sizes what each can give
     * @return what each gives; the sum is the quota, or all there is
     */
    static int[] share(int[] sizes, int quota) {
        int[] shares = new int[sizes.length];
        Integer[] order = new Integer[sizes.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> sizes[a] != sizes[b] ? Integer.compare(sizes[a], sizes[b]) : a - b);
        int left = quota;
        for (int i = 0; i < order.length; i++) {
            int fair = left / (order.length - i);
            shares[order[i]] = Math.min(sizes[order[i]], fair);
            left -= shares[order[i]];
        }
        // Rounding down leaves less than one for each; the last in line are the largest.
        for (int i = order.length - 1; i >= 0 && left > 0; i--) {
            if (shares[order[i]] < sizes[order[i]]) {
                shares[order[i]]++;
                left--;
            }
        }
        return shares;
    }
}
