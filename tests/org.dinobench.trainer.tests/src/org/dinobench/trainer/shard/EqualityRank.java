package org.dinobench.trainer.shard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.dinobench.core.spec.train.Precision;
import org.dinobench.losses.Reduction;
import org.dinobench.model.DropSource;
import org.dinobench.torch.ComputeDevice;
import org.dinobench.torch.Tensors;
import org.dinobench.torch.Torch;
import org.dinobench.torch.collective.CollectiveOperation;
import org.dinobench.torch.collective.Collectives;
import org.dinobench.torch.collective.CountingCollectives;
import org.dinobench.torch.collective.SingleProcess;
import org.dinobench.torch.mpi.MpiCollectives;
import org.dinobench.torch.mpi.MpiOptions;
import org.dinobench.torch.mpi.MpiWorld;
import org.dinobench.trainer.step.DinoTrainStep;
import org.dinobench.trainer.step.HeadedNetwork;
import org.dinobench.trainer.step.OptimizerState;
import org.dinobench.trainer.step.SelfSupervisedModel;
import org.dinobench.trainer.step.StepBatch;
import org.dinobench.trainer.step.StepMode;
import org.dinobench.trainer.step.StepReport;

/**
 * A rank that trains its share of eight steps in several ways, compares losses and weights with those of one process
 * that has all images, and its traffic and state with the formulas.
 */
final class EqualityRank {
    private final RankGroups groups;
    private final CountingCollectives weights;

    /** @param distilling whether the student learns from a larger frozen network instead of its own average */
    record Way(
            String name, Sharding sharding, StepMode mode, int microBatches, Precision precision, boolean distilling) {
        Way(String name, Sharding sharding, StepMode mode, int microBatches, Precision precision) {
            this(name, sharding, mode, microBatches, precision, false);
        }
    }

    private record Run(List<StepReport> reports, Map<String, float[]> student, Map<String, float[]> average) {}

    private EqualityRank(Collectives all, Collectives shard, Collectives replicas) {
        this.weights = new CountingCollectives(shard);
        this.groups = new RankGroups(all, weights, replicas);
    }

    public static void main(String[] args) {
        Torch.setThreads(1);
        int failures = MpiWorld.call(
                MpiOptions.DEFAULT,
                world -> args[0].equals("hybrid")
                        ? hybrid(world, args[0])
                        : new EqualityRank(world.collectives(), world.collectives(), new SingleProcess())
                                .runAll(args[0]));
        System.exit(failures == 0 ? 0 : 1);
    }

    /** Pairs that share, and across them pairs of equal shares. */
    private static int hybrid(MpiWorld world, String ways) {
        try (MpiCollectives shard = world.collectives().split(world.rank() / 2);
                MpiCollectives replicas = world.collectives().split(world.rank() % 2)) {
            return new EqualityRank(world.collectives(), shard, replicas).runAll(ways);
        }
    }

    private int runAll(String ways) {
        return ways(ways).stream().mapToInt(this::check).sum() + sharedVerdict();
    }

    /** In float16: what is not finite on one rank is so for all, and all halve their factor on the loss alike. */
    private int sharedVerdict() {
        try (ShardedModel model = new ShardedModel(
                ShardFixture.shape(),
                groups,
                Sharding.of(Precision.FP16),
                Precision.FP16,
                ShardFixture.OPTIM,
                ShardFixture.SEED)) {
            DinoTrainStep step = new DinoTrainStep(
                    model.networks(),
                    ShardFixture.objective(ShardFixture.IMAGES / groups.size(), 1, new RankReduction(groups.all())),
                    model.engine(),
                    StepMode.EFFICIENT.withPacking(false),
                    new DinoTrainStep.Settings(3, 1, false, false));
            double before = model.lossScale().value();
            StringBuilder verdicts = new StringBuilder();
            for (int i = 0; i < 16 && verdicts.indexOf("+") < 0; i++) {
                int number = i;
                StepReport report = step.run(micro -> poisoned(number), ShardFixture.rates(i), DropSource.seeded(i));
                verdicts.append(report.applied() ? '+' : '-');
            }
            boolean held = verdicts.toString().startsWith("-")
                    && verdicts.toString().endsWith("+")
                    && model.lossScale().value() < before;
            System.out.println("verdict of rank " + groups.rank() + (held ? " held: " : " FAILED: ") + verdicts
                    + ", factor " + model.lossScale().value());
            return held ? 0 : 1;
        }
    }

