package org.dinobench.curator.embed;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.curator.dedup.LocalFeaturePairs;
import org.dinobench.curator.dedup.PairVerifier;
import org.dinobench.imaging.BrokenImageException;
import org.dinobench.imaging.ImageReader;
import org.dinobench.imaging.RgbImage;
import org.dinobench.imaging.hash.CopyDescriptor;

/**
 * The embedder that needs no weights: colour, structure and edges of the image ({@link CopyDescriptor}), good enough to
 * find candidates for copies, which local features then confirm.
 */
public final class DescriptorEmbedder implements Embedder {
    /** What a specification calls this embedder. */
    public static final String MODEL = "builtin";

    /** Changes whenever {@link CopyDescriptor} computes other numbers. */
    private static final int VERSION = 1;

    private static final double THRESHOLD = 0.62;
    private static final int SIDE = 512;
    private static final int BATCH = 64;

    private final ImageReader reader = new ImageReader();

    /** What became of one file: a vector, or the reason why there is none. */
    private record Outcome(float[] vector, String reason) {}

    @Override
    public String id() {
        return "builtin-v" + VERSION;
    }

    @Override
    public int dimension() {
        return CopyDescriptor.DIMENSION;
    }

    @Override
    public double duplicateThreshold() {
        return THRESHOLD;
    }

    @Override
    public Optional<PairVerifier> verifier() {
        return Optional.of(new LocalFeaturePairs(reader));
    }

    @Override
    public void embed(List<Path> files, Sink sink, JobMonitor monitor) {
        for (int from = 0; from < files.size(); from += BATCH) {
            monitor.checkStopped();
            int start = from;
            List<Outcome> outcomes = IntStream.range(from, Math.min(files.size(), from + BATCH))
                    .parallel()
                    .mapToObj(i -> describe(files.get(i)))
                    .toList();
            for (int i = 0; i < outcomes.size(); i++) {
                Outcome outcome = outcomes.get(i);
                if (outcome.vector() != null) {
                    sink.vector(start + i, outcome.vector());
                } else {
                    sink.broken(start + i, outcome.reason());
                }
            }
            monitor.worked(outcomes.size());
        }
    }

    private Outcome describe(Path file) {
        try {
            RgbImage image = reader.readAtMost(file, SIDE);
            return new Outcome(CopyDescriptor.of(image).vector(), null);
        } catch (BrokenImageException e) {
            return new Outcome(null, e.getMessage());
        }
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
