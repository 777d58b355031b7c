package org.dinobench.trainer.internal.loop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.problem.StoppedException;
import org.dinobench.core.provenance.Provenance;
import org.dinobench.core.run.RunState;
import org.dinobench.core.spec.SpecWriter;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.core.spec.train.TrainSpecs;
import org.dinobench.core.workspace.CheckpointFolder;
import org.dinobench.imaging.loader.ImageSource;
import org.dinobench.imaging.loader.LoaderPosition;
import org.dinobench.losses.LossContext;
import org.dinobench.losses.LossRegistry;
import org.dinobench.losses.Reduction;
import org.dinobench.torch.ComputeDevice;
import org.dinobench.torch.Torch;
import org.dinobench.torch.mpi.MpiEnvironment;
import org.dinobench.trainer.Pretraining;
import org.dinobench.trainer.TrainingDivergedException;
import org.dinobench.trainer.TrainingResult;
import org.dinobench.trainer.schedule.TrainSchedules;
import org.dinobench.trainer.shard.RankGroups;
import org.dinobench.trainer.shard.RankReduction;
import org.dinobench.trainer.shard.ShardedModel;
import org.dinobench.trainer.shard.Sharding;
import org.dinobench.trainer.step.DinoTrainStep;
import org.dinobench.trainer.step.HeadedNetwork;
import org.dinobench.trainer.step.ModelShape;
import org.dinobench.trainer.step.Objective;
import org.dinobench.trainer.step.OptimizerState;
import org.dinobench.trainer.step.PrecisionMode;
import org.dinobench.trainer.step.SelfSupervisedModel;
import org.dinobench.trainer.step.StepMode;

/** Sets a run up, takes up its last checkpoint, runs the loop, and leaves a last word in the status whatever happens. */
public final class RunWorker {
    private final LossRegistry losses;
    private final RankGroups groups;
    private final Team team;
    private final JobMonitor monitor;
    private final List<Provenance.Input> sources = new ArrayList<>();
    private Pretraining.Job job;

    /**
     * @param job what to do
     * @param groups the processes that do it together
     */
    public RunWorker(Pretraining.Job job, LossRegistry losses, JobMonitor monitor, RankGroups groups) {
        this.job = job;
        this.losses = losses;
        this.monitor = monitor;
        this.groups = groups;
        this.team = Team.of(groups.all());
    }

    /** What losses may know of a run by one process. */
    public static LossContext context(TrainSpec spec) {
        return context(spec, Reduction.NONE);
    }

    private static LossContext context(TrainSpec spec, Reduction reduction) {
        return new LossContext(spec.train().batchSizePerGpu(), 2, spec.crops().localCropsNumber(), reduction);
    }

    /**
     * Looks at the files that a run begins with, without loading them.
     *
     * @throws BadInputException when one is missing, damaged or does not fit
     */
    public static void checkSources(TrainSpec spec) throws IOException {
        Optional<String> weights = spec.student().pretrainedWeights();
        if (weights.isPresent()) {
            new PretrainedWeights(Path.of(weights.get()))
                    .check(ModelShape.of(spec).backbone());
        }
        if (spec.distill().enabled()) {
            new FrozenTeacher(spec).check();
        }
    }

    /** Does it. */
    public TrainingResult run() throws IOException {
        Stopwatch watch = new Stopwatch(team);
        try (RunLog log = team.leads() ? new RunLog(job.run().logFile(), monitor) : RunLog.unheard();
                StatusBeat status = new StatusBeat(job.run(), log, team.leads());
                ResourceBeat resources = new ResourceBeat(job.run(), log, team.rank())) {
            resources.start();
            status.set(RunState.RUNNING, "Starting");
            try {
                return train(log, status, watch);
            } catch (StoppedException e) {
                status.set(RunState.STOPPED, e.getMessage());
                throw e;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                status.set(RunState.STOPPED, "Interrupted; it can be resumed");
                throw new StoppedException("The run was interrupted; it can be resumed");
            } catch (BadInputException | TrainingDivergedException e) {
                log.line(e.getMessage());
                status.set(RunState.FAILED, e.getMessage());
                throw e;
            } catch (OutOfMemoryError e) {
                log.line(MemoryTrouble.SENTENCE);
                status.set(RunState.FAILED, MemoryTrouble.SENTENCE);
                throw e;
            } catch (IOException | RuntimeException e) {
                boolean memory = MemoryTrouble.is(e);
                log.line(memory ? MemoryTrouble.SENTENCE + " (" + e + ")" : "Failed: " + e);
                status.set(RunState.FAILED, memory ? MemoryTrouble.SENTENCE : "Failed: " + e.getMessage());
                throw e;
            }
        }
    }

