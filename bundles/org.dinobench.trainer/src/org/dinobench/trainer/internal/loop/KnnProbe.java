package org.dinobench.trainer.internal.loop;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.imaging.ImageReader;
import org.dinobench.imaging.ReadLimits;
import org.dinobench.imaging.ReadOptions;
import org.dinobench.imaging.augment.EvalTransform;
import org.dinobench.imaging.loader.EvalBatch;
import org.dinobench.imaging.loader.EvalBatches;
import org.dinobench.imaging.loader.ImageSource;
import org.dinobench.model.CropBatch;
import org.dinobench.model.ForwardOptions;
import org.dinobench.model.VisionTransformer;
import org.dinobench.model.VitOutput;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Tensors;
import org.dinobench.torch.Torch;
import org.dinobench.trainer.LabelledImage;

/**
 * The check that training is worth its time: nearest neighbours among labelled images vote on held-out ones. Features
 * are class token and mean patch token, centred by the reference images' mean, of unit length; votes are weighted by
 * {@code exp(similarity / 0.07)} as in DINOv2's evaluation. Where the data has a split of its own it is used, otherwise
 * a share of the groups is held out by the run's seed.
 */
final class KnnProbe {
    private static final double TEMPERATURE = 0.07;
    private static final int BATCH = 64;
    private static final long HOLD_OUT = 0x6b6e6eL;

    private static final int FEWEST = 200;

    private final TrainSpec spec;
    private List<LabelledImage> images;
    private List<ImageSource> sources;
    private int[] labels;
    private boolean[] asks;
    private int classes;
    private final int neighbours;
    private final EvalTransform transform;
    private final ReadOptions options;
    private final int workers;

    /** Accuracy over all images that ask, and the mean over classes. */
    record Score(double accuracy, double balanced) {}

    KnnProbe(TrainSpec spec, List<LabelledImage> images) {
        this.spec = spec;
        this.neighbours = spec.evaluation().knnK();
        this.transform = EvalTransform.squash(spec.crops().globalCropsSize());
        this.options = new ReadOptions(
                ReadOptions.DEFAULT.depth(), spec.crops().imageSize().orElse(0));
        this.workers = spec.train().numWorkers().orElseThrow();
        use(images);
    }

    private void use(List<LabelledImage> chosen) {
        this.images = chosen;
        this.sources = ImageSource.of(chosen.stream().map(LabelledImage::file).toList());
        Map<String, Integer> numbers = new LinkedHashMap<>();
        this.labels = chosen.stream()
                .mapToInt(image -> numbers.computeIfAbsent(image.label(), key -> numbers.size()))
                .toArray();
        this.classes = numbers.size();
        this.asks = asks(chosen, spec.evaluation().holdoutShare(), spec.train().seed());
    }

    /** Labelled images in a check. */
    int size() {
        return images.size();
    }

