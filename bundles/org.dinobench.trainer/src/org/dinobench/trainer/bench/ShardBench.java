package org.dinobench.trainer.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.spec.Range;
import org.dinobench.core.spec.SpecSchema;
import org.dinobench.core.spec.train.OptimSpec;
import org.dinobench.losses.DinoLoss;
import org.dinobench.losses.DinoLossSpec;
import org.dinobench.losses.IbotLossSpec;
import org.dinobench.losses.IbotPatchLoss;
import org.dinobench.losses.KoLeoLoss;
import org.dinobench.losses.KoLeoLossSpec;
import org.dinobench.losses.LossContext;
import org.dinobench.losses.Reduction;
import org.dinobench.losses.SinkhornKnopp;
import org.dinobench.model.DinoHeadConfig;
import org.dinobench.model.DropSource;
import org.dinobench.model.VitConfig;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Torch;
import org.dinobench.torch.collective.CollectiveOperation;
import org.dinobench.torch.collective.Collectives;
import org.dinobench.torch.collective.CountingCollectives;
import org.dinobench.torch.collective.SingleProcess;
import org.dinobench.trainer.mask.BlockMaskGenerator;
import org.dinobench.trainer.mask.MaskSampler;
import org.dinobench.trainer.schedule.StepRates;
import org.dinobench.trainer.shard.RankGroups;
import org.dinobench.trainer.shard.RankReduction;
import org.dinobench.trainer.shard.ShardedModel;
import org.dinobench.trainer.shard.Sharding;
import org.dinobench.trainer.shard.ShardingCosts;
import org.dinobench.trainer.shard.Timeline;
import org.dinobench.trainer.step.DinoTrainStep;
import org.dinobench.trainer.step.ModelShape;
import org.dinobench.trainer.step.Objective;
import org.dinobench.trainer.step.PrecisionMode;
import org.dinobench.trainer.step.SelfSupervisedModel;
import org.dinobench.trainer.step.StepBatch;
import org.dinobench.trainer.step.StepMode;

/** Times sharded training steps on random crops and counts what they send and hold; every rank runs it. */
public final class ShardBench {
    private static final StepRates RATES = new StepRates(1e-4, 1e-4, 0.04, 0.992, 0.07);
    private static final double CLIP = 3.0;

    private final ShardKnobs knobs;
    private final Collectives all;
    private final CountingCollectives counted;

    /**
     * @param knobs the same on all ranks
     * @param all the ranks
     */
    public ShardBench(ShardKnobs knobs, Collectives all) {
        this.knobs = knobs;
        this.all = all;
        this.counted = new CountingCollectives(all);
    }

    /**
     * Runs the steps.
     *
     * @param timeline receives what this rank does in the last step, and its waits
     */
    public ShardFigures run(TimelineUser timeline, JobMonitor monitor) {
        Torch.start();
        Torch.setThreads(knobs.threads());
        Torch.seed(all.rank());
        ModelShape shape = shape();
        Sharding sharding =
                Sharding.of(knobs.precision()).withKeeping(knobs.keep()).withAhead(knobs.ahead());
        try (PrecisionMode precision = PrecisionMode.open(knobs.precision());
                ShardedModel model = new ShardedModel(
                        shape,
                        new RankGroups(all, counted, new SingleProcess()),
                        sharding,
                        knobs.precision(),
                        SpecSchema.of(OptimSpec.class).defaults(),
                        0);
                TensorScope scope = TensorScope.open()) {
            timeline.use(model.timeline());
            DinoTrainStep step = new DinoTrainStep(
                    model.networks(),
                    objective(new RankReduction(all, model.timeline())),
                    model.engine(),
                    StepMode.EFFICIENT,
                    new DinoTrainStep.Settings(CLIP, 1, false, false));
            return measure(model, step, ShardingCosts.of(shape, all.size()), sharding, monitor);
        }
    }

