package org.dinobench.trainer.shard;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.dinobench.core.spec.train.OptimSpec;
import org.dinobench.core.spec.train.Precision;
import org.dinobench.torch.AdamW;
import org.dinobench.torch.FlatParameters;
import org.dinobench.torch.Parameter;
import org.dinobench.torch.ParameterUnit;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Torch;
import org.dinobench.torch.format.TensorEntry;
import org.dinobench.torch.format.TensorFile;
import org.dinobench.trainer.step.HeadedNetwork;
import org.dinobench.trainer.step.LayerDecay;
import org.dinobench.trainer.step.ModelShape;
import org.dinobench.trainer.step.OptimizerState;
import org.dinobench.trainer.step.SelfSupervisedModel;

/**
 * Student, average and optimizer of a pre-training, divided among the ranks: between steps each holds its share of the
 * student's weights and gradients, of both moments and of the average, in float32, and nothing whole. Bytes a rank: 20
 * for each parameter, by the ranks that share.
 */
public final class ShardedModel implements AutoCloseable {
    private static final String STUDENT = "student.";
    private static final String AVERAGE = "average.";
    private static final String OPTIMIZER = "optimizer.";
    private static final String TEACHER = "teacher.";

    private final RankGroups groups;
    private final Sharding sharding;
    private final Shares studentShares;
    private final Shares averageShares;
    /** Those of the average, or in a distillation of the frozen network. */
    private final Shares teacherShares;

    private final GradientShares gradients;
    private final GatheredNetwork studentWeights;
    private final GatheredNetwork teacherWeights;
    private final GatheredNetwork averageWeights;
    private final SelfSupervisedModel networks;
    private final AdamW optimizer;
    private final LossScale lossScale;
    private final ShardedEngine engine;
    private final Timeline timeline = new Timeline();
    private final WholeBytes wholeBytes = new WholeBytes();
    private ParameterUnit asked;

    /**
     * A student drawn from a seed, the same as {@link SelfSupervisedModel#pretraining} draws, and an average that
     * begins as its copy. No rank ever holds more than one unit of it whole.
     *
     * @param groups the ranks
     * @param sharding how weights and gradients travel
     * @param precision decides the type in which networks compute and weights are sent
     * @param optim betas, layer-wise decay and the factor of the patch embedding
     */
    public ShardedModel(
            ModelShape shape, RankGroups groups, Sharding sharding, Precision precision, OptimSpec optim, long seed) {
        this(shape, Optional.empty(), groups, sharding, precision, optim, seed);
    }

    /**
     * A student of a distillation, divided as in pre-training, and its teacher, of which every rank keeps its share, too.
     *
     * @param teacher frozen and whole, the same on all ranks; stays the caller's and may be closed afterwards
     * @see #ShardedModel(ModelShape, RankGroups, Sharding, Precision, OptimSpec, long)
     */
    public static ShardedModel distillation(
            ModelShape shape,
            HeadedNetwork teacher,
            RankGroups groups,
            Sharding sharding,
            Precision precision,
            OptimSpec optim,
            long seed) {
        SelfSupervisedModel.requireSamePrototypes(shape, teacher.shape());
        return new ShardedModel(shape, Optional.of(teacher), groups, sharding, precision, optim, seed);
    }

    private ShardedModel(
            ModelShape shape,
            Optional<HeadedNetwork> frozen,
            RankGroups groups,
            Sharding sharding,
            Precision precision,
            OptimSpec optim,
            long seed) {
        this.groups = groups;
        this.sharding = sharding;
        this.engine = new ShardedEngine(this);
        int ranks = groups.shard().size();
        ScalarType type = SelfSupervisedModel.computeType(precision);
        this.lossScale = type == ScalarType.Half ? LossScale.dynamic() : LossScale.none();
        FlatParameters student = released(shape, type, ranks, true);
        this.studentShares = new Shares(student, ranks);
        this.averageShares = new Shares(student, ranks);
        this.gradients = new GradientShares(new Shares(student, ranks), groups, sharding, timeline, wholeBytes);
        this.studentWeights = new GatheredNetwork(
                student,
                studentShares,
                groups.shard(),
                sharding.ahead(),
                engine.studentUses(),
                "student",
                timeline,
                wholeBytes);
        ModelShape teacherShape = frozen.map(HeadedNetwork::shape).orElse(shape);
        FlatParameters teacher = released(teacherShape, frozen.isPresent() ? ScalarType.Float : type, ranks, false);
        this.teacherShares = frozen.isPresent() ? new Shares(teacher, ranks) : averageShares;
        frozen.ifPresent(
                whole -> teacherShares.take(whole.parameters(), groups.shard().rank()));
        this.teacherWeights = new GatheredNetwork(
                teacher,
                teacherShares,
                groups.shard(),
                sharding.ahead(),
                engine.teacherUses(),
                "teacher",
                timeline,
                wholeBytes);
        this.averageWeights = new GatheredNetwork(
                released(shape, ScalarType.Float, ranks, false),
                averageShares,
                groups.shard(),
                sharding.ahead(),
                GatheredNetwork.Uses.ONCE,
                "average",
                timeline,
                wholeBytes);
        this.networks = SelfSupervisedModel.kept(
                new HeadedNetwork(shape, student),
                new HeadedNetwork(teacherShape, teacher),
                new HeadedNetwork(shape, averageWeights.parameters()),
                frozen.isPresent());
        averageWeights.initialize(seed);
        studentShares.averageTowards(averageShares, 0);
        LayerDecay.assign(student, shape, optim);
        this.optimizer = new AdamW(slices(student), optim.adamwBeta1(), optim.adamwBeta2(), OptimizerState.EPSILON);
    }

