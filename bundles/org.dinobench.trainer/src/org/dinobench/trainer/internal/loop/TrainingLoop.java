package org.dinobench.trainer.internal.loop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.dinobench.core.job.EtaEstimator;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.run.RunCommand;
import org.dinobench.core.run.RunState;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.core.workspace.RunDirectory;
import org.dinobench.model.DropSource;
import org.dinobench.trainer.TrainingResult;
import org.dinobench.trainer.schedule.StepRates;
import org.dinobench.trainer.schedule.TrainSchedules;
import org.dinobench.trainer.step.DinoTrainStep;
import org.dinobench.trainer.step.Objective;
import org.dinobench.trainer.step.ObjectiveSnapshot;
import org.dinobench.trainer.step.StepReport;

/**
 * The steps of one phase of a run, one after the other, with all that happens between them. One object, one {@link
 * #run()}.
 */
final class TrainingLoop implements Obedience.Deeds {
    private static final long DROP = 0x64726f70L;
    /** In a run by the clock, all checks together may take this share of the time, and each one this. */
    private static final double PROBE_SHARE = 0.1;

    private static final double ONE_PROBE_SHARE = 0.03;
    /** The same for checkpoints to resume from. */
    private static final double SAVE_SHARE = 0.05;

    private final Phase phase;
    private final TrainSpec spec;
    private final RunDirectory run;
    private final Team team;
    private final TrainingState state;
    private final DinoTrainStep step;
    private final TrainSchedules schedules;
    private final Checkpoints checkpoints;
    private final CropStream stream;
    private final Optional<KnnProbe> probe;
    private final Recorder recorder;
    private final RunLog log;
    private final StatusBeat status;
    private final JobMonitor monitor;
    private final Stopwatch watch;
    private final CollapseWatch collapse;
    private final Pace pace;
    private final NanGuard guard;
    private final RateMeter rate = new RateMeter();

    private final Objective objective;
    private final StepPoints points;

    private Obedience obedience;
    private Progress progress;
    private KnnProbe.Score lastScore;
    private double positionBefore;
    private double probeSeconds;
    private double probesTotal;
    private double saveSeconds;
    private double savesTotal;

    /** What a loop works with; everything is closed by its maker. */
    record Parts(
            Phase phase,
            RunDirectory run,
            Team team,
            TrainingState state,
            Objective objective,
            DinoTrainStep step,
            StepPoints points,
            TrainSchedules schedules,
            Checkpoints checkpoints,
            CropStream stream,
            Optional<KnnProbe> probe,
            Recorder recorder,
            RunLog log,
            StatusBeat status,
            JobMonitor monitor,
            Stopwatch watch) {}

    /**
     * How a loop ended.
     *
     * @param result of the run; empty when only the phase is over and the next one goes on
     * @param progress where it stands
     */
    record End(Optional<TrainingResult> result, Progress progress) {}

    TrainingLoop(Parts parts, Progress start) {
        this.phase = parts.phase();
        this.spec = phase.spec();
        this.run = parts.run();
        this.team = parts.team();
        this.state = parts.state();
        this.step = parts.step();
        this.schedules = parts.schedules();
        this.checkpoints = parts.checkpoints();
        this.stream = parts.stream();
        this.probe = parts.probe();
        this.recorder = parts.recorder();
        this.log = parts.log();
        this.status = parts.status();
        this.monitor = parts.monitor();
        this.watch = parts.watch();
        this.objective = parts.objective();
        this.points = parts.points();
        this.progress = start;
        this.guard = new NanGuard(start.badSteps());
        this.collapse = new CollapseWatch(spec.dino().headNPrototypes().orElseThrow());
        OptionalDouble limit = spec.train().minutes().isPresent()
                ? OptionalDouble.of(spec.train().minutes().getAsDouble() * 60)
                : OptionalDouble.empty();
        this.pace = new Pace(schedules.steps(), limit, start.position(), start.pace());
    }

    /** Trains until the end of the phase or a stop. */
    End run() throws IOException, InterruptedException {
        try (ControlDesk opened = new ControlDesk(run.control(), monitor, team, this::confirm, log::line)) {
            obedience = new Obedience(opened, this);
            return steps();
        }
    }

    private End steps() throws IOException, InterruptedException {
        monitor.begin("Training", progress.step() + pace.stepsLeft(), progress.step());
        if (probe.isPresent() && spec.train().minutes().isPresent()) {
            double seconds = spec.train().minutes().getAsDouble() * 60 * ONE_PROBE_SHARE;
            probe.get().fitInto(seconds, state.networks().average().backbone(), team, monitor);
            state.endUse();
            log.line("k-NN checks use " + probe.get().size() + " labelled images");
        }
        if (probe.isPresent() && progress.step() == 0) {
            lastScore = check("untrained");
            recorder.write(
                    0, 0, Map.of("knn_accuracy", lastScore.accuracy(), "knn_balanced_accuracy", lastScore.balanced()));
        }
        tell(RunState.RUNNING, "Training");
        while (!phase.over(pace.position())) {
            if (!obedience.obey() || !oneStep()) {
                return new End(Optional.of(stop()), progress);
            }
            afterStep();
            monitor.expect(progress.step() + pace.stepsLeft(), shareOfTime());
            monitor.worked(1);
        }
        return new End(pace.finished() ? Optional.of(finish()) : Optional.empty(), progress);
    }

