package org.dinobench.evaluation.embed;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dinobench.core.io.ContentHash;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.problem.StoppedException;
import org.dinobench.evaluation.data.EvalImage;
import org.dinobench.imaging.ImageReader;
import org.dinobench.imaging.loader.BrokenImage;
import org.dinobench.imaging.loader.EvalBatch;
import org.dinobench.imaging.loader.EvalBatches;
import org.dinobench.imaging.loader.ImageSource;
import org.dinobench.model.ImageEmbedder;
import org.dinobench.model.VisionTransformer;

/**
 * Streams images through a frozen model into files that other tools read: {@code features.npy} (one row an image),
 * {@code features.parquet} (path, label, split, group and vector), {@code images.csv} (which row is which image) and, where
 * asked, {@code patches.npy} ({@code [rows, patches, D]}). Images are decoded ahead by worker threads; memory does not
 * grow with their number. A call that was interrupted is taken up where it stood by the next call of the same work, and
 * files get their names only when they are whole. The folder is complete when {@code embed.json} is there.
 */
public final class Embedding {
    private static final long SAVE_NANOS = 5_000_000_000L;

    private final TokenSource source;
    private final String model;
    private final EmbedSpec spec;

    private Embedding(TokenSource source, String model, EmbedSpec spec) {
        this.source = source;
        this.model = model;
        this.spec = spec;
    }

    /**
     * For a transformer of ours.
     *
     * @param network open as long as this is used
     * @param model says which weights these are: the content hash of their file
     * @throws BadInputException when the size is no multiple of the model's patch
     */
    public static Embedding of(VisionTransformer network, String model, EmbedSpec spec) {
        if (spec.transform().size() % network.config().patch() != 0) {
            throw new BadInputException(
                    "image size " + spec.transform().size(),
                    "it is no multiple of the model's patch of "
                            + network.config().patch() + " pixels",
                    "choose another size");
        }
        return new Embedding(TokenSource.of(network, spec.kind()), model, spec);
    }

    /**
     * For a model that gives one vector an image and whose inside is not known.
     *
     * @param embedder open as long as this is used
     * @param model its content hash
     * @throws BadInputException when patch tokens are wanted
     */
    public static Embedding of(ImageEmbedder embedder, String model, EmbedSpec spec) {
        if (spec.patches()) {
            throw new BadInputException(
                    "patches", "this kind of model gives one vector an image and no patch tokens", "leave them out");
        }
        return new Embedding(TokenSource.of(embedder), model, spec);
    }

    /**
     * Embeds images.
     *
     * @param folder receives the files; made when it is not there
     * @throws BadInputException when no image can be decoded, the model gives numbers that are not finite, or the folder
     *     holds the finished features of something else
     * @throws StoppedException on request; the next call goes on from there
     */
    public EmbedResult run(List<EvalImage> images, Path folder, JobMonitor monitor) throws IOException {
        Files.createDirectories(folder);
        String fingerprint = fingerprint(images);
        EmbedFiles files = new EmbedFiles(folder, source.dimensions());
        EmbedResult finished = files.finished(fingerprint);
        if (finished != null) {
            return finished;
        }
        EmbedState state = EmbedState.read(folder, fingerprint);
        if (state == null || !holds(folder, state)) {
            state = EmbedState.start(fingerprint);
        }
        long resumed = state.rows();
        long start = System.nanoTime();
        EmbedState end = stream(images, folder, state, monitor);
        double seconds = (System.nanoTime() - start) * 1e-9;
        if (end.rows() == 0) {
            throw new BadInputException(
                    images.get(0).file().toString(), "no image could be decoded", "give a folder of whole images");
        }
        EmbedResult result = new EmbedResult(folder, end.rows(), source.dimensions(), resumed, end.broken(), seconds);
        monitor.begin("Writing tables", -1);
        files.finish(images, result, fingerprint, model, spec);
        EmbedState.delete(folder);
        return result;
    }

