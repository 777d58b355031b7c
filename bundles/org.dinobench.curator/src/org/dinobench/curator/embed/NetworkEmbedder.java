package org.dinobench.curator.embed;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.problem.StoppedException;
import org.dinobench.curator.dedup.PairVerifier;
import org.dinobench.imaging.ImageReader;
import org.dinobench.imaging.augment.EvalTransform;
import org.dinobench.imaging.loader.BrokenImage;
import org.dinobench.imaging.loader.EvalBatch;
import org.dinobench.imaging.loader.EvalBatches;
import org.dinobench.imaging.loader.ImageSource;
import org.dinobench.model.ImageEmbedder;

/** Embeds images by a network: the whole image squashed into a square, one vector, brought to length 1. */
public final class NetworkEmbedder implements Embedder {
    private static final int BATCH = 32;
    /** Features tell kinds of images first: among the nearest of an image are more strangers than with descriptors. */
    private static final int VERIFIED = 12;

    private final String id;
    private final ImageEmbedder network;
    private final AutoCloseable owner;
    private final int side;
    private final double threshold;
    private final double referenceThreshold;
    private final PairVerifier verifier;
    private final ImageReader reader = new ImageReader();

    /**
     * @param id as in {@link Embedder#id()}
     * @param owner what is closed with this embedder
     * @param side pixels of the square image
     * @param threshold as in {@link Embedder#duplicateThreshold()}
     * @param referenceThreshold as in {@link Embedder#referenceThreshold()}
     * @param verifier null when the threshold decides alone
     */
    NetworkEmbedder(
            String id,
            ImageEmbedder network,
            AutoCloseable owner,
            int side,
            double threshold,
            double referenceThreshold,
            PairVerifier verifier) {
        this.id = id;
        this.network = network;
        this.owner = owner;
        this.side = side;
        this.threshold = threshold;
        this.referenceThreshold = referenceThreshold;
        this.verifier = verifier;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public int dimension() {
        return network.dimensions();
    }

    @Override
    public double duplicateThreshold() {
        return threshold;
    }

    @Override
    public double referenceThreshold() {
        return referenceThreshold;
    }

    @Override
    public Optional<PairVerifier> verifier() {
        return Optional.ofNullable(verifier);
    }

    @Override
    public int verifiedNeighbours() {
        return VERIFIED;
    }

    @Override
    public void embed(List<Path> files, Sink sink, JobMonitor monitor) {
        int workers = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
        try (EvalBatches batches =
                new EvalBatches(ImageSource.of(files), EvalTransform.squash(side), reader, BATCH, workers, monitor)) {
            for (EvalBatch batch = batches.next(); batch != null; batch = batches.next()) {
                try (EvalBatch held = batch) {
                    embed(held, files, sink);
                    monitor.worked(held.size());
                }
                monitor.checkStopped();
            }
            for (BrokenImage broken : batches.broken()) {
                sink.broken(broken.index(), broken.problem());
                monitor.worked(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException("Embedding was interrupted");
        }
    }

    private void embed(EvalBatch batch, List<Path> files, Sink sink) {
        FloatBuffer pixels = batch.images().duplicate();
        pixels.position(0).limit(batch.size() * 3 * side * side);
        float[] vectors = network.embed(pixels, batch.size(), side, side);
        int dimension = network.dimensions();
        for (int i = 0; i < batch.size(); i++) {
            float[] vector = Arrays.copyOfRange(vectors, i * dimension, (i + 1) * dimension);
            if (normalize(vector)) {
                sink.vector(batch.imageIndex(i), vector);
            } else {
                Path file = files.get(batch.imageIndex(i));
                throw new BadInputException(
                        "model " + id, "it gives no usable vector for " + file, "check that the model is whole");
            }
        }
    }

    private static boolean normalize(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        if (!(squares > 0) || Double.isInfinite(squares)) {
            return false;
        }
        float scale = (float) (1 / Math.sqrt(squares));
        for (int i = 0; i < vector.length; i++) {
            vector[i] *= scale;
        }
        return true;
    }

    @Override
    public void close() {
        try {
            owner.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("The model " + id + " cannot be closed", e);
        }
    }
}
