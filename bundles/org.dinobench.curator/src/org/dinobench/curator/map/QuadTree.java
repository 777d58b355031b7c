package org.dinobench.curator.map;

import java.util.Arrays;

/** Points of a plane in squares within squares, each with its centre of mass; flat arrays, rebuilt every turn. */
final class QuadTree {
    private static final int MAX_DEPTH = 48;

    private int[] child;
    private double[] massX;
    private double[] massY;
    private int[] count;
    private double[] side;
    private int[] point;
    private final int[] leafOf;
    private int nodes;
    private final double[] y;

    /** @param y coordinates of all points: x, y, x, y … */
    QuadTree(double[] y) {
        this.y = y;
        int n = y.length / 2;
        leafOf = new int[n];
        int room = Math.max(16, 4 * n);
        child = new int[4 * room];
        massX = new double[room];
        massY = new double[room];
        count = new int[room];
        side = new double[room];
        point = new int[room];
        double minX = Double.POSITIVE_INFINITY;
        double maxX = Double.NEGATIVE_INFINITY;
        double minY = Double.POSITIVE_INFINITY;
        double maxY = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            minX = Math.min(minX, y[2 * i]);
            maxX = Math.max(maxX, y[2 * i]);
            minY = Math.min(minY, y[2 * i + 1]);
            maxY = Math.max(maxY, y[2 * i + 1]);
        }
        double length = Math.max(Math.max(maxX - minX, maxY - minY), 1e-12) * 1.0001;
        add(length);
        double centreX = (minX + maxX) / 2;
        double centreY = (minY + maxY) / 2;
        for (int i = 0; i < n; i++) {
            insert(i, centreX, centreY, length);
        }
    }

    private int add(double length) {
        if (nodes == count.length) {
            int room = nodes * 2;
            child = Arrays.copyOf(child, 4 * room);
            massX = Arrays.copyOf(massX, room);
            massY = Arrays.copyOf(massY, room);
            count = Arrays.copyOf(count, room);
            side = Arrays.copyOf(side, room);
            point = Arrays.copyOf(point, room);
        }
        side[nodes] = length;
        point[nodes] = -1;
        return nodes++;
    }

    private void insert(int index, double centreX, double centreY, double length) {
        double x = y[2 * index];
        double z = y[2 * index + 1];
        int node = 0;
        double half = length;
        double cx = centreX;
        double cy = centreY;
        for (int depth = 0; ; depth++) {
            massX[node] += (x - massX[node]) / (count[node] + 1);
            massY[node] += (z - massY[node]) / (count[node] + 1);
            count[node]++;
            if (count[node] == 1) {
                point[node] = index;
                leafOf[index] = node;
                return;
            }
            if (depth == MAX_DEPTH) {
                // copies of one place stay together in a leaf
                leafOf[index] = node;
                return;
            }
            half /= 2;
            if (point[node] >= 0) {
                int other = point[node];
                point[node] = -1;
                int quarter = quarter(y[2 * other], y[2 * other + 1], cx, cy);
                int leaf = add(half);
                child[4 * node + quarter] = leaf;
                massX[leaf] = y[2 * other];
                massY[leaf] = y[2 * other + 1];
                count[leaf] = count[node] - 1;
                point[leaf] = other;
                leafOf[other] = leaf;
            }
            int quarter = quarter(x, z, cx, cy);
            if (child[4 * node + quarter] == 0) {
                // add may move the arrays: the node is made before it is linked
                int made = add(half);
                child[4 * node + quarter] = made;
            }
            cx += (quarter & 1) == 0 ? -half / 2 : half / 2;
            cy += (quarter & 2) == 0 ? -half / 2 : half / 2;
            node = child[4 * node + quarter];
        }
    }

    private static int quarter(double x, double z, double cx, double cy) {
        return (x >= cx ? 1 : 0) | (z >= cy ? 2 : 0);
    }

    /**
     * Adds up the repulsion that a point feels.
     *
     * @param theta how large a square may look from there to be taken as one
     * @param force gets x and y
     * @param stack scratch
     * @return the point's share of the normalisation
     */
    double repulsion(int index, double theta, double[] force, int[] stack) {
        double x = y[2 * index];
        double z = y[2 * index + 1];
        double sum = 0;
        double fx = 0;
        double fy = 0;
        int top = 0;
        stack[top++] = 0;
        while (top > 0) {
            int node = stack[--top];
            double dx = x - massX[node];
            double dy = z - massY[node];
            double distance = dx * dx + dy * dy;
            boolean leaf = isLeaf(node);
            if (leaf || side[node] * side[node] < theta * theta * distance) {
                int others = leafOf[index] == node ? count[node] - 1 : count[node];
                if (others > 0) {
                    double q = 1 / (1 + distance);
                    sum += others * q;
                    fx += others * q * q * dx;
                    fy += others * q * q * dy;
                }
            } else {
                for (int c = 4 * node; c < 4 * node + 4; c++) {
                    if (child[c] != 0) {
                        stack[top++] = child[c];
                    }
                }
            }
        }
        force[0] = fx;
        force[1] = fy;
        return sum;
    }

    private boolean isLeaf(int node) {
        int c = 4 * node;
        return child[c] == 0 && child[c + 1] == 0 && child[c + 2] == 0 && child[c + 3] == 0;
    }

    /** Room that {@link #repulsion} needs. */
    static int[] stack() {
        return new int[4 * (MAX_DEPTH + 2)];
    }
}
