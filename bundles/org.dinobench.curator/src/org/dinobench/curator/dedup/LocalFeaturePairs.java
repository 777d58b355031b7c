package org.dinobench.curator.dedup;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.dinobench.imaging.BrokenImageException;
import org.dinobench.imaging.ImageReader;
import org.dinobench.imaging.hash.LocalFeatureVerifier;
import org.dinobench.imaging.hash.LocalFeatures;

/** Confirms candidates by local features and the pixels under the transform that they agree on. */
public final class LocalFeaturePairs implements PairVerifier {
    private static final int SIDE = 512;
    /** Features kept at about 50 KB each. */
    private static final int KEPT = 4096;

    private final ImageReader reader;
    private final LocalFeatureVerifier verifier = new LocalFeatureVerifier();
    private final Map<Path, CompletableFuture<LocalFeatures>> features = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, CompletableFuture<LocalFeatures>> eldest) {
            return size() > KEPT;
        }
    };

    /** @param reader opens the images */
    public LocalFeaturePairs(ImageReader reader) {
        this.reader = reader;
    }

    @Override
    public String id() {
        return "sift-v1";
    }

    @Override
    public boolean same(Path first, Path second, double similarity) {
        LocalFeatures a = features(first);
        LocalFeatures b = features(second);
        return a != null && b != null && verifier.verify(a, b).copy();
    }

    /** The features of an image, or null when it cannot be read: then nothing is confirmed. */
    private LocalFeatures features(Path file) {
        CompletableFuture<LocalFeatures> mine = new CompletableFuture<>();
        CompletableFuture<LocalFeatures> known;
        synchronized (features) {
            known = features.putIfAbsent(file, mine);
        }
        if (known == null) {
            compute(file, mine);
            known = mine;
        }
        try {
            return known.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof BrokenImageException) {
                return null;
            }
            throw e;
        }
    }

    private void compute(Path file, CompletableFuture<LocalFeatures> result) {
        try {
            result.complete(LocalFeatures.of(reader.readAtMost(file, SIDE)));
        } catch (BrokenImageException | RuntimeException | Error e) {
            result.completeExceptionally(e);
        }
    }
}
