package org.dinobench.curator.map;

import java.util.stream.IntStream;
import org.dinobench.core.job.JobMonitor;

/**
 * Barnes-Hut t-SNE in two dimensions (van der Maaten, JMLR 15, 2014): neighbours attract each other by their
 * affinities, all points repel each other through a quad-tree. Begins at the first two principal components, which keeps
 * far groups where they are and makes two runs alike; early exaggeration 12 and the learning rate n / 12 as Belkina et
 * al. (2019) advise. The same input gives the same map on any number of threads.
 */
public final class Tsne {
    private static final int COMPONENTS = 50;
    private static final int EXAGGERATED = 250;
    private static final double EXAGGERATION = 12;
    private static final double THETA = 0.5;

    private final double perplexity;
    private final int iterations;
    private final long seed;

    /**
     * @param perplexity about how many neighbours a point counts as its own, 2 or more; 30 is usual
     * @param iterations turns, 500 or more for a map that has come to rest
     * @param seed of the principal components
     */
    public Tsne(double perplexity, int iterations, long seed) {
        if (!(perplexity >= 2) || iterations < 1) {
            throw new IllegalArgumentException("perplexity " + perplexity + ", " + iterations + " iterations");
        }
        this.perplexity = perplexity;
        this.iterations = iterations;
        this.seed = seed;
    }

    /**
     * Makes a map.
     *
     * @param values vectors, row after row; they are first reduced to 50 principal components
     * @param dimension length of a vector
     * @param monitor progress; asked to stop between turns
     * @return x and y of each vector
     * @throws org.dinobench.core.problem.StoppedException when stopped
     */
    public float[] map(float[] values, int dimension, JobMonitor monitor) {
        int n = values.length / dimension;
        float[] start = PrincipalComponents.project(values, dimension, Math.min(2, dimension), seed);
        if (n < 4 || dimension < 2) {
            return start;
        }
        monitor.begin("Neighbours", 1);
        float[] reduced =
                dimension > COMPONENTS ? PrincipalComponents.project(values, dimension, COMPONENTS, seed) : values;
        Affinities affinities = Affinities.of(
                reduced, Math.min(dimension, COMPONENTS), Math.min(perplexity, (n - 1) / 3.0), JobMonitor.NONE);
        monitor.worked(1);
        double[] y = scaled(start);
        descend(affinities, y, monitor);
        float[] out = new float[y.length];
        for (int i = 0; i < y.length; i++) {
            out[i] = (float) y[i];
        }
        return out;
    }

    /** Standard deviation of x becomes 0.0001: small enough for points to find their neighbours. */
    private static double[] scaled(float[] start) {
        double sum = 0;
        for (int i = 0; i < start.length; i += 2) {
            sum += (double) start[i] * start[i];
        }
        double scale = sum > 0 ? 1e-4 / Math.sqrt(sum / (start.length / 2.0)) : 0;
        double[] y = new double[start.length];
        for (int i = 0; i < y.length; i++) {
            // copies of one vector must be able to part
            y[i] = start[i] * scale + 1e-9 * ((i * 2654435761L >>> 7) % 1000 - 500);
        }
        return y;
    }

    private void descend(Affinities affinities, double[] y, JobMonitor monitor) {
        int n = y.length / 2;
        double rate = Math.max(50, n / EXAGGERATION);
        double[] step = new double[y.length];
        double[] gain = new double[y.length];
        java.util.Arrays.fill(gain, 1);
        monitor.begin("t-SNE", iterations);
        for (int turn = 0; turn < iterations; turn++) {
            monitor.checkStopped();
            double exaggeration = turn < Math.min(EXAGGERATED, iterations / 3) ? EXAGGERATION : 1;
            double momentum = turn < EXAGGERATED ? 0.5 : 0.8;
            double[] gradient = gradient(affinities, y, exaggeration);
            for (int i = 0; i < y.length; i++) {
                boolean turned = Math.signum(gradient[i]) == Math.signum(step[i]);
                gain[i] = Math.max(0.01, turned ? gain[i] * 0.8 : gain[i] + 0.2);
                step[i] = momentum * step[i] - rate * gain[i] * gradient[i];
                y[i] += step[i];
            }
            centre(y);
            monitor.worked(1);
        }
    }

    private static double[] gradient(Affinities p, double[] y, double exaggeration) {
        int n = y.length / 2;
        QuadTree tree = new QuadTree(y);
        double[] repulsion = new double[y.length];
        double[] share = new double[n];
        IntStream.range(0, n).parallel().forEach(i -> {
            double[] force = new double[2];
            share[i] = tree.repulsion(i, THETA, force, QuadTree.stack());
            repulsion[2 * i] = force[0];
            repulsion[2 * i + 1] = force[1];
        });
        double sum = 0;
        for (double s : share) {
            sum += s;
        }
        double z = Math.max(sum, 1e-300);
        double[] gradient = new double[y.length];
        IntStream.range(0, n).parallel().forEach(i -> {
            double fx = 0;
            double fy = 0;
            for (int e = p.starts()[i]; e < p.starts()[i + 1]; e++) {
                int j = p.columns()[e];
                double dx = y[2 * i] - y[2 * j];
                double dy = y[2 * i + 1] - y[2 * j + 1];
                double pull = exaggeration * p.values()[e] / (1 + dx * dx + dy * dy);
                fx += pull * dx;
                fy += pull * dy;
            }
            gradient[2 * i] = 4 * (fx - repulsion[2 * i] / z);
            gradient[2 * i + 1] = 4 * (fy - repulsion[2 * i + 1] / z);
        });
        return gradient;
    }

    private static void centre(double[] y) {
        double x = 0;
        double z = 0;
        int n = y.length / 2;
        for (int i = 0; i < n; i++) {
            x += y[2 * i] / n;
            z += y[2 * i + 1] / n;
        }
        for (int i = 0; i < n; i++) {
            y[2 * i] -= x;
            y[2 * i + 1] -= z;
        }
    }
}
