package org.dinobench.curator.dedup;

/** Connected components of a graph whose edges come one by one. */
public final class UnionFind {
    private final int[] parents;

    /** @param nodes number of nodes, each alone at first */
    public UnionFind(int nodes) {
        parents = new int[nodes];
        for (int i = 0; i < nodes; i++) {
            parents[i] = i;
        }
    }

    /** The smallest node of the component that {@code node} is in. */
    public int find(int node) {
        int root = node;
        while (parents[root] != root) {
            root = parents[root];
        }
        int next = node;
        while (parents[next] != root) {
            int after = parents[next];
            parents[next] = root;
            next = after;
        }
        return root;
    }

    /** Joins two components. @return whether they were apart */
    public boolean join(int a, int b) {
        int rootA = find(a);
        int rootB = find(b);
        if (rootA == rootB) {
            return false;
        }
        // The smaller number becomes the root, so that names do not depend on the order of edges.
        parents[Math.max(rootA, rootB)] = Math.min(rootA, rootB);
        return true;
    }
}