    /**
     * Keeps so many of the images, drawn by the run's seed, that a check takes about the given time.
     *
     * @param seconds time that a check may take
     */
    void fitInto(double seconds, VisionTransformer backbone, Team team, JobMonitor monitor) {
        List<ImageSource> all = sources;
        sources = all.subList(0, Math.min(2 * BATCH, all.size()));
        long start = System.nanoTime();
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            embed(backbone, new ArrayList<>(), monitor);
        }
        double perImage = team.first((System.nanoTime() - start) * 1e-9 / sources.size());
        sources = all;
        int affordable = (int) Math.max(FEWEST, seconds / perImage);
        if (affordable < images.size()) {
            List<LabelledImage> drawn = new ArrayList<>(images);
            shuffle(drawn, new SplittableRandom(Seeds.mix(HOLD_OUT, spec.train().seed(), 1)));
            use(List.copyOf(drawn.subList(0, affordable)));
        }
    }

    private static boolean[] asks(List<LabelledImage> images, double share, long seed) {
        boolean[] asks = new boolean[images.size()];
        boolean split = images.stream().anyMatch(image -> image.split().equals("train"))
                && images.stream().anyMatch(image -> held(image.split()));
        Set<String> heldOut = split ? Set.of() : drawGroups(images, share, seed);
        for (int i = 0; i < asks.length; i++) {
            LabelledImage image = images.get(i);
            asks[i] = split ? held(image.split()) : heldOut.contains(group(image));
        }
        return asks;
    }

    private static boolean held(String split) {
        return split.equals("val") || split.equals("test");
    }

    private static String group(LabelledImage image) {
        return image.group().isEmpty() ? "file:" + image.file() : "group:" + image.group();
    }

    private static Set<String> drawGroups(List<LabelledImage> images, double share, long seed) {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        images.forEach(image -> sizes.merge(group(image), 1, Integer::sum));
        List<String> order = new ArrayList<>(sizes.keySet());
        SplittableRandom random = new SplittableRandom(Seeds.mix(HOLD_OUT, seed));
        shuffle(order, random);
        Set<String> chosen = new HashSet<>();
        int count = 0;
        for (String group : order) {
            if (count >= share * images.size()) {
                break;
            }
            chosen.add(group);
            count += sizes.get(group);
        }
        return chosen;
    }

    private static <T> void shuffle(List<T> list, SplittableRandom random) {
        for (int i = list.size() - 1; i > 0; i--) {
            T other = list.set(random.nextInt(i + 1), list.get(i));
            list.set(i, other);
        }
    }

    /** Embeds all images and lets the neighbours vote. */
    Score run(VisionTransformer backbone, JobMonitor monitor) {
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            List<Integer> order = new ArrayList<>();
            Tensor features = embed(backbone, order, monitor);
            List<Long> reference = new ArrayList<>();
            List<Long> asking = new ArrayList<>();
            for (int i = 0; i < order.size(); i++) {
                (asks[order.get(i)] ? asking : reference).add((long) i);
            }
            if (reference.isEmpty() || asking.isEmpty()) {
                return new Score(Double.NaN, Double.NaN);
            }
            Tensor known = rows(features, reference);
            Tensor mean = known.mean(new long[] {0}, true, new ScalarTypeOptional());
            Tensor similarity = torch.mm(
                    unit(rows(features, asking).sub(mean)),
                    unit(known.sub(mean)).t());
            long k = Math.min(neighbours, reference.size());
            var best = torch.topk(similarity, k, 1, true, true);
            float[] weights =
                    Tensors.floats(best.get0().mul(new Scalar(1 / TEMPERATURE)).exp());
            long[] places = Tensors.longs(best.get1());
            return score(order, reference, asking, weights, places, (int) k);
        }
    }

    private Score score(
            List<Integer> order, List<Long> reference, List<Long> asking, float[] weights, long[] places, int k) {
        int[] right = new int[classes];
        int[] total = new int[classes];
        for (int q = 0; q < asking.size(); q++) {
            double[] votes = new double[classes];
            for (int j = q * k; j < (q + 1) * k; j++) {
                long row = reference.get((int) places[j]);
                votes[labels[order.get((int) row)]] += weights[j];
            }
            int answer = 0;
            for (int c = 1; c < classes; c++) {
                answer = votes[c] > votes[answer] ? c : answer;
            }
            int truth = labels[order.get(asking.get(q).intValue())];
            total[truth]++;
            right[truth] += answer == truth ? 1 : 0;
        }
        double all = 0;
        double shares = 0;
        int present = 0;
        for (int c = 0; c < classes; c++) {
            all += right[c];
            if (total[c] > 0) {
                shares += (double) right[c] / total[c];
                present++;
            }
        }
        return new Score(all / asking.size(), shares / present);
    }

    private Tensor embed(VisionTransformer backbone, List<Integer> order, JobMonitor monitor) {
        List<Tensor> parts = new ArrayList<>();
        try (EvalBatches batches = new EvalBatches(
                sources, transform, new ImageReader(ReadLimits.DEFAULT, options), BATCH, workers, monitor)) {
            EvalBatch batch;
            while ((batch = batches.next()) != null) {
                try (EvalBatch lent = batch;
                        TensorScope scope = TensorScope.open()) {
                    parts.add(scope.keep(embed(backbone, lent)));
                    for (int i = 0; i < lent.size(); i++) {
                        order.add(lent.imageIndex(i));
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new org.dinobench.core.problem.StoppedException("Interrupted while reading labelled images");
        }
        return torch.cat(Tensors.vector(parts), 0);
    }

    /** Class token and mean patch token side by side, {@code [size, 2 D]}. */
    private Tensor embed(VisionTransformer backbone, EvalBatch batch) {
        int size = transform.size();
        Tensor images = Tensors.wrap(
                batch.images().duplicate().position(0).limit(batch.size() * transform.floats()),
                batch.size(),
                3,
                size,
                size);
        ScalarType type = backbone.module().parameters().type();
        VitOutput seen = backbone.forward(List.of(CropBatch.of(images.to(type))), ForwardOptions.EVALUATION)
                .get(0);
        Tensor patches = seen.patchTokens().mean(new long[] {1}, false, new ScalarTypeOptional());
        return torch.cat(new TensorVector(seen.classToken(), patches), 1).to(ScalarType.Float);
    }

    private static Tensor rows(Tensor features, List<Long> indices) {
        long[] index = indices.stream().mapToLong(Long::longValue).toArray();
        return features.index_select(0, Tensors.of(index, index.length));
    }

    private static Tensor unit(Tensor rows) {
        Tensor norm = rows.mul(rows)
                .sum(new long[] {1}, true, new ScalarTypeOptional())
                .sqrt()
                .clamp_min(new Scalar(1e-12));
        return rows.div(norm);
    }
}