    /** How much of its time a run by the clock has used; empty without a limit. */
    private String shareOfTime() {
        if (spec.train().minutes().isEmpty()) {
            return "";
        }
        double limit = 60 * spec.train().minutes().getAsDouble();
        return String.format(
                Locale.ROOT, "%.0f %% of %s", Math.min(100, 100 * watch.seconds() / limit), EtaEstimator.format(limit));
    }

    /**
     * One step and all that is told of it.
     *
     * @return false when it was given up on request, as if it had not begun
     */
    private boolean oneStep() throws IOException {
        double before = watch.seconds();
        long number = progress.step();
        StepRates rates = schedules.at(pace.position());
        Optional<StepReport> done = compute(number, rates);
        stream.release();
        if (done.isEmpty()) {
            return false;
        }
        StepReport report = done.get();
        positionBefore = pace.position();
        double after = watch.seconds();
        String trouble = guard.look(number + 1, report, rates.learningRate());
        if (trouble != null) {
            log.line(trouble);
        }
        pace.stepDone(after - before, after, reserveSeconds());
        int perStep = imagesPerStep();
        rate.step(after, perStep);
        progress = new Progress(
                number + 1,
                progress.images() + perStep,
                pace.position(),
                pace.pace(),
                after,
                stream.position(),
                guard.inARow(),
                progress.bestKnn(),
                progress.bestStep());
        Map<String, Double> numbers = Recorder.numbers(report, rates, after - before, rate.imagesPerSecond());
        boolean best = probeNow(numbers);
        recorder.write(progress.step(), progress.images(), numbers);
        if (best) {
            save("best k-NN so far");
            prune();
        }
        collapse.look(progress.step(), report.health()).ifPresent(log::line);
        return true;
    }