    /** Is given the timeline before the first step. */
    @FunctionalInterface
    public interface TimelineUser {
        /** @param timeline of this rank */
        void use(Timeline timeline);
    }

    private ShardFigures measure(
            ShardedModel model, DinoTrainStep step, ShardingCosts costs, Sharding sharding, JobMonitor monitor) {
        StepBatch batch = batch();
        double[] times = new double[knobs.steps()];
        double[] waits = new double[Timeline.Wait.values().length];
        double loss = 0;
        monitor.begin("Measuring steps", knobs.warmup() + (long) knobs.steps());
        for (int i = -knobs.warmup(); i < knobs.steps(); i++) {
            model.timeline().reset(i == knobs.steps() - 1);
            model.mostWholeBytes();
            counted.reset();
            all.barrier();
            long start = System.nanoTime();
            loss = step.run(micro -> batch, RATES, DropSource.seeded(i)).totalLoss();
            if (i >= 0) {
                times[i] = (System.nanoTime() - start) * 1e-9;
                for (Timeline.Wait wait : Timeline.Wait.values()) {
                    waits[wait.ordinal()] += model.timeline().waitedSeconds(wait) / knobs.steps();
                }
            }
            monitor.worked(1);
        }
        Arrays.sort(times);
        double median = times[times.length / 2];
        ScalarType type = SelfSupervisedModel.computeType(knobs.precision());
        return new ShardFigures(
                median,
                knobs.batch() * all.size() / median,
                waits[Timeline.Wait.WEIGHTS.ordinal()],
                waits[Timeline.Wait.GRADIENTS.ordinal()],
                waits[Timeline.Wait.STATISTICS.ordinal()],
                model.timeline().communicationSeconds(),
                model.timeline().hiddenSeconds(),
                model.stateBytes(),
                costs.stateBytes(),
                model.mostWholeBytes(),
                counted.traffic(CollectiveOperation.ALL_GATHER).bytes()
                        + counted.traffic(CollectiveOperation.REDUCE_SCATTER).bytes(),
                costs.gatherBytes(type, sharding, 1, 1) + costs.reduceBytes(sharding),
                costs.plainBytes(),
                ProcessMeter.residentMib(),
                ProcessMeter.peakRssMib(),
                loss);
    }

    private ModelShape shape() {
        VitConfig backbone = VitConfig.preset("--arch", knobs.arch(), knobs.patch(), knobs.size());
        DinoHeadConfig head =
                new DinoHeadConfig(backbone.width(), knobs.prototypes(), knobs.hidden(), knobs.bottleneck(), 3);
        return new ModelShape(backbone, head, Optional.of(head));
    }

    private Objective objective(Reduction reduction) {
        LossContext context = new LossContext(knobs.batch(), 2, knobs.locals(), reduction);
        return new Objective(
                List.of(
                        new DinoLoss(DinoLossSpec.DEFAULT, context),
                        new KoLeoLoss(KoLeoLossSpec.DEFAULT, context),
                        new IbotPatchLoss(IbotLossSpec.DEFAULT)),
                new SinkhornKnopp(SinkhornKnopp.DEFAULT_ITERATIONS, reduction),
                new SinkhornKnopp(SinkhornKnopp.DEFAULT_ITERATIONS, reduction));
    }

    private StepBatch batch() {
        int crops = 2 * knobs.batch();
        int grid = knobs.size() / knobs.patch();
        Tensor globals = torch.randn(crops, 3, knobs.size(), knobs.size());
        Tensor locals = knobs.locals() == 0
                ? null
                : torch.randn((long) knobs.locals() * knobs.batch(), 3, knobs.local(), knobs.local());
        MaskSampler sampler =
                new MaskSampler(new BlockMaskGenerator(grid, grid, 0.5 * grid * grid), 0.5, new Range(0.1, 0.5));
        return new StepBatch(knobs.batch(), globals, locals, sampler.sample(crops, new SplittableRandom(all.rank())));
    }
}