    private TrainingResult train(RunLog log, StatusBeat status, Stopwatch watch)
            throws IOException, InterruptedException {
        Torch.start();
        if (team.leads()) {
            job.run().control().clear();
            job.run().removeIncompleteCheckpoints();
        }
        // the others look at the folder only now
        Optional<CheckpointFolder> latest = latestCheckpoint();
        latest.ifPresent(checkpoint -> keepGlobalBatch(checkpoint, log));
        TrainSpec spec = job.spec();
        Torch.setThreads(Math.min(spec.train().threads().orElseThrow(), coresEach()));
        Reduction reduction = team.size() == 1 ? Reduction.NONE : new RankReduction(groups.all());
        Objective objective = Objective.of(spec, losses, context(spec, reduction));
        TrainSchedules schedules = TrainSchedules.of(spec);
        log.line(Torch.description());
        try (PrecisionMode precision = PrecisionMode.open(spec.train().precision());
                TrainingState state = state(spec, log)) {
            SelfSupervisedModel model = state.networks();
            model.student().shape().backbone().warnings().forEach(log::line);
            log.line("Student " + model.student().shape().backbone().name() + " with "
                    + model.student().parameters().count() + " parameters, "
                    + job.images().size() + " images");
            if (team.size() > 1) {
                log.line(team.size() + " processes with " + spec.train().batchSizePerGpu() + " images each a step");
            }
            Checkpoints checkpoints = state.checkpoints(objective, spec.train().batchSizePerGpu());
            Progress start = start(latest, checkpoints, state, log);
            watch.add(start.seconds());
            Provenance provenance = provenance(spec);
            if (team.leads()) {
                provenance.write(job.run().provenanceFile());
            }
            StepMode mode = StepMode.of(spec.train());
            StepPoints points = new StepPoints();
            DinoTrainStep step = state.step(
                    objective,
                    mode,
                    new DinoTrainStep.Settings(
                            spec.optim().clipGrad(),
                            spec.train().gradientAccumulation(),
                            true,
                            spec.distill().enabled()),
                    points);
            Works works = new Works(state, objective, step, points, schedules, checkpoints, log, status, watch);
            TrainingLoop.End end = phase(works, start);
            while (end.result().isEmpty()) {
                end = phase(works, end.progress());
            }
            if (team.leads()) {
                provenance.ended().write(job.run().provenanceFile());
            }
            return end.result().get();
        }
    }

    /** What all phases of a run work with. */
    private record Works(
            TrainingState state,
            Objective objective,
            DinoTrainStep step,
            StepPoints points,
            TrainSchedules schedules,
            Checkpoints checkpoints,
            RunLog log,
            StatusBeat status,
            Stopwatch watch) {}

    /** Trains from a place to the end of its phase: the same networks and optimizer, crops of the phase's sizes. */
    private TrainingLoop.End phase(Works works, Progress start) throws IOException, InterruptedException {
        Phase phase = Phase.at(job.spec(), start.position());
        TrainSpec spec = phase.spec();
        if (spec.crops().globalCropsSize() != job.spec().crops().globalCropsSize()) {
            works.log()
                    .line("Global crops of " + spec.crops().globalCropsSize() + " and local crops of "
                            + spec.crops().localCropsSize() + " pixels from here to the end");
        }
        try (CropStream stream = new CropStream(
                        spec, ImageSource.of(job.images()), start.loader(), team, new Skips(works.log()));
                Recorder recorder = new Recorder(job.run(), start.step(), team.leads())) {
            Optional<KnnProbe> probe =
                    job.labelled().isEmpty() || spec.train().evalEvery().orElseThrow() == 0
                            ? Optional.empty()
                            : Optional.of(new KnnProbe(spec, job.labelled()));
            return new TrainingLoop(
                            new TrainingLoop.Parts(
                                    phase,
                                    job.run(),
                                    team,
                                    works.state(),
                                    works.objective(),
                                    works.step(),
                                    works.points(),
                                    works.schedules(),
                                    works.checkpoints(),
                                    stream,
                                    probe,
                                    recorder,
                                    works.log(),
                                    works.status(),
                                    monitor,
                                    works.watch()),
                            start)
                    .run();
        }
    }

    /** Cores for each of the processes on this machine, which the spec, written for another number, may not know. */
    private static int coresEach() {
        int here = MpiEnvironment.read(System.getenv())
                .map(MpiEnvironment::localSize)
                .orElse(0);
        return here < 2 ? Integer.MAX_VALUE : Math.max(1, Runtime.getRuntime().availableProcessors() / here);
    }

    /** The newest checkpoint that the first process sees. */
    private Optional<CheckpointFolder> latestCheckpoint() throws IOException {
        Optional<CheckpointFolder> seen = job.run().latestCheckpoint();
        long step = (long) team.first(seen.map(CheckpointFolder::step).orElse(-1L));
        return step < 0 ? Optional.empty() : Optional.of(job.run().checkpoint(step));
    }

