package org.dinobench.curator.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dinobench.core.io.AtomicFiles;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.curator.Ranks;
import org.dinobench.faiss.KMeans;
import org.dinobench.faiss.KMeansOptions;
import org.dinobench.faiss.NpyFile;
import org.dinobench.faiss.Vectors;

/**
 * Spherical k-means in steps of a few passes whose centroids are kept, so that a clustering that was killed goes on at
 * its last step and ends in the same clusters.
 */
public final class SphericalKMeans {
    private static final int STEP = 5;

    /** Multiplications of a pass from which every pass is a step of its own: some ten seconds on two cores. */
    private static final double LONG_PASS = 4e11;

    private final Path work;
    private final Ranks ranks;

    /** @param work a folder that belongs to these points and options alone; null keeps nothing */
    public SphericalKMeans(Path work) {
        this(work, Ranks.ALONE);
    }

    /** @param ranks the processes that cluster together; all of them call the same with the same points */
    public SphericalKMeans(Path work, Ranks ranks) {
        this.work = work;
        this.ranks = ranks;
    }

    /**
     * Clusters points.
     *
     * @param points of length 1, as many as clusters at least
     * @param name word in the names of the kept files
     * @param monitor a stage of its own begins, {@code worked(1)} an iteration
     */
    public Clusters run(Vectors points, int clusters, int iterations, int seed, String name, JobMonitor monitor)
            throws IOException {
        float[] centroids = centroids(points, clusters, iterations, seed, name, monitor);
        monitor.begin("Assigning to " + clusters + " clusters", points.rows());
        return Clusters.assign(points, centroids, monitor);
    }

    /** As {@link #run}, without assigning the points to the centroids in the end. */
    public float[] centroids(Vectors points, int clusters, int iterations, int seed, String name, JobMonitor monitor)
            throws IOException {
        monitor.begin("Clustering into " + clusters, iterations);
        double products = (double) points.rows() * clusters * points.dimension();
        int step = products > LONG_PASS ? 1 : STEP;
        float[] centroids = null;
        int done = 0;
        for (int kept = iterations; kept > 0 && centroids == null; kept--) {
            centroids = kept % step == 0 || kept == iterations ? read(name, kept, clusters, points.dimension()) : null;
            done = centroids == null ? 0 : kept;
        }
        monitor.worked(done);
        while (done < iterations) {
            int passes = Math.min(step, iterations - done);
            KMeansOptions options = KMeansOptions.spherical(clusters, passes, seed);
            centroids = KMeans.shared(points, null, options, centroids, ranks, monitor)
                    .centroids();
            done += passes;
            write(name, done, centroids, points.dimension());
            delete(name, done - passes);
        }
        return centroids;
    }

    private Path file(String name, int iteration) {
        return work.resolve(String.format("%s-%05d.npy", name, iteration));
    }

    private float[] read(String name, int iteration, int clusters, int dimension) throws IOException {
        if (work == null || !Files.exists(file(name, iteration))) {
            return null;
        }
        NpyFile npy = NpyFile.open(file(name, iteration));
        if (npy.rows() != clusters || npy.dimension() != dimension) {
            return null;
        }
        float[] centroids = new float[clusters * dimension];
        try (Vectors kept = npy.map()) {
            kept.get(0, centroids);
        }
        return centroids;
    }

    private void write(String name, int iteration, float[] centroids, int dimension) throws IOException {
        if (work == null || !ranks.first()) {
            return;
        }
        Files.createDirectories(work);
        AtomicFiles.write(file(name, iteration), out -> {
            NpyFile.writeHeader(out, centroids.length / dimension, dimension);
            NpyFile.writeRows(out, centroids);
        });
    }

    private void delete(String name, int iteration) throws IOException {
        if (work != null && ranks.first()) {
            Files.deleteIfExists(file(name, iteration));
        }
    }
}
