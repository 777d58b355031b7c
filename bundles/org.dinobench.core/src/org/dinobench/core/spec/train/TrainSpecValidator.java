package org.dinobench.core.spec.train;

import java.util.ArrayList;
import java.util.List;
import org.dinobench.core.spec.Range;
import org.dinobench.core.spec.SpecProblem;

/** Finds what in a training spec contradicts itself, each with a repair. Ranges of single keys are checked on reading. */
public final class TrainSpecValidator {
    private final TrainSpec spec;
    private final List<SpecProblem> problems = new ArrayList<>();

    private TrainSpecValidator(TrainSpec spec) {
        this.spec = spec;
    }

    /** All contradictions in the order of the keys; empty when there are none. */
    public static List<SpecProblem> problems(TrainSpec spec) {
        TrainSpecValidator validator = new TrainSpecValidator(spec);
        validator.network();
        validator.crops();
        validator.masks();
        validator.batch();
        validator.schedules();
        validator.objective();
        validator.highResolution();
        validator.sharding();
        return List.copyOf(validator.problems);
    }

    /**
     * @param where the file, preset or option that the spec came from; may be empty
     * @throws org.dinobench.core.problem.BadInputException for the first contradiction
     */
    public static void check(TrainSpec spec, String where) {
        List<SpecProblem> problems = problems(spec);
        if (!problems.isEmpty()) {
            throw problems.get(0).asException(where);
        }
    }

    private void network() {
        if (spec.student().layerscale() == 0) {
            add(
                    "student.layerscale",
                    "at 0 no block adds anything, nor does a gradient reach its weights",
                    "set it to 1e-5, or 0.1 for short runs");
        }
    }

    private void crops() {
        multipleOfPatch("crops.global_crops_size", spec.crops().globalCropsSize());
        if (spec.crops().localCropsNumber() > 0) {
            multipleOfPatch("crops.local_crops_size", spec.crops().localCropsSize());
            if (spec.crops().localCropsSize() > spec.crops().globalCropsSize()) {
                add(
                        "crops.local_crops_size",
                        "local crops of " + spec.crops().localCropsSize() + " pixels are larger than global crops of "
                                + spec.crops().globalCropsSize(),
                        "set it to at most " + spec.crops().globalCropsSize());
            }
        }
        if (spec.crops().imageSize().isPresent()
                && spec.crops().imageSize().getAsInt() < spec.crops().localCropsSize()) {
            add(
                    "crops.image_size",
                    "images reduced to " + spec.crops().imageSize().getAsInt()
                            + " pixels are smaller than a local crop",
                    "set it to at least " + spec.crops().globalCropsSize());
        }
    }

    private void multipleOfPatch(String key, int size) {
        int patch = spec.student().patchSize();
        if (size % patch != 0) {
            int lower = size / patch * patch;
            String choices = lower == 0 ? "" + patch : lower + " or " + (lower + patch);
            add(key, size + " pixels are no multiple of the patch size " + patch, "set it to " + choices);
        }
    }

    private void masks() {
        IbotSpec ibot = spec.ibot();
        Range ratio = ibot.maskRatioMinMax();
        if (ibot.lossWeight() == 0 || spec.distill().enabled()) {
            return;
        }
        int grid = spec.crops().globalCropsSize() / spec.student().patchSize();
        int most = (int) (ratio.max() * grid * grid);
        if (most < 1) {
            add(
                    "ibot.mask_ratio_min_max",
                    "of " + grid * grid + " patches not one is ever masked",
                    "raise the upper end to at least " + 1.0 / Math.max(1, grid * grid)
                            + ", or set ibot.loss_weight to 0");
        }
        if (ratio.max() >= 1) {
            add(
                    "ibot.mask_ratio_min_max",
                    "all patches of a crop can be masked, so that nothing is left to infer them from",
                    "set the upper end below 1, for example [0.1, 0.5]");
        }
        if (ibot.maskSampleProbability() == 0) {
            add(
                    "ibot.mask_sample_probability",
                    "no crop is ever masked although the iBOT loss has a weight",
                    "set it to 0.5, or ibot.loss_weight to 0");
        }
    }

    private void batch() {
        int batch = spec.train().batchSizePerGpu();
        if (batch > 1) {
            return;
        }
        if (spec.dino().koleoLossWeight() > 0) {
            add(
                    "train.batch_size_per_gpu",
                    "KoLeo needs a neighbour and a batch of 1 has none",
                    "set it to at least 2, or dino.koleo_loss_weight to 0");
        }
        if (spec.train().centering() == Centering.SINKHORN_KNOPP) {
            add(
                    "train.batch_size_per_gpu",
                    "Sinkhorn-Knopp balances over the batch and a batch of 1 has nothing to balance",
                    "set it to at least 2, or train.centering to centering");
        }
    }