    private FlatParameters released(ModelShape shape, ScalarType type, int ranks, boolean trained) {
        return FlatParameters.createReleased(shape.layout(), type, groups.device(), ranks, trained);
    }

    private List<AdamW.Slice> slices(FlatParameters student) {
        return student.units().stream()
                .map(unit -> {
                    long share = studentShares.layout(unit).share();
                    long from = share * groups.shard().rank();
                    return new AdamW.Slice(
                            unit,
                            from,
                            from + share,
                            studentShares.of(unit),
                            gradients.shares().of(unit));
                })
                .toList();
    }

    /** The networks, whose weights come when they are used; all ranks use them alike. */
    public SelfSupervisedModel networks() {
        return networks;
    }

    /** Keeps the state during steps. */
    public ShardedEngine engine() {
        return engine;
    }

    /** The ranks. */
    public RankGroups groups() {
        return groups;
    }

    /** How weights and gradients travel. */
    public Sharding sharding() {
        return sharding;
    }

    /** The factor on the loss. */
    public LossScale lossScale() {
        return lossScale;
    }

    /** What this rank waits for, and what it does when. */
    public Timeline timeline() {
        return timeline;
    }

    /** The moments of this rank's share. */
    public AdamW optimizer() {
        return optimizer;
    }

    /** Number of parameters of the student, all ranks together, without padding. */
    public long count() {
        return networks.student().parameters().count();
    }

    /**
     * Native bytes of this rank's state between steps: weights, gradients, two moments, average, and in a distillation the
     * frozen teacher.
     */
    public long stateBytes() {
        return studentShares.bytes()
                + averageShares.bytes()
                + (isDistillation() ? teacherShares.bytes() : 0)
                + gradients.shares().bytes()
                + optimizer.state().values().stream().mapToLong(Tensor::nbytes).sum();
    }

    /** Native bytes of weights and gradients that are whole at this moment; 0 between steps. */
    public long wholeBytes() {
        return wholeBytes.now();
    }

    /** The most that {@link #wholeBytes()} has been since the last call. */
    public long mostWholeBytes() {
        long most = wholeBytes.most();
        wholeBytes.reset();
        return most;
    }

    /**
     * Changes the student's weights, one unit after the other; all ranks make the same changes.
     *
     * @param work is given the parameters of a unit by full name, in float32
     */
    public void editStudent(Consumer<Map<String, Tensor>> work) {
        FlatParameters whole = released(
                networks.student().shape(), ScalarType.Float, groups.shard().size(), false);
        try (GatheredNetwork master = new GatheredNetwork(
                whole,
                studentShares,
                groups.shard(),
                false,
                GatheredNetwork.Uses.ONCE,
                "master",
                timeline,
                wholeBytes)) {
            master.edit(work);
        }
    }

    /** As {@link #editStudent} for the average. */
    public void editAverage(Consumer<Map<String, Tensor>> work) {
        averageWeights.edit(work);
    }