    /** A batch whose first image is not a number in the first step, on the last rank alone. */
    private StepBatch poisoned(int step) {
        StepBatch batch = ShardFixture.part(ShardFixture.batch(step, 0), groups.rank(), groups.size());
        if (step == 0 && groups.rank() == groups.size() - 1) {
            batch.globals().narrow(0, 0, 1).fill_(new Scalar(Double.NaN));
        }
        return batch;
    }

    /** The ways to train by the name of their set. */
    static List<Way> ways(String set) {
        Sharding keep = Sharding.of(Precision.FP32);
        Sharding sixteen = Sharding.of(Precision.BF16);
        StepMode mode = StepMode.EFFICIENT;
        List<Way> ways = new ArrayList<>(List.of(
                new Way("grad-op", keep, mode, 1, Precision.FP32),
                new Way("full-shard", keep.withKeeping(false), mode, 1, Precision.FP32)));
        if (set.equals("all")) {
            ways.add(new Way("grad-op, 2 micro-batches", keep, mode, 2, Precision.FP32));
            ways.add(new Way(
                    "full-shard, 2 micro-batches, sizes apart",
                    keep.withKeeping(false),
                    mode.withPacking(false),
                    2,
                    Precision.FP32));
            ways.add(new Way(
                    "full-shard, recomputing",
                    keep.withKeeping(false),
                    mode.withCheckpointing(true),
                    1,
                    Precision.FP32));
            ways.add(new Way("grad-op, nothing ahead", keep.withAhead(false), mode, 1, Precision.FP32));
            ways.add(new Way("distillation, grad-op", keep, mode, 1, Precision.FP32, true));
            ways.add(new Way(
                    "distillation, full-shard, 2 micro-batches",
                    keep.withKeeping(false),
                    mode,
                    2,
                    Precision.FP32,
                    true));
            ways.add(new Way(
                    "fp32, all summed in fp16",
                    keep.withReduction(ScalarType.Half, ScalarType.Half),
                    mode,
                    1,
                    Precision.FP32));
            ways.add(new Way("bf16, heads summed in fp32", sixteen, mode, 1, Precision.BF16));
            ways.add(new Way(
                    "bf16, all summed in bf16",
                    sixteen.withReduction(ScalarType.BFloat16, ScalarType.BFloat16),
                    mode,
                    1,
                    Precision.BF16));
        }
        return ways;
    }

    private int check(Way way) {
        weights.reset();
        long[] bytes = new long[2];
        Run sharded = sharded(way, bytes);
        boolean exact = way.precision() == Precision.FP32 && way.sharding().backboneReduction() == ScalarType.Float;
        double tolerance = exact ? 1e-5 : 0.05;
        Run alone = alone(way);
        double losses = 0;
        for (int step = 0; step < ShardFixture.STEPS; step++) {
            StepReport mine = sharded.reports().get(step);
            StepReport its = alone.reports().get(step);
            losses = Math.max(losses, Math.abs(mine.totalLoss() - its.totalLoss()));
            for (String name : its.losses().keySet()) {
                losses = Math.max(
                        losses, Math.abs(mine.losses().get(name) - its.losses().get(name)));
            }
        }
        double student = ShardFixture.distance(alone.student(), sharded.student());
        double average = ShardFixture.distance(alone.average(), sharded.average());
        ShardingCosts costs =
                ShardingCosts.of(ShardFixture.shape(), groups.shard().size());
        if (way.distilling()) {
            costs = costs.withFrozenTeacher(ShardFixture.teacherShape());
        }
        ScalarType type = SelfSupervisedModel.computeType(way.precision());
        int passes = way.mode().packed() ? 1 : 2;
        long gathered = ShardFixture.STEPS * costs.gatherBytes(type, way.sharding(), way.microBatches(), passes);
        long reduced = ShardFixture.STEPS * costs.reduceBytes(way.sharding());
        // student and average are read once at the end, in float32
        gathered +=
                2 * costs.studentGatherBytes(ScalarType.Float, way.sharding().withKeeping(true), 1, 1);
        long gatheredHere = weights.traffic(CollectiveOperation.ALL_GATHER).bytes();
        long reducedHere = weights.traffic(CollectiveOperation.REDUCE_SCATTER).bytes();
        boolean held = losses < tolerance
                && student < tolerance
                && average < tolerance
                && gathered == gatheredHere
                && reduced == reducedHere
                && bytes[0] == costs.stateBytes()
                && bytes[1] == 0;
        System.out.println(String.format(
                Locale.ROOT,
                "rank %d of %d %s, %s: losses %.1e, student %.1e, average %.1e; state %d = %d; gathered %d = %d;"
                        + " reduced %d = %d; plain %d",
                groups.rank(),
                groups.size(),
                way.name(),
                held ? "held" : "FAILED",
                losses,
                student,
                average,
                bytes[0],
                costs.stateBytes(),
                gatheredHere,
                gathered,
                reducedHere,
                reduced,
                ShardFixture.STEPS * costs.plainBytes()));
        return held ? 0 : 1;
    }

