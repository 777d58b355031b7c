package org.dinobench.core.spec.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.SpecReader;
import org.dinobench.core.spec.SpecSchema;

/** The one place where {@code auto} values of a training spec get their numbers. */
public final class TrainSpecResolver {
    private static final SpecReader<TrainSpec> READER = SpecReader.of(TrainSpec.class);
    private static final SpecSchema<TrainSpec> SCHEMA = SpecSchema.of(TrainSpec.class);

    private final List<String> notes = new ArrayList<>();
    private TrainSpec spec;

    private TrainSpecResolver(TrainSpec spec) {
        this.spec = spec;
    }

    /** {@link #resolve(TrainSpec, long, int, int)} for one process. */
    public static Resolution resolve(TrainSpec spec, long datasetSize, int cores) {
        return resolve(spec, datasetSize, cores, 1);
    }

    /**
     * Fills what is left open and checks the result. Resolving a resolved spec changes nothing.
     *
     * @param datasetSize images to train on, at least 1
     * @param cores processor cores of each process, at least 1
     * @param ranks number of processes, at least 1
     * @throws BadInputException when the result contradicts itself or the data cannot fill a batch
     */
    public static Resolution resolve(TrainSpec spec, long datasetSize, int cores, int ranks) {
        if (cores < 1 || ranks < 1) {
            throw new IllegalArgumentException("cores " + cores + ", ranks " + ranks);
        }
        long perBatch = (long) spec.train().batchSizePerGpu() * ranks;
        if (datasetSize < perBatch) {
            throw new BadInputException(
                    "train.batch_size_per_gpu",
                    "a batch of " + perBatch + " images cannot be filled from " + datasetSize,
                    datasetSize / ranks >= 2 ? "set it to at most " + datasetSize / ranks : "import more images");
        }
        TrainSpecResolver resolver = new TrainSpecResolver(spec);
        resolver.lengths(datasetSize, perBatch * spec.train().gradientAccumulation());
        resolver.learningRate(perBatch * spec.train().gradientAccumulation());
        resolver.prototypes(datasetSize);
        resolver.periods();
        resolver.cores(cores);
        TrainSpecValidator.check(resolver.spec, "");
        return new Resolution(resolver.spec, resolver.notes);
    }

    private void lengths(long datasetSize, long imagesPerStep) {
        open(
                "train.OFFICIAL_EPOCH_LENGTH",
                Math.max(1, datasetSize / imagesPerStep),
                "one pass over " + datasetSize + " images at " + imagesPerStep + " a step");
        int epoch = spec.train().officialEpochLength().getAsInt();
        open("optim.steps", steps(spec.optim().epochs(), epoch), spec.optim().epochs() + " epochs of " + epoch);
        int total = spec.optim().steps().getAsInt();
        warmUp("optim.warmup_steps", spec.optim().warmupEpochs(), epoch, total);
        warmUp("optim.freeze_last_layer_steps", spec.optim().freezeLastLayerEpochs(), epoch, total);
        warmUp("teacher.warmup_teacher_temp_steps", spec.teacher().warmupTeacherTempEpochs(), epoch, total);
        open(
                "high_resolution.steps",
                steps(spec.highResolution().epochs(), epoch),
                spec.highResolution().epochs() + " epochs of " + epoch);
        open(
                "high_resolution.local_crops_size",
                largerLocalCrops(),
                "as much larger than crops.local_crops_size as the global crops are");
    }

    private long largerLocalCrops() {
        if (!spec.highResolution().enabled()) {
            return spec.crops().localCropsSize();
        }
        double factor =
                (double) spec.highResolution().globalCropsSize() / spec.crops().globalCropsSize();
        int patch = spec.student().patchSize();
        return patch * Math.max(1, Math.round(spec.crops().localCropsSize() * factor / patch));
    }

    private void warmUp(String path, double epochs, int epoch, int total) {
        long steps = steps(epochs, epoch);
        if (steps > total) {
            open(path, total, "the " + epochs + " epochs cut to the length of the run");
        } else {
            open(path, steps, epochs + " epochs of " + epoch);
        }
    }

    private static long steps(double epochs, int epoch) {
        return Math.round(epochs * epoch);
    }

    private void learningRate(long imagesPerStep) {
        if (spec.optim().lr().isPresent() && spec.optim().lr().getAsDouble() == 0) {
            spec = READER.set(spec, "optim.lr=auto"); // official files write 0 for "follows from base_lr"
        }
        boolean scaled = spec.optim().scalingRule() == ScalingRule.SQRT_WRT_1024;
        double lr = spec.optim().baseLr() * (scaled ? Math.sqrt(imagesPerStep / 1024.0) : 1);
        open(
                "optim.lr",
                Double.toString(lr),
                scaled ? "base_lr x sqrt(" + imagesPerStep + " / 1024)" : "base_lr, which is not scaled");
    }

    /** About one prototype for each image, a power of two within what small and large runs were seen to learn with. */
    private void prototypes(long datasetSize) {
        long count = Long.highestOneBit(Math.max(1, datasetSize));
        long prototypes = Math.max(1024, Math.min(65536, count));
        String reason = "the power of two at or below " + datasetSize + " images, within 1024 and 65536";
        open("dino.head_n_prototypes", prototypes, reason);
        if (spec.ibot().separateHead()) {
            open("ibot.head_n_prototypes", prototypes, reason);
        } else {
            open(
                    "ibot.head_n_prototypes",
                    spec.dino().headNPrototypes().getAsInt(),
                    "the head is shared with the DINO loss");
        }
    }

    private void periods() {
        int total = spec.optim().steps().getAsInt();
        int epoch = spec.train().officialEpochLength().getAsInt();
        open(
                "train.checkpoint_every",
                Math.max(1, Math.min(3L * epoch, total / 10)),
                "three epochs, at most a tenth of the run");
        open("train.eval_every", Math.max(1, total / 10), "ten checks in the run");
    }

    private void cores(int cores) {
        open("train.threads", cores, cores + " cores");
        open("train.num_workers", Math.max(1, Math.min(8, cores)), cores + " cores, at most 8");
    }

    private void open(String path, long value, String reason) {
        open(path, Long.toString(value), reason);
    }

    private void open(String path, String value, String reason) {
        if (SCHEMA.text(spec, path).equals("auto")) {
            spec = READER.set(spec, path + "=" + value);
            notes.add(String.format(Locale.ROOT, "%s = %s (%s)", path, SCHEMA.text(spec, path), reason));
        }
    }
}