    /**
     * What this rank writes into a checkpoint, by kind and unit, without padding: {@code student.UNIT}, {@code
     * average.UNIT}, {@code optimizer.exp_avg.UNIT} and {@code optimizer.exp_avg_sq.UNIT}; in a distillation also {@code
     * teacher.UNIT} of the teacher's heads, which may have been made for this run, while its backbone lies in a file of
     * its own. Views, which belong to the current scope; units that are too small for a share on this rank are left out.
     */
    public Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        for (ParameterUnit unit : units()) {
            long used = studentShares.layout(unit).used(groups.shard().rank());
            if (used > 0) {
                stretches(unit).forEach((name, share) -> state.put(name, share.narrow(0, 0, used)));
            }
        }
        for (ParameterUnit unit : teacherHeads()) {
            long used = teacherShares.layout(unit).used(groups.shard().rank());
            if (used > 0) {
                state.put(TEACHER + unit.name(), teacherShares.of(unit).narrow(0, 0, used));
            }
        }
        return state;
    }

    /** Whether the teacher is a frozen network instead of the average. */
    public boolean isDistillation() {
        return teacherShares != averageShares;
    }

    /** The units of a frozen teacher's heads, which belong into a checkpoint; empty in pre-training. */
    public List<ParameterUnit> teacherHeads() {
        return isDistillation()
                ? teacherWeights.parameters().units().stream()
                        .filter(unit -> !unit.module().equals(ModelShape.BACKBONE))
                        .toList()
                : List.of();
    }

    /** This rank's shares of a unit by their names in checkpoints. */
    private Map<String, Tensor> stretches(ParameterUnit unit) {
        Map<String, Tensor> moments = optimizer.state();
        Map<String, Tensor> stretches = new LinkedHashMap<>();
        stretches.put(STUDENT + unit.name(), studentShares.of(unit));
        stretches.put(AVERAGE + unit.name(), averageShares.of(unit));
        for (String moment : List.of("exp_avg.", "exp_avg_sq.")) {
            stretches.put(OPTIMIZER + moment + unit.name(), moments.get(moment + unit.name()));
        }
        return stretches;
    }

    /**
     * Takes up a checkpoint; holds one unit of it at a time.
     *
     * @param file the checkpoint's tensors, by parameter, the moments by unit
     * @param steps that the optimizer has taken
     * @throws IllegalArgumentException when a tensor is missing or has another size
     */
    public void load(TensorFile file, long steps) {
        for (ParameterUnit unit : units()) {
            loadParameters(file, STUDENT, unit, studentShares);
            loadParameters(file, AVERAGE, unit, averageShares);
            long from = studentShares.layout(unit).from(groups.shard().rank());
            long to = from + studentShares.layout(unit).used(groups.shard().rank());
            long count = studentShares.layout(unit).count();
            stretches(unit).forEach((name, share) -> {
                if (name.startsWith(OPTIMIZER)) {
                    copy(file, name, count, 0, share, from, to);
                }
            });
        }
        teacherHeads().forEach(unit -> loadParameters(file, TEACHER, unit, teacherShares));
        optimizer.resume(steps);
    }

    private void loadParameters(TensorFile file, String kind, ParameterUnit unit, Shares shares) {
        long from = shares.layout(unit).from(groups.shard().rank());
        long to = from + shares.layout(unit).used(groups.shard().rank());
        for (Parameter parameter : unit.parameters()) {
            String name = kind + parameter.name();
            copy(file, name, parameter.spec().count(), parameter.offset(), shares.of(unit), from, to);
        }
    }

    /** Copies what a tensor, which lies at an offset in its unit, has of the stretch {@code from .. to}. */
    private static void copy(TensorFile file, String name, long count, long offset, Tensor share, long from, long to) {
        long begin = Math.max(from, offset);
        long end = Math.min(to, offset + count);
        TensorEntry entry = file.entries().get(name);
        if (entry == null || entry.count() != count) {
            throw new IllegalArgumentException("'" + name + "' is missing or has another size than " + count);
        }
        if (begin >= end) {
            return;
        }
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            Tensor values = file.read(name).reshape(count);
            share.narrow(0, begin - from, end - begin).copy_(values.narrow(0, begin - offset, end - begin));
        }
    }

    /**
     * One parameter of the average, in float32; the unit that was asked for before is freed. All ranks go through the
     * units together: those that do not ask call {@link #passAverage}.
     *
     * @param name full name; names are asked for in storage order
     */
    public Tensor averageParameter(String name) {
        Parameter parameter = averageWeights.parameters().parameter(name);
        if (parameter.unit() != asked) {
            if (asked != null) {
                averageWeights.release(asked);
            }
            asked = parameter.unit();
            averageWeights.bring(asked);
        }
        return parameter.tensor();
    }

    /** Takes part while another rank asks for all parameters of a module. */
    public void passAverage(String module) {
        for (ParameterUnit unit : averageWeights.parameters().units()) {
            if (unit.module().equals(module)) {
                averageWeights.bring(unit);
                averageWeights.release(unit);
            }
        }
    }

    /** Frees what a use of the average outside of steps has left. */
    public void releaseAverage() {
        averageWeights.releaseAll();
        asked = null;
    }

    HeadedNetwork student() {
        return networks.student();
    }

    Shares studentShares() {
        return studentShares;
    }

    Shares averageShares() {
        return averageShares;
    }

    GradientShares gradients() {
        return gradients;
    }

    GatheredNetwork studentWeights() {
        return studentWeights;
    }

    GatheredNetwork teacherWeights() {
        return teacherWeights;
    }

    /** The units in storage order. */
    Iterable<ParameterUnit> units() {
        return networks.student().parameters().units();
    }

    @Override
    public void close() {
        optimizer.close();
        networks.close();
        gradients.close();
        if (isDistillation()) {
            teacherShares.close();
        }
        averageShares.close();
        studentShares.close();
    }
}