    private Run sharded(Way way, long[] bytes) {
        int ranks = groups.size();
        try (ShardedModel model = way.distilling() ? distilled(way) : pretrained(way)) {
            DinoTrainStep step = new DinoTrainStep(
                    model.networks(),
                    ShardFixture.objective(ShardFixture.IMAGES / ranks, 1, new RankReduction(groups.all())),
                    model.engine(),
                    way.mode(),
                    new DinoTrainStep.Settings(3, way.microBatches(), true, way.distilling()));
            List<StepReport> reports = new ArrayList<>();
            for (int i = 0; i < ShardFixture.STEPS; i++) {
                int number = i;
                reports.add(step.run(
                        micro -> ShardFixture.part(ShardFixture.batch(number, micro), groups.rank(), ranks),
                        ShardFixture.rates(i),
                        DropSource.seeded(i)));
            }
            bytes[0] = model.stateBytes();
            bytes[1] = model.wholeBytes();
            Map<String, float[]> student = new LinkedHashMap<>();
            Map<String, float[]> average = new LinkedHashMap<>();
            model.editStudent(unit -> unit.forEach((name, tensor) -> student.put(name, Tensors.floats(tensor))));
            model.editAverage(unit -> unit.forEach((name, tensor) -> average.put(name, Tensors.floats(tensor))));
            return new Run(reports, student, average);
        }
    }

    private ShardedModel pretrained(Way way) {
        return new ShardedModel(
                ShardFixture.shape(), groups, way.sharding(), way.precision(), ShardFixture.OPTIM, ShardFixture.SEED);
    }

    private ShardedModel distilled(Way way) {
        try (HeadedNetwork teacher = ShardFixture.teacher()) {
            return ShardedModel.distillation(
                    ShardFixture.shape(),
                    teacher,
                    groups,
                    way.sharding(),
                    way.precision(),
                    ShardFixture.OPTIM,
                    ShardFixture.SEED);
        }
    }

    private static SelfSupervisedModel whole(Way way) {
        if (!way.distilling()) {
            return SelfSupervisedModel.pretraining(
                    ShardFixture.shape(), way.precision(), ComputeDevice.CPU, ShardFixture.SEED);
        }
        HeadedNetwork student =
                HeadedNetwork.trained(ShardFixture.shape(), ScalarType.Float, ComputeDevice.CPU, ShardFixture.SEED);
        return SelfSupervisedModel.distillation(student, ShardFixture.teacher(), way.precision());
    }

    private Run alone(Way way) {
        try (SelfSupervisedModel model = whole(way);
                OptimizerState optimizer = OptimizerState.of(model, ShardFixture.OPTIM)) {
            DinoTrainStep step = new DinoTrainStep(
                    model,
                    ShardFixture.objective(ShardFixture.IMAGES, groups.size(), Reduction.NONE),
                    optimizer,
                    way.mode(),
                    new DinoTrainStep.Settings(3, way.microBatches(), true, way.distilling()));
            List<StepReport> reports = new ArrayList<>();
            for (int i = 0; i < ShardFixture.STEPS; i++) {
                int number = i;
                reports.add(step.run(
                        micro -> ShardFixture.batch(number, micro), ShardFixture.rates(i), DropSource.seeded(i)));
            }
            return new Run(
                    reports,
                    copy(model.master().state()),
                    copy(model.average().parameters().state()));
        }
    }

    private static Map<String, float[]> copy(Map<String, Tensor> state) {
        Map<String, float[]> copy = new LinkedHashMap<>();
        state.forEach((name, tensor) -> copy.put(name, Tensors.floats(tensor)));
        return copy;
    }
}
