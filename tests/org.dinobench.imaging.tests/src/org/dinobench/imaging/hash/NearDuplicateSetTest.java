package org.dinobench.imaging.hash;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.dinobench.imaging.BrokenImageException;
import org.dinobench.imaging.ImageReader;
import org.dinobench.imaging.RgbImage;
import org.dinobench.imaging.TestData;
import org.junit.jupiter.api.Test;

/** Precision and recall on real images with known copies, and no copies among lesions of different classes. */
class NearDuplicateSetTest {
    /** Neighbours that are verified; a quarter of the images keeps the test short. */
    private static final int NEIGHBOURS = 16;

    private record Looked(String group, CopyDescriptor descriptor, LocalFeatures features) {
        static Looked at(Path file, String group) throws BrokenImageException {
            RgbImage image = new ImageReader().read(file);
            LocalFeatures features = LocalFeatures.of(image);
            return new Looked(group, CopyDescriptor.of(image, features), features);
        }
    }

    @Test
    void copiesAreFoundAndDistractorsAreNot() throws IOException, BrokenImageException {
        Path folder = TestData.folder("neardup");
        List<Looked> images = new ArrayList<>();
        List<String> lines = Files.readAllLines(folder.resolve("truth.csv"));
        int bases = 0;
        int distractors = 0;
        String taken = "";
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            boolean isBase = cells[3].equals("base");
            boolean isDistractor = cells[3].equals("distractor");
            if (isBase && bases++ % 4 == 0) {
                taken = cells[0];
            }
            if (isDistractor ? distractors++ % 4 == 0 : cells[0].equals(taken) || cells[1].equals(taken)) {
                images.add(Looked.at(folder.resolve(cells[0]), cells[1].isEmpty() ? cells[0] : cells[1]));
            }
        }
        Scores scores = score(images);
        System.out.printf(
                "Copies among %d images: candidates %.3f recall; pairs %.3f precision, %.3f recall; groups %.3f"
                        + " precision, %.3f recall%n",
                images.size(),
                scores.candidateRecall,
                scores.pairPrecision,
                scores.pairRecall,
                scores.groupPrecision,
                scores.groupRecall);
        assertTrue(scores.candidateRecall > 0.95, "candidates");
        assertTrue(scores.pairPrecision > 0.95 && scores.groupPrecision > 0.95, "precision");
        assertTrue(scores.groupRecall > 0.95, "recall");
    }

    @Test
    void lesionsOfDifferentClassesAreNoCopies() throws IOException, BrokenImageException {
        Path folder = TestData.folder("isic9");
        List<String> lines = Files.readAllLines(folder.resolve("clean.csv"));
        List<Looked> images = new ArrayList<>();
        for (int i = 1; i < lines.size(); i += 12) {
            String[] cells = lines.get(i).split(",", -1);
            images.add(Looked.at(folder.resolve(cells[0]), cells[2]));
        }
        LocalFeatureVerifier verifier = new LocalFeatureVerifier();
        int compared = 0;
        List<String> copies = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            for (int j : nearest(images, i, 12)) {
                if (!images.get(i).group.equals(images.get(j).group)) {
                    compared++;
                    CopyVerdict verdict = verifier.verify(images.get(i).features, images.get(j).features);
                    if (verdict.copy()) {
                        copies.add(verdict.toString());
                    }
                }
            }
        }
        System.out.println(copies.size() + " of " + compared + " pairs across classes called copies");
        assertTrue(compared > 300 && copies.size() <= compared / 500, copies.toString());
    }

    private record Scores(
            double candidateRecall,
            double pairPrecision,
            double pairRecall,
            double groupPrecision,
            double groupRecall) {}

    private static Scores score(List<Looked> images) {
        LocalFeatureVerifier verifier = new LocalFeatureVerifier();
        int n = images.size();
        Set<Long> candidates = new HashSet<>();
        for (int i = 0; i < n; i++) {
            for (int j : nearest(images, i, NEIGHBOURS)) {
                candidates.add((long) Math.min(i, j) * n + Math.max(i, j));
            }
        }
        int[] parent = IntStream.range(0, n).toArray();
        int trueCandidates = 0;
        int right = 0;
        int wrong = 0;
        for (long pair : candidates) {
            int i = (int) (pair / n);
            int j = (int) (pair % n);
            boolean same = images.get(i).group.equals(images.get(j).group);
            trueCandidates += same ? 1 : 0;
            if (verifier.verify(images.get(i).features, images.get(j).features).copy()) {
                right += same ? 1 : 0;
                wrong += same ? 0 : 1;
                parent[root(parent, i)] = root(parent, j);
            }
        }
        int all = 0;
        int joined = 0;
        int joinedRight = 0;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                boolean same = images.get(i).group.equals(images.get(j).group);
                boolean together = root(parent, i) == root(parent, j);
                all += same ? 1 : 0;
                joined += together ? 1 : 0;
                joinedRight += together && same ? 1 : 0;
            }
        }
        return new Scores(
                (double) trueCandidates / all,
                (double) right / (right + wrong),
                (double) right / all,
                (double) joinedRight / joined,
                (double) joinedRight / all);
    }

    private static int root(int[] parent, int i) {
        int at = i;
        while (parent[at] != at) {
            at = parent[at];
        }
        return at;
    }

    private static int[] nearest(List<Looked> images, int i, int k) {
        CopyDescriptor own = images.get(i).descriptor;
        double[] similarity = images.stream()
                .mapToDouble(other -> own.similarity(other.descriptor))
                .toArray();
        return IntStream.range(0, images.size())
                .filter(j -> j != i)
                .boxed()
                .sorted(Comparator.comparingDouble(j -> -similarity[j]))
                .limit(k)
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
