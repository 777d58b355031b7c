package org.dinobench.curator.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dinobench.core.io.AtomicFiles;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.faiss.KMeans;
import org.dinobench.faiss.KMeansOptions;
import org.dinobench.faiss.NpyFile;
import org.dinobench.faiss.Vectors;

/**
 * Spherical k-means in steps of a few iterations whose centroids are kept, so that a clustering that was killed goes on
 * at its last step and ends in the same clusters.
 */
public final class SphericalKMeans {
    private static final int STEP = 5;

    private final Path work;

    /** @param work a folder that belongs to these points and options alone; null keeps nothing */
    public SphericalKMeans(Path work) {
        this.work = work;
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
        monitor.begin("Clustering into " + clusters, iterations);
        float[] centroids = null;
        for (int done = 0; done < iterations; done += STEP) {
            int step = Math.min(STEP, iterations - done);
            float[] kept = read(name, done + step, clusters, points.dimension());
            if (kept != null) {
                centroids = kept;
                monitor.worked(step);
                continue;
            }
            KMeansOptions options = KMeansOptions.spherical(clusters, step, seed);
            centroids = (centroids == null
                            ? KMeans.run(points, null, options, monitor)
                            : KMeans.resume(points, null, options, centroids, monitor))
                    .centroids();
            write(name, done + step, centroids, points.dimension());
        }
        return Clusters.assign(points, centroids);
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
        if (work == null) {
            return;
        }
        Files.createDirectories(work);
        AtomicFiles.write(file(name, iteration), out -> {
            NpyFile.writeHeader(out, centroids.length / dimension, dimension);
            NpyFile.writeRows(out, centroids);
        });
    }
}
