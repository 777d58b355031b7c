package org.dinobench.core.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.run.RunControl;
import org.dinobench.core.run.RunState;
import org.dinobench.core.run.RunStatus;
import org.dinobench.core.spec.SpecWriter;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.core.spec.train.TrainSpecs;

/** A run is its folder: the worker writes into it, everybody else reads, and control goes through {@link #control()}. */
public final class RunDirectory {
    private static final Pattern STEP = Pattern.compile("step-(\\d{1,18})");

    private final Path folder;

    private RunDirectory(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** Whether the folder is a run's. */
    public static boolean isRun(Path folder) {
        return Files.isRegularFile(folder.resolve("spec.yaml")) || Files.isRegularFile(folder.resolve("status.json"));
    }

    /**
     * Makes the folder of a new run and writes its spec and first status.
     *
     * @param spec resolved, or to be resolved by the worker
     * @throws BadInputException when the folder exists and is not empty
     */
    public static RunDirectory create(Path folder, TrainSpec spec) throws IOException {
        if (isRun(folder)) {
            throw new BadInputException(
                    folder.toString(), "there is already a run", "resume it, or choose another name");
        }
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                if (files.findAny().isPresent()) {
                    throw new BadInputException(
                            folder.toString(), "the folder holds other files", "choose an empty or a new folder");
                }
            }
        }
        Files.createDirectories(folder);
        RunDirectory run = new RunDirectory(folder);
        Files.createDirectories(run.checkpointsFolder());
        Files.createDirectories(run.controlFolder());
        run.writeSpec(spec);
        RunStatus.created(spec.optim().steps().orElse(0)).write(run.statusFile());
        return run;
    }

    /** @throws BadInputException when the folder is no run's */
    public static RunDirectory open(Path folder) {
        if (!isRun(folder)) {
            throw new BadInputException(
                    folder.toString(), "this is no run (there is no spec.yaml)", "name the folder of a run");
        }
        return new RunDirectory(folder);
    }

    /** The run's folder, absolute. */
    public Path folder() {
        return folder;
    }

    /** The run's name. */
    public String name() {
        return folder.getFileName().toString();
    }

    /** The spec. */
    public Path specFile() {
        return folder.resolve("spec.yaml");
    }

    /** How the run came about. */
    public Path provenanceFile() {
        return folder.resolve("provenance.json");
    }

    /** The worker's last word on itself. */
    public Path statusFile() {
        return folder.resolve("status.json");
    }

    /** Where the run is computed, when that is another machine or a queue; otherwise there is no such file. */
    public Path remoteFile() {
        return folder.resolve("remote.json");
    }

    /** One row of numbers a step. */
    public Path metricsFile() {
        return folder.resolve("metrics.jsonl");
    }

    /** TensorBoard event files lie in the run's folder itself. */
    public Path tensorBoardFolder() {
        return folder;
    }

    /** The worker's output. */
    public Path logFile() {
        return folder.resolve("log.txt");
    }

    /** Requests to the worker. */
    public Path controlFolder() {
        return folder.resolve("control");
    }

    /** Checkpoints to resume from. */
    public Path checkpointsFolder() {
        return folder.resolve("checkpoints");
    }

    /** Exports of the teacher. */
    public Path teacherFolder() {
        return folder.resolve("teacher");
    }

    /** The request box. */
    public RunControl control() {
        return new RunControl(controlFolder());
    }

    /** @throws BadInputException when the spec is missing or wrong */
    public TrainSpec readSpec() {
        return TrainSpecs.read(specFile()).spec();
    }

    /** Replaces the spec, with comments. */
    public void writeSpec(TrainSpec spec) throws IOException {
        SpecWriter.write(spec, true, specFile());
    }

    /**
     * The status as it is to be shown: a run whose worker is gone is shown as failed. Of a run that is computed elsewhere
     * this is what was heard last, with when, since silence says nothing about its worker.
     *
     * @throws BadInputException when it is missing or damaged
     */
    public RunStatus status() {
        if (Files.isRegularFile(remoteFile())) {
            return RunStatus.read(statusFile()).heard(Instant.now());
        }
        RunStatus status = RunStatus.read(statusFile()).observed(Instant.now());
        // a worker that ended properly between reading and looking for its process has left its last word by now
        return status.state() == RunState.FAILED ? RunStatus.read(statusFile()).observed(Instant.now()) : status;
    }

    /** Replaces the status. */
    public void writeStatus(RunStatus status) throws IOException {
        status.write(statusFile());
    }

    /** Where the checkpoint of a step lies or would lie. */
    public CheckpointFolder checkpoint(long step) {
        return new CheckpointFolder(checkpointsFolder().resolve("step-" + step), step);
    }

    /** Complete checkpoints, oldest first. */
    public List<CheckpointFolder> checkpoints() throws IOException {
        return allCheckpoints().stream().filter(CheckpointFolder::isComplete).toList();
    }

    /** The complete checkpoint with the highest step. */
    public Optional<CheckpointFolder> latestCheckpoint() throws IOException {
        List<CheckpointFolder> all = checkpoints();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** Removes what a crash left unfinished; to be called by the worker alone, before it writes checkpoints. */
    public void removeIncompleteCheckpoints() throws IOException {
        for (CheckpointFolder checkpoint : allCheckpoints()) {
            if (!checkpoint.isComplete()) {
                checkpoint.delete();
            }
        }
    }

    /**
     * Removes old checkpoints.
     *
     * @param keep how many of the newest complete ones stay, at least 1
     * @param keepForGood steps whose checkpoints stay whatever their age
     */
    public void pruneCheckpoints(int keep, List<Long> keepForGood) throws IOException {
        List<CheckpointFolder> passing = new ArrayList<>(checkpoints());
        passing.removeIf(c -> keepForGood.contains(c.step()));
        for (CheckpointFolder old : passing.subList(0, Math.max(0, passing.size() - Math.max(1, keep)))) {
            old.delete();
        }
    }

    private List<CheckpointFolder> allCheckpoints() throws IOException {
        if (!Files.isDirectory(checkpointsFolder())) {
            return List.of();
        }
        List<CheckpointFolder> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(checkpointsFolder())) {
            files.forEach(file -> {
                Matcher name = STEP.matcher(file.getFileName().toString());
                if (name.matches()) {
                    found.add(new CheckpointFolder(file, Long.parseLong(name.group(1))));
                }
            });
        }
        found.sort(Comparator.comparingLong(CheckpointFolder::step));
        return found;
    }
}
