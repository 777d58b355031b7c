package org.dinobench.faiss;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.faiss.internal.Native;
import org.dinobench.faiss.internal.NativeHandle;

/** Lloyd's k-means by Faiss. An empty cluster takes half of a large one. */
public final class KMeans {
    private KMeans() {}

    /**
     * Clusters points.
     *
     * @param points all finite; as many as clusters at least; of length 1 when spherical
     * @param weights how much each point pulls its centroid, not negative; null when all alike
     * @param monitor told of passes ({@code worked(1)} each; the stage is the caller's) and polled within a pass
     * @throws org.dinobench.core.problem.StoppedException when the monitor is stopped
     */
    public static KMeansResult run(Vectors points, float[] weights, KMeansOptions options, JobMonitor monitor) {
        return compute(points, weights, options, null, Partners.NONE, monitor);
    }

    /**
     * Goes on from given centroids; {@code a} and then {@code b} iterations are the same as {@code a + b} at once.
     *
     * @param start {@code clusters} rows; unchanged
     * @param options its {@code runs} must be 1: there is only one start
     */
    public static KMeansResult resume(
            Vectors points, float[] weights, KMeansOptions options, float[] start, JobMonitor monitor) {
        Objects.requireNonNull(start, "start");
        return shared(points, weights, options, start, Partners.NONE, monitor);
    }

    /**
     * As {@link #run} and {@link #resume} by several processes that all have the same points: each looks for the nearest
     * centroids of its share, and all end in the same clusters, bit for bit those of one process.
     *
     * @param start null for a new start; given, the {@code runs} of the options must be 1
     * @param partners the processes; all of them call this with the same arguments
     */
    public static KMeansResult shared(
            Vectors points,
            float[] weights,
            KMeansOptions options,
            float[] start,
            Partners partners,
            JobMonitor monitor) {
        if (start != null && options.runs() != 1) {
            throw new IllegalArgumentException("A given start allows one run only");
        }
        return compute(points, weights, options, start, partners, monitor);
    }

    private static KMeansResult compute(
            Vectors points,
            float[] weights,
            KMeansOptions options,
            float[] start,
            Partners partners,
            JobMonitor monitor) {
        check(points, weights, options, start);
        int dimension = points.dimension();
        float[] centroids = start == null ? new float[options.clusters() * dimension] : start.clone();
        Recorder recorder = new Recorder(partners, monitor);
        try (NativeHandle.Use memory = points.reading()) {
            Faiss.computing(() -> Native.kmeans(
                    points.address(memory, 0),
                    points.rows(),
                    dimension,
                    options.clusters(),
                    options.iterations(),
                    options.spherical(),
                    options.seed(),
                    options.runs(),
                    weights,
                    centroids,
                    start != null,
                    recorder));
        }
        return new KMeansResult(dimension, options.metric(), centroids, recorder.objectives());
    }

    private static void check(Vectors points, float[] weights, KMeansOptions options, float[] start) {
        Objects.requireNonNull(points, "points");
        Objects.requireNonNull(options, "options");
        long values = (long) options.clusters() * points.dimension();
        if (values > Integer.MAX_VALUE - 16) {
            throw new IllegalArgumentException("Too many clusters of this dimension: " + values + " numbers");
        }
        if (points.rows() < options.clusters()) {
            throw new IllegalArgumentException(
                    points.rows() + " points cannot make " + options.clusters() + " clusters");
        }
        if (start != null && start.length != values) {
            throw new IllegalArgumentException(start.length + " numbers are not " + options.clusters() + " centroids");
        }
        if (weights != null) {
            checkWeights(weights, points.rows());
        }
        points.requireFinite();
    }

    private static void checkWeights(float[] weights, long rows) {
        if (weights.length != rows) {
            throw new IllegalArgumentException(weights.length + " weights for " + rows + " points");
        }
        double sum = 0;
        for (float weight : weights) {
            if (!(weight >= 0) || Float.isInfinite(weight)) {
                throw new IllegalArgumentException("Weights must be finite and not negative, not " + weight);
            }
            sum += weight;
        }
        if (sum == 0) {
            throw new IllegalArgumentException("All weights are zero");
        }
    }

    /** Remembers the objective of each pass and speaks for the other processes. */
    private static final class Recorder implements Native.Passes {
        private final Partners partners;
        private final JobMonitor monitor;
        private double[] objectives = new double[16];
        private int passes;

        Recorder(Partners partners, JobMonitor monitor) {
            this.partners = Objects.requireNonNull(partners, "partners");
            this.monitor = Objects.requireNonNull(monitor, "monitor");
        }

        @Override
        public boolean isStopped() {
            return monitor.isStopped();
        }

        @Override
        public void passed(double objective) {
            if (passes == objectives.length) {
                objectives = Arrays.copyOf(objectives, passes * 2);
            }
            objectives[passes++] = objective;
            monitor.worked(1);
        }

        @Override
        public int rank() {
            return partners.rank();
        }

        @Override
        public int size() {
            return partners.size();
        }

        @Override
        public void exchange(ByteBuffer distances, ByteBuffer labels, int share) {
            partners.exchange(distances.order(ByteOrder.nativeOrder()), labels.order(ByteOrder.nativeOrder()), share);
        }

        double[] objectives() {
            return Arrays.copyOf(objectives, passes);
        }
    }
}
