package org.dinobench.evaluation.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.evaluation.knn.ExactSearch;
import org.dinobench.evaluation.knn.Neighbours;
import org.dinobench.imaging.BrokenImageException;
import org.dinobench.imaging.ImageReader;
import org.dinobench.imaging.hash.CopyDescriptor;
import org.dinobench.imaging.hash.LocalFeatureVerifier;
import org.dinobench.imaging.hash.LocalFeatures;

/**
 * Looks for near-duplicates (recompressed, resized, cropped, turned, mirrored) among the images of an evaluation, as
 * curation does: nearest neighbours by {@link CopyDescriptor}, each confirmed by local features. No network and no label
 * takes part.
 *
 * @param neighbours nearest images that are confirmed for each image
 * @param threshold least similarity of candidates
 * @param limit sets with more images are not searched, as every image is compared with every other
 */
public record CopySearch(int neighbours, double threshold, int limit) {
    private static final int SIDE = 512;
    /** Images whose local features are computed and kept at one time, at about 50 KB each. */
    private static final int KEPT = 4096;

    /** Eight neighbours above 0.62, up to 20,000 images. */
    public static CopySearch usual() {
        return new CopySearch(8, 0.62, 20_000);
    }

    /**
     * What was found.
     *
     * @param pairs of copies, indices into the set, the smaller first
     * @param searched whether the set was small enough
     */
    public record Finding(List<int[]> pairs, boolean searched) {
        /** Copies the list. */
        public Finding {
            pairs = List.copyOf(pairs);
        }
    }

    /**
     * Searches a set.
     *
     * @throws BadInputException when an image cannot be decoded
     */
    public Finding of(LabelledSet set, JobMonitor monitor) {
        int n = set.size();
        if (n > limit) {
            monitor.message("Near-duplicates are not searched among " + n + " images, more than " + limit
                    + "; curate the dataset, whose groups an evaluation keeps together.");
            return new Finding(List.of(), false);
        }
        if (n < 2) {
            return new Finding(List.of(), true);
        }
        FeatureMatrix descriptors = descriptors(set, monitor);
        Neighbours nearest = new ExactSearch().search(descriptors, descriptors, Math.min(n, neighbours + 1), monitor);
        List<int[]> candidates = candidates(set, nearest);
        monitor.begin("Confirming near-duplicates", candidates.size());
        Features features = new Features(set);
        LocalFeatureVerifier verifier = new LocalFeatureVerifier();
        List<int[]> pairs = new ArrayList<>();
        for (List<int[]> part : parts(candidates)) {
            features.forget();
            pairs.addAll(part.parallelStream()
                    .filter(pair -> {
                        monitor.checkStopped();
                        boolean copy = verifier.verify(features.of(pair[0]), features.of(pair[1]))
                                .copy();
                        monitor.worked(1);
                        return copy;
                    })
                    .toList());
        }
        return new Finding(pairs, true);
    }

    private static FeatureMatrix descriptors(LabelledSet set, JobMonitor monitor) {
        monitor.begin("Looking for near-duplicates", set.size());
        float[] values = new float[Math.multiplyExact(set.size(), CopyDescriptor.DIMENSION)];
        IntStream.range(0, set.size()).parallel().forEach(i -> {
            monitor.checkStopped();
            try {
                float[] vector = CopyDescriptor.of(
                                new ImageReader().readAtMost(set.images().get(i).file(), SIDE))
                        .vector();
                System.arraycopy(vector, 0, values, i * vector.length, vector.length);
            } catch (BrokenImageException e) {
                throw broken(set.images().get(i).file(), e);
            }
            monitor.worked(1);
        });
        return FeatureMatrix.of(set.name(), set.size(), CopyDescriptor.DIMENSION, values);
    }

    private static BadInputException broken(Path file, BrokenImageException e) {
        return new BadInputException(
                file.toString(), e.getMessage(), "leave the image out or curate the dataset first", e);
    }

    /** Pairs that are not in one unit already. */
    private List<int[]> candidates(LabelledSet set, Neighbours nearest) {
        List<int[]> candidates = new ArrayList<>();
        Map<Long, Boolean> known = new HashMap<>();
        for (int i = 0; i < set.size(); i++) {
            for (int rank = 0; rank < nearest.count(); rank++) {
                int j = nearest.index(i, rank);
                if (nearest.similarity(i, rank) < threshold || set.unit(i) == set.unit(j)) {
                    continue;
                }
                long key = (long) Math.min(i, j) << 32 | Math.max(i, j);
                if (known.putIfAbsent(key, true) == null) {
                    candidates.add(new int[] {Math.min(i, j), Math.max(i, j)});
                }
            }
        }
        return candidates;
    }

    /** Runs of candidates that touch at most {@link #KEPT} images. */
    private static List<List<int[]>> parts(List<int[]> candidates) {
        List<List<int[]>> parts = new ArrayList<>();
        for (int from = 0; from < candidates.size(); from += KEPT / 2) {
            parts.add(candidates.subList(from, Math.min(candidates.size(), from + KEPT / 2)));
        }
        return parts;
    }

    /** Local features of images, each computed once while it is kept. */
    private static final class Features {
        private final LabelledSet set;
        private final Map<Integer, LocalFeatures> kept = new ConcurrentHashMap<>();

        Features(LabelledSet set) {
            this.set = set;
        }

        void forget() {
            kept.clear();
        }

        LocalFeatures of(int image) {
            return kept.computeIfAbsent(image, this::compute);
        }

        private LocalFeatures compute(int image) {
            Path file = set.images().get(image).file();
            try {
                return LocalFeatures.of(new ImageReader().readAtMost(file, SIDE));
            } catch (BrokenImageException e) {
                throw broken(file, e);
            }
        }
    }
}