    /**
     * A run that is gone on with by another number of processes keeps its batch, so that it stays the same run. By as
     * many processes as before, another batch is a person's wish.
     */
    private void keepGlobalBatch(CheckpointFolder checkpoint, RunLog log) {
        CheckpointIndex index = CheckpointIndex.read(checkpoint);
        int batch = index.globalBatch().orElse(0);
        int wanted = job.spec().train().batchSizePerGpu() * team.size();
        if (batch == 0 || batch == wanted) {
            return;
        }
        if (index.ranks() == team.size()) {
            log.line("From here on " + wanted + " images a batch instead of " + batch);
            return;
        }
        if (batch % team.size() != 0) {
            throw new BadInputException(
                    "--ranks",
                    "the run's batch of " + batch + " images cannot be divided among " + team.size() + " processes",
                    "take a number of processes that divides " + batch);
        }
        int each = batch / team.size();
        log.line("The batch of " + batch + " images stays: " + each + " on each process");
        TrainSpec spec = TrainSpecs.reader().set(job.spec(), "train.batch_size_per_gpu=" + each);
        job = new Pretraining.Job(spec, job.images(), job.labelled(), job.run(), job.inputs());
    }

    private TrainingState state(TrainSpec spec, RunLog log) throws IOException {
        if (team.size() == 1) {
            SelfSupervisedModel model = model(spec, log);
            return new TrainingState.Local(model, OptimizerState.of(model, spec.optim()));
        }
        return new ShardedState(sharded(spec, Sharding.of(spec), log));
    }

    private ShardedModel sharded(TrainSpec spec, Sharding sharding, RunLog log) throws IOException {
        long seed = Seeds.mix(spec.train().seed());
        if (!spec.distill().enabled()) {
            return new ShardedModel(
                    ModelShape.of(spec), groups, sharding, spec.train().precision(), spec.optim(), seed);
        }
        // every process reads the whole teacher, and keeps its share
        try (HeadedNetwork teacher = frozenTeacher(spec, log)) {
            return ShardedModel.distillation(
                    studentOfTeacher(spec),
                    teacher,
                    groups,
                    sharding,
                    spec.train().precision(),
                    spec.optim(),
                    seed);
        }
    }

    private SelfSupervisedModel model(TrainSpec spec, RunLog log) throws IOException {
        long seed = Seeds.mix(spec.train().seed());
        if (!spec.distill().enabled()) {
            return SelfSupervisedModel.pretraining(
                    ModelShape.of(spec), spec.train().precision(), ComputeDevice.CPU, seed);
        }
        HeadedNetwork teacher = frozenTeacher(spec, log);
        HeadedNetwork student =
                HeadedNetwork.trained(studentOfTeacher(spec), ScalarType.Float, ComputeDevice.CPU, seed);
        return SelfSupervisedModel.distillation(student, teacher, spec.train().precision());
    }

    private HeadedNetwork frozenTeacher(TrainSpec spec, RunLog log) throws IOException {
        FrozenTeacher source = new FrozenTeacher(spec);
        HeadedNetwork teacher = source.open(
                () -> new CropStream(spec, ImageSource.of(job.images()), LoaderPosition.START, new Skips(log)), log);
        sources.add(Provenance.Input.of("teacher", source.file()));
        log.line("The student sees its crops unmasked and without stochastic depth; the loss on patches takes all of"
                + " both global crops; the product is the student's moving average");
        return teacher;
    }

    /** Without stochastic depth (DINOv2, section 5). */
    private static ModelShape studentOfTeacher(TrainSpec spec) {
        ModelShape shape = ModelShape.of(spec);
        return new ModelShape(shape.backbone().withDropPath(0, true), shape.dinoHead(), shape.ibotHead());
    }

    private Progress start(Optional<CheckpointFolder> latest, Checkpoints checkpoints, TrainingState state, RunLog log)
            throws IOException {
        if (latest.isEmpty()) {
            Optional<String> weights = job.spec().student().pretrainedWeights();
            if (weights.isPresent()) {
                Path file = new PretrainedWeights(Path.of(weights.get())).copyInto(state, log);
                sources.add(Provenance.Input.of("pretrained_weights", file));
            }
            return Progress.START;
        }
        sources.addAll(recordedSources());
        Progress progress = checkpoints
                .load(latest.get())
                .inBatchesOf(
                        job.spec().train().batchSizePerGpu() * team.size(),
                        CheckpointIndex.read(latest.get()).globalBatch(),
                        job.images().size());
        log.line("Resumed from the checkpoint of step " + progress.step());
        return progress;
    }

    /** What the run began with, from the record of the worker that began it. */
    private List<Provenance.Input> recordedSources() {
        if (!Files.isRegularFile(job.run().provenanceFile())) {
            return List.of();
        }
        return Provenance.read(job.run().provenanceFile()).inputs().stream()
                .filter(input -> input.name().equals("pretrained_weights"))
                .toList();
    }

    private Provenance provenance(TrainSpec spec) {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("libtorch", Torch.version());
        versions.put("java", System.getProperty("java.version"));
        return Provenance.begin(
                "train",
                Stream.concat(job.inputs().stream(), sources.stream()).toList(),
                SpecWriter.write(spec, false),
                OptionalLong.of(spec.train().seed()),
                versions);
    }

    /** Broken images are told in the log; the stages of the loader are nobody's business. */
    private record Skips(RunLog log) implements JobMonitor {
        @Override
        public void begin(String stage, long total) {}

        @Override
        public void worked(long units) {}

        @Override
        public void message(String text) {
            log.line(text);
        }

        @Override
        public boolean isStopped() {
            return false;
        }
    }
}