    private void schedules() {
        OptimSpec optim = spec.optim();
        if (optim.steps().isPresent() && optim.warmupSteps().isPresent()) {
            if (optim.warmupSteps().getAsInt() > optim.steps().getAsInt()) {
                add(
                        "optim.warmup_steps",
                        "the warm-up of " + optim.warmupSteps().getAsInt() + " steps is longer than the run of "
                                + optim.steps().getAsInt(),
                        "set it to at most " + optim.steps().getAsInt());
            }
        } else if (optim.steps().isEmpty() && optim.warmupSteps().isEmpty() && optim.warmupEpochs() > optim.epochs()) {
            add(
                    "optim.warmup_epochs",
                    "the warm-up of " + optim.warmupEpochs() + " epochs is longer than the run of " + optim.epochs(),
                    "set it to a tenth of optim.epochs");
        }
        freezing(optim);
        if (optim.lr().isPresent() && optim.lr().getAsDouble() > 0 && optim.lr().getAsDouble() < optim.minLr()) {
            add(
                    "optim.min_lr",
                    "it is above the peak learning rate",
                    "set it to at most " + optim.lr().getAsDouble());
        }
        if (spec.teacher().momentumTeacher() > spec.teacher().finalMomentumTeacher()) {
            add(
                    "teacher.final_momentum_teacher",
                    "the momentum would fall during the run",
                    "set it to at least " + spec.teacher().momentumTeacher());
        }
    }

    private void freezing(OptimSpec optim) {
        boolean inSteps =
                optim.steps().isPresent() || optim.freezeLastLayerSteps().isPresent();
        if (inSteps
                ? optim.steps().isPresent()
                        && optim.freezeLastLayerSteps().isPresent()
                        && optim.freezeLastLayerSteps().getAsInt()
                                > optim.steps().getAsInt()
                : optim.freezeLastLayerEpochs() > optim.epochs()) {
            add(
                    inSteps ? "optim.freeze_last_layer_steps" : "optim.freeze_last_layer_epochs",
                    "the prototypes would stay fixed for longer than the run",
                    "set it to 0, or to less than the run's length");
        }
    }

    private void highResolution() {
        HighResolutionSpec last = spec.highResolution();
        if (!last.enabled()) {
            return;
        }
        int before = spec.crops().globalCropsSize();
        int size = last.globalCropsSize();
        if (size <= before) {
            add(
                    "high_resolution.global_crops_size",
                    size + " pixels are not more than the " + before + " of crops.global_crops_size",
                    "set it to more than " + before + ", or high_resolution.epochs to 0");
        }
        multipleOfPatch("high_resolution.global_crops_size", size);
        if (last.localCropsSize().isPresent() && spec.crops().localCropsNumber() > 0) {
            int local = last.localCropsSize().getAsInt();
            multipleOfPatch("high_resolution.local_crops_size", local);
            if (local > size) {
                add(
                        "high_resolution.local_crops_size",
                        "local crops of " + local + " pixels are larger than global crops of " + size,
                        "set it to at most " + size);
            }
        }
        if (spec.crops().imageSize().isPresent() && spec.crops().imageSize().getAsInt() < size) {
            add(
                    "crops.image_size",
                    "images reduced to " + spec.crops().imageSize().getAsInt()
                            + " pixels hold no more detail for crops of " + size,
                    "set it to at least " + size + ", or leave it unset");
        }
        boolean tooLong = last.steps().isPresent()
                ? spec.optim().steps().isPresent()
                        && last.steps().getAsInt() > spec.optim().steps().getAsInt()
                : spec.optim().steps().isEmpty() && last.epochs() > spec.optim().epochs();
        if (tooLong) {
            add(
                    last.steps().isPresent() ? "high_resolution.steps" : "high_resolution.epochs",
                    "the last phase is longer than the whole run",
                    "set it to a small part of the run's length");
        }
    }

    private void sharding() {
        ShardingSpec sharding = spec.sharding();
        if (sharding.groupSize().isPresent() && !sharding.strategy().isHybrid()) {
            add(
                    "sharding.group_size",
                    "groups of processes belong to a hybrid strategy, and sharding.strategy is another",
                    "set sharding.strategy to hybrid_shard or hybrid_shard_zero2, or leave the group size out");
        }
    }

    private void objective() {
        if (spec.dino().lossWeight() == 0
                && spec.ibot().lossWeight() == 0
                && spec.losses().isEmpty()) {
            add("dino.loss_weight", "no loss has a weight", "set dino.loss_weight or ibot.loss_weight to 1");
        }
        if (spec.preset().equals("continue")
                && spec.student().pretrainedWeights().isEmpty()) {
            add(
                    "student.pretrained_weights",
                    "no weights are named to continue from",
                    "name a run, a Hugging Face folder or a .pth file, for example --set"
                            + " student.pretrained_weights=PATH");
        }
        if (spec.distill().enabled() && spec.distill().teacher().isEmpty()) {
            add(
                    "distill.teacher",
                    "no teacher is named to learn from",
                    "name a run, a Hugging Face folder or a .pth file, for example --set distill.teacher=PATH");
        }
        if (!spec.distill().enabled() && spec.distill().teacher().isPresent()) {
            add("distill.enabled", "a teacher is named but not used", "set it to true, or remove distill.teacher");
        }
    }

    private void add(String key, String problem, String remedy) {
        problems.add(new SpecProblem(key, problem, remedy));
    }
}