    private EmbedState stream(List<EvalImage> images, Path folder, EmbedState from, JobMonitor monitor)
            throws IOException {
        monitor.begin("Embedding", images.size());
        monitor.worked(from.seen());
        Progress progress = new Progress(from, folder);
        List<ImageSource> sources = ImageSource.of(images.subList(from.seen(), images.size()).stream()
                .map(EvalImage::file)
                .toList());
        try (NpyPart vectors = new NpyPart(EmbedFiles.vectors(folder), vectorShape(), from.rows(), spec.batchSize());
                NpyPart tokens = spec.patches()
                        ? new NpyPart(EmbedFiles.patches(folder), tokenShape(), from.rows(), spec.batchSize())
                        : null;
                EvalBatches batches = new EvalBatches(
                        sources, spec.transform(), new ImageReader(), spec.batchSize(), spec.workers(), monitor)) {
            progress.parts(vectors, tokens, batches);
            try {
                for (EvalBatch batch = batches.next(); batch != null; batch = batches.next()) {
                    try (EvalBatch held = batch) {
                        append(held, vectors, tokens);
                        progress.passed(held, monitor);
                    }
                    monitor.checkStopped();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StoppedException("Embedding was interrupted");
            } catch (StoppedException e) {
                progress.save();
                throw e;
            }
            EmbedState end = progress.ended(images.size());
            if (end.rows() > 0) {
                vectors.finish();
                if (tokens != null) {
                    tokens.finish();
                }
            }
            return end;
        }
    }

    private void append(EvalBatch batch, NpyPart vectors, NpyPart tokens) throws IOException {
        FloatBuffer images = batch.images().duplicate();
        images.position(0).limit(batch.size() * spec.transform().floats());
        FloatBuffer rows = vectors.rows();
        source.compute(images, batch.size(), spec.transform().size(), rows, tokens == null ? null : tokens.rows());
        for (int i = 0; i < batch.size() * source.dimensions(); i++) {
            if (!Float.isFinite(rows.get(i))) {
                throw new BadInputException(
                        "model",
                        "its features hold " + rows.get(i),
                        "check that its training did not diverge and take an earlier checkpoint");
            }
        }
        vectors.append(batch.size());
        if (tokens != null) {
            tokens.append(batch.size());
        }
    }

    private boolean holds(Path folder, EmbedState state) throws IOException {
        return NpyPart.holds(EmbedFiles.vectors(folder), vectorShape(), state.rows())
                && (!spec.patches() || NpyPart.holds(EmbedFiles.patches(folder), tokenShape(), state.rows()));
    }

    private int[] vectorShape() {
        return new int[] {source.dimensions()};
    }

    private int[] tokenShape() {
        int grid = spec.transform().size() / patch();
        return new int[] {grid * grid, source.width()};
    }

    private int patch() {
        return ((TokenSource.OfNetwork) source).network().config().patch();
    }

    /** Path, length and time of every file stand for its content. */
    private String fingerprint(List<EvalImage> images) throws IOException {
        StringBuilder text = new StringBuilder(model).append('\n').append(spec.contents());
        for (EvalImage image : images) {
            Path file = image.file();
            text.append('\n').append(file.toAbsolutePath());
            if (Files.isRegularFile(file)) {
                text.append(' ')
                        .append(Files.size(file))
                        .append(' ')
                        .append(Files.getLastModifiedTime(file).toMillis());
            }
        }
        return ContentHash.ofText(text.toString());
    }

    /** Keeps count and, every few seconds, puts it on the disk after the rows it speaks of. */
    private static final class Progress {
        private final EmbedState from;
        private final Path folder;
        private NpyPart vectors;
        private NpyPart tokens;
        private EvalBatches batches;
        private int seen;
        private long rows;
        private long saved = System.nanoTime();

        Progress(EmbedState from, Path folder) {
            this.from = from;
            this.folder = folder;
            this.seen = from.seen();
            this.rows = from.rows();
        }

        void parts(NpyPart theVectors, NpyPart theTokens, EvalBatches theBatches) {
            vectors = theVectors;
            tokens = theTokens;
            batches = theBatches;
        }

        void passed(EvalBatch batch, JobMonitor monitor) throws IOException {
            int now = from.seen() + batch.imageIndex(batch.size() - 1) + 1;
            monitor.worked(now - seen);
            seen = now;
            rows += batch.size();
            if (System.nanoTime() - saved > SAVE_NANOS) {
                save();
            }
        }

        void save() throws IOException {
            vectors.force();
            if (tokens != null) {
                tokens.force();
            }
            state(seen).write(folder);
            saved = System.nanoTime();
        }

        EmbedState ended(int all) {
            return state(all);
        }

        private EmbedState state(int upTo) {
            List<BrokenImage> broken = new ArrayList<>(from.broken());
            for (BrokenImage b : batches.broken()) {
                int index = from.seen() + b.index();
                if (index < upTo) {
                    broken.add(new BrokenImage(index, b.name(), b.problem()));
                }
            }
            return new EmbedState(from.fingerprint(), upTo, rows, broken);
        }
    }
}
