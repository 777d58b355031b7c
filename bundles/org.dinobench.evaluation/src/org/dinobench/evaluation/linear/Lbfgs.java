package org.dinobench.evaluation.linear;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.dinobench.core.job.JobMonitor;

/**
 * Limited-memory BFGS (Nocedal and Wright, algorithm 7.5) with a backtracking line search, for smooth convex functions.
 *
 * @param iterations at most so many
 * @param tolerance ends when the gradient's largest entry is below it
 */
record Lbfgs(int iterations, double tolerance) {
    private static final int MEMORY = 10;
    private static final double SUFFICIENT = 1e-4;
    private static final int HALVINGS = 40;

    /** A function with its gradient. */
    interface Objective {
        /** @param gradient receives the gradient at {@code at} */
        double valueAndGradient(double[] at, double[] gradient);
    }

    private record Pair(double[] step, double[] change, double product) {}

    /** @param start where to begin; not changed */
    double[] minimise(Objective objective, double[] start, JobMonitor monitor) {
        int n = start.length;
        double[] x = start.clone();
        double[] g = new double[n];
        double value = objective.valueAndGradient(x, g);
        Deque<Pair> memory = new ArrayDeque<>();
        for (int i = 0; i < iterations && largest(g) > tolerance; i++) {
            monitor.checkStopped();
            double[] direction = direction(g, memory);
            double slope = dot(direction, g);
            if (slope >= 0) {
                memory.clear();
                direction = negative(g);
                slope = dot(direction, g);
            }
            double step = memory.isEmpty() ? Math.min(1, 1 / Math.sqrt(-slope)) : 1;
            double[] next = new double[n];
            double[] nextGradient = new double[n];
            double nextValue = Double.POSITIVE_INFINITY;
            int halvings = 0;
            for (; halvings < HALVINGS; halvings++, step /= 2) {
                for (int k = 0; k < n; k++) {
                    next[k] = x[k] + step * direction[k];
                }
                nextValue = objective.valueAndGradient(next, nextGradient);
                if (nextValue <= value + SUFFICIENT * step * slope) {
                    break;
                }
            }
            if (halvings == HALVINGS) {
                return x;
            }
            remember(memory, x, next, g, nextGradient);
            x = next;
            g = nextGradient;
            value = nextValue;
        }
        return x;
    }

    private static void remember(Deque<Pair> memory, double[] x, double[] next, double[] g, double[] nextGradient) {
        double[] step = new double[x.length];
        double[] change = new double[x.length];
        for (int k = 0; k < x.length; k++) {
            step[k] = next[k] - x[k];
            change[k] = nextGradient[k] - g[k];
        }
        double product = dot(step, change);
        if (product > 1e-12 * dot(change, change)) {
            memory.addLast(new Pair(step, change, product));
            if (memory.size() > MEMORY) {
                memory.removeFirst();
            }
        }
    }

    private static double[] direction(double[] g, Deque<Pair> memory) {
        double[] q = negative(g);
        double[] alphas = new double[memory.size()];
        int i = alphas.length;
        for (Iterator<Pair> it = memory.descendingIterator(); it.hasNext(); ) {
            Pair pair = it.next();
            alphas[--i] = dot(pair.step(), q) / pair.product();
            add(q, pair.change(), -alphas[i]);
        }
        if (!memory.isEmpty()) {
            Pair last = memory.getLast();
            double scale = last.product() / dot(last.change(), last.change());
            for (int k = 0; k < q.length; k++) {
                q[k] *= scale;
            }
        }
        for (Pair pair : memory) {
            add(q, pair.step(), alphas[i++] - dot(pair.change(), q) / pair.product());
        }
        return q;
    }

    private static void add(double[] to, double[] v, double factor) {
        for (int k = 0; k < to.length; k++) {
            to[k] += factor * v[k];
        }
    }

    private static double[] negative(double[] v) {
        double[] out = new double[v.length];
        add(out, v, -1);
        return out;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }

    private static double largest(double[] v) {
        double max = 0;
        for (double a : v) {
            max = Math.max(max, Math.abs(a));
        }
        return max;
    }
}