    /**
     * The step itself. In one process requests are carried out between its parts, since a step may take long; several
     * processes hear them between steps only. Empty when one of them was to stop.
     */
    private Optional<StepReport> compute(long number, StepRates rates) throws IOException {
        long drop = Seeds.ofRank(Seeds.mix(DROP, spec.train().seed(), number), team.rank());
        try (ObjectiveSnapshot before = new ObjectiveSnapshot(objective)) {
            if (team.size() == 1) {
                points.during(() -> obedience.obeyWithin(before));
            }
            try {
                return Optional.of(step.run(i -> stream.next(number, i), rates, DropSource.seeded(drop)));
            } catch (StepPoints.GivenUp e) {
                before.exchange();
                return Optional.empty();
            } finally {
                points.outside();
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Answers a request at once, from the desk's thread; it is carried out within moments. */
    private void confirm(RunCommand command) {
        log.line("Asked to " + (command == RunCommand.CHECKPOINT ? "write a checkpoint" : command.word()));
        status.note(
                switch (command) {
                    case PAUSE -> "Pausing";
                    case RESUME -> "Going on";
                    case STOP -> "Stopping";
                    case CHECKPOINT -> "Writing a checkpoint";
                });
    }

    /** Adds the scores of a k-NN check to the step's numbers when one is due; tells whether it was the best so far. */
    private boolean probeNow(Map<String, Double> numbers) {
        int every = spec.train().evalEvery().orElseThrow();
        boolean due = crossed(every);
        boolean affordable =
                spec.train().minutes().isEmpty() || probesTotal + probeSeconds <= PROBE_SHARE * watch.seconds();
        boolean last = pace.finished();
        if (probe.isEmpty() || !last && !(due && affordable)) {
            return false;
        }
        lastScore = check("step " + progress.step());
        numbers.put("knn_accuracy", lastScore.accuracy());
        numbers.put("knn_balanced_accuracy", lastScore.balanced());
        if (lastScore.accuracy() <= progress.bestKnn()) {
            return false;
        }
        progress = withBest(lastScore.accuracy());
        return true;
    }

    private Progress withBest(double accuracy) {
        return new Progress(
                progress.step(),
                progress.images(),
                progress.position(),
                progress.pace(),
                progress.seconds(),
                progress.loader(),
                progress.badSteps(),
                accuracy,
                progress.step());
    }

    private void afterStep() throws IOException {
        long done = progress.step();
        boolean affordable =
                spec.train().minutes().isEmpty() || savesTotal + saveSeconds <= SAVE_SHARE * watch.seconds();
        if (crossed(spec.train().checkpointEvery().orElseThrow()) && affordable || keptForGood(done)) {
            save("period");
        }
        int exportEvery = spec.evaluation().evalPeriodIterations();
        if (exportEvery > 0 && done % exportEvery == 0) {
            state.export(run.teacherFolder(), done);
        }
        tell(RunState.RUNNING, "Training");
    }

    private KnnProbe.Score check(String when) {
        double before = watch.seconds();
        KnnProbe.Score score =
                probe.orElseThrow().run(state.networks().average().backbone(), monitor);
        state.endUse();
        probeSeconds = watch.seconds() - before;
        probesTotal += probeSeconds;
        rate.interrupted();
        log.line(String.format(
                Locale.ROOT,
                "k-NN of the teacher, %s: accuracy %.1f %%, balanced %.1f %% (%.1f s)",
                when,
                100 * score.accuracy(),
                100 * score.balanced(),
                probeSeconds));
        return score;
    }

    /**
     * Whether the last step reached the next multiple of a period. Periods are places of the schedules: in a run by the
     * clock, where a step may be several places, a tenth of the run is one in time, too.
     */
    private boolean crossed(int period) {
        return period > 0 && Math.floor(pace.position() / period) > Math.floor(positionBefore / period);
    }

    private boolean keptForGood(long done) {
        long every = (long) spec.train().saveckpFreq()
                * spec.train().officialEpochLength().orElseThrow();
        return every > 0 && done % every == 0;
    }

    private void save(String why) throws IOException {
        if (team.first(run.checkpoint(progress.step()).isComplete() ? 1 : 0) > 0) {
            return;
        }
        double before = watch.seconds();
        checkpoints.save(run.checkpoint(progress.step()), progress);
        saveSeconds = watch.seconds() - before;
        savesTotal += saveSeconds;
        rate.interrupted();
        log.line("Checkpoint of step " + progress.step() + " written (" + why + ")");
        prune();
    }

    private void prune() throws IOException {
        if (!team.leads()) {
            return;
        }
        List<Long> kept = new java.util.ArrayList<>();
        for (var checkpoint : run.checkpoints()) {
            if (checkpoint.step() == progress.bestStep() || keptForGood(checkpoint.step())) {
                kept.add(checkpoint.step());
            }
        }
        run.pruneCheckpoints(spec.train().checkpointKeep(), kept);
    }

    private TrainingResult stop() throws IOException {
        save("stop");
        String message = "Stopped on request at step " + progress.step() + "; it can be resumed";
        log.line(message);
        tell(RunState.STOPPED, message);
        Path export = run.teacherFolder().resolve(TeacherExport.FILE);
        return result(false, java.nio.file.Files.isRegularFile(export) ? export : null);
    }

    private TrainingResult finish() throws IOException {
        save("end");
        Path export = state.export(run.teacherFolder(), progress.step());
        String message = String.format(
                Locale.ROOT,
                "Finished after %d steps, %d images, %.0f s",
                progress.step(),
                progress.images(),
                watch.seconds());
        log.line(message);
        tell(RunState.FINISHED, message);
        return result(true, export);
    }

    private TrainingResult result(boolean finished, Path export) {
        return new TrainingResult(
                progress.step(),
                progress.images(),
                watch.seconds(),
                finished,
                new LinkedHashMap<>(recorder.last()),
                lastScore == null ? OptionalDouble.empty() : OptionalDouble.of(lastScore.accuracy()),
                lastScore == null ? OptionalDouble.empty() : OptionalDouble.of(lastScore.balanced()),
                export,
                stream.broken().size());
    }

    private void tell(RunState state, String message) {
        long left = pace.stepsLeft();
        double perSecond = rate.imagesPerSecond();
        int perStep = imagesPerStep();
        OptionalDouble eta = perSecond > 0 && state == RunState.RUNNING
                ? OptionalDouble.of(left * perStep / perSecond)
                : OptionalDouble.empty();
        OptionalDouble speed = perSecond > 0 ? OptionalDouble.of(perSecond) : OptionalDouble.empty();
        status.set(state, progress.step(), progress.step() + left, eta, speed, message);
    }

    @Override
    public void checkpoint() throws IOException {
        save("on request");
    }

    @Override
    public void paused() {
        watch.pause();
        log.line("Paused with " + progress.step() + " steps done");
        tell(RunState.PAUSED, "Paused; resume or stop it");
    }

    @Override
    public void resumed() {
        watch.resume();
        rate.interrupted();
        log.line("Resumed");
        tell(RunState.RUNNING, "Training");
    }

    private int imagesPerStep() {
        return spec.train().batchSizePerGpu() * spec.train().gradientAccumulation() * team.size();
    }

    private double reserveSeconds() {
        return 0.5 + 2 * saveSeconds + probeSeconds;
    }
}
