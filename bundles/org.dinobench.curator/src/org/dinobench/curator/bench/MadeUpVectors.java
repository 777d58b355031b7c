package org.dinobench.curator.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.dinobench.core.io.AtomicFiles;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.faiss.NpyFile;

/**
 * Vectors like those of images: kinds of {@value #PER_KIND} whose members have a cosine of about {@value #WITHIN}, and
 * every {@value #EVERY}th vector a copy of one before it, with a cosine evenly spread from {@value #LEAST} to 1. Noise
 * goes in all directions, which makes copies harder to find than those of real images.
 */
final class MadeUpVectors {
    static final int EVERY = 20;
    private static final int BACK = 7;
    private static final int PER_KIND = 200;
    private static final double WITHIN = 0.4;
    private static final double LEAST = 0.5;
    private static final int SHARD = 1 << 16;

    private final CurateKnobs knobs;

    MadeUpVectors(CurateKnobs knobs) {
        this.knobs = knobs;
    }

    /** The vector that a row is a copy of, or -1. */
    static int originalOf(int row) {
        return row % EVERY == EVERY - 1 ? row - BACK : -1;
    }

    /** Writes the shards that are not there yet. */
    List<Path> write(Path folder, JobMonitor monitor) throws IOException {
        Files.createDirectories(folder);
        monitor.begin("Making vectors", knobs.vectors());
        float[][] kinds = new float[Math.max(1, knobs.vectors() / PER_KIND)][];
        Random random = new Random(knobs.seed());
        for (int i = 0; i < kinds.length; i++) {
            kinds[i] = direction(random);
        }
        List<Path> files = new ArrayList<>();
        for (int from = 0; from < knobs.vectors(); from += SHARD) {
            monitor.checkStopped();
            int first = from;
            int rows = Math.min(SHARD, knobs.vectors() - from);
            Path file = folder.resolve(String.format("vectors-%05d.npy", from / SHARD));
            if (!Files.exists(file)) {
                AtomicFiles.write(file, out -> {
                    NpyFile.writeHeader(out, rows, knobs.dimension());
                    float[][] last = new float[EVERY][];
                    for (int row = first; row < first + rows; row++) {
                        Random own = new Random(knobs.seed() * 31L + row * 2_654_435_761L);
                        last[row % EVERY] = vector(row, own, kinds, last);
                        NpyFile.writeRows(out, last[row % EVERY]);
                    }
                });
            }
            files.add(file);
            monitor.worked(rows);
        }
        return files;
    }

    private float[] vector(int row, Random random, float[][] kinds, float[][] last) {
        int original = originalOf(row);
        // The first rows of a shard have no vector before them in memory.
        if (original < 0 || last[original % EVERY] == null) {
            return mixed(kinds[random.nextInt(kinds.length)], Math.sqrt(WITHIN), random);
        }
        return mixed(last[original % EVERY], LEAST + (1 - LEAST) * random.nextDouble(), random);
    }

    /** A direction at a given cosine, on average, to another. */
    private float[] mixed(float[] towards, double cosine, Random random) {
        float[] noise = direction(random);
        double across = 0;
        for (int i = 0; i < noise.length; i++) {
            across += noise[i] * towards[i];
        }
        double squares = 0;
        for (int i = 0; i < noise.length; i++) {
            noise[i] -= (float) (across * towards[i]);
            squares += noise[i] * noise[i];
        }
        double scale = Math.sqrt((1 - cosine * cosine) / squares);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) (cosine * towards[i] + scale * noise[i]);
        }
        return noise;
    }

    private float[] direction(Random random) {
        float[] vector = new float[knobs.dimension()];
        double squares = 0;
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextGaussian();
            squares += vector[i] * vector[i];
        }
        float scale = (float) (1 / Math.sqrt(squares));
        for (int i = 0; i < vector.length; i++) {
            vector[i] *= scale;
        }
        return vector;
    }
}
