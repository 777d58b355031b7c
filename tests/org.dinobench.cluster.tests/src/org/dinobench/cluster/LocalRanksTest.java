package org.dinobench.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.dinobench.core.run.HostName;
import org.dinobench.core.run.RunState;
import org.dinobench.core.run.RunStatus;
import org.dinobench.core.spec.SpecSchema;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.core.workspace.RunDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalRanksTest {
    @TempDir
    Path folder;

    private RunDirectory run;
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void makeRun() throws IOException {
        boolean there = LocalRanks.Programs.onPath("mpirun").isPresent();
        if (!there) {
            System.out.println("Skipped: mpirun is not installed (Debian: apt-get install openmpi-bin)");
        }
        assumeTrue(there, "mpirun is not installed");
        run = RunDirectory.create(
                folder.resolve("run"), SpecSchema.of(TrainSpec.class).defaults());
    }

    /** A program of a few lines in place of a worker. */
    private WorkerCommand worker(String lines, String... arguments) throws IOException {
        Path script = folder.resolve("worker.sh");
        Files.writeString(script, "#!/bin/sh\n" + lines + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        return new WorkerCommand(command, folder, Map.of("HERE", folder.toString()));
    }

    private long files(String beginning) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(beginning))
                    .count();
        }
    }

    @Test
    void everyRankRunsWithArgumentsThatNoShellHasSeen() throws Exception {
        String strange = "it's \"quoted\"; touch gone $(touch gone) `touch gone` & b";
        int code = new LocalRanks(3, 0, told::add)
                .run(
                        worker(
                                "printf %s \"$1\" > \"$HERE/rank-$OMPI_COMM_WORLD_RANK-of-$OMPI_COMM_WORLD_SIZE\"",
                                strange),
                        run,
                        () -> false);
        assertEquals(0, code);
        for (int rank = 0; rank < 3; rank++) {
            assertEquals(strange, Files.readString(folder.resolve("rank-" + rank + "-of-3")));
        }
        assertEquals(0, files("gone"));
    }

    @Test
    void javaGetsItsOptionsAsTheyAre() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        WorkerCommand version = new WorkerCommand(
                List.of(java, "-Dorg.bytedeco.javacpp.cachedir=" + folder, "-Dother=1", "--version"), folder, Map.of());
        assertEquals(0, new LocalRanks(2, 0, told::add).run(version, run, () -> false));
    }

    @Test
    void theJobStartsAgainAsOftenAsIsAllowed() throws Exception {
        // the third start succeeds
        String lines = "if [ $OMPI_COMM_WORLD_RANK = 1 ]; then n=$(ls \"$HERE\" | grep -c start-);"
                + " touch \"$HERE/start-$n\"; [ $n = 2 ] || kill -9 $$; fi";
        assertEquals(0, new LocalRanks(2, 2, told::add).run(worker(lines), run, () -> false));
        assertEquals(3, files("start-"));
        assertEquals(2, told.size());
        assertTrue(told.get(0).contains("signal 9"), told.toString());
        assertTrue(told.get(0).contains("starting all 2 again from the beginning"), told.toString());
    }

    @Test
    void aLostRankEndsTheJobWhenNoStartIsLeft() throws Exception {
        String lines = "if [ $OMPI_COMM_WORLD_RANK = 0 ]; then kill -9 $$; fi; sleep 60";
        long begin = System.nanoTime();
        int code = new LocalRanks(2, 0, told::add).run(worker(lines), run, () -> false);
        assertTrue(code != 0);
        assertTrue(System.nanoTime() - begin < 50_000_000_000L, "the other rank was waited for");
        assertEquals(1, told.size());
        assertTrue(told.get(0).contains("signal 9"), told.toString());
        assertEquals(RunState.CREATED, run.status().state(), "a run that nobody worked on has no last word");
    }

    @Test
    void theRunSaysThatARankWasKilledAndWhatToDo() throws Exception {
        // rank 0 says that it is at work, as a training does, and rank 1 is killed as the system kills
        Process teller = new ProcessBuilder("sleep", "60").start();
        run.writeStatus(new RunStatus(
                RunState.RUNNING,
                12,
                20,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                teller.pid(),
                teller.toHandle().info().startInstant(),
                HostName.get(),
                Instant.now(),
                "Training"));
        String lines = "if [ $OMPI_COMM_WORLD_RANK = 1 ]; then kill -9 " + teller.pid() + "; kill -9 $$; fi; sleep 60";
        assertEquals(137, new LocalRanks(2, 0, told::add).run(worker(lines), run, () -> false));
        RunStatus status = RunStatus.read(run.statusFile());
        assertEquals(RunState.FAILED, status.state());
        for (String word : List.of("signal 9", "memory", "at step 12", "train.batch_size_per_gpu", "can be resumed")) {
            assertTrue(status.message().contains(word), word + ": " + status.message());
        }
        assertEquals(List.of(status.message()), told);
    }

    @Test
    void wrongInputIsNotTriedAgain() throws Exception {
        assertEquals(2, new LocalRanks(2, 5, told::add).run(worker("exit 2"), run, () -> false));
        assertTrue(told.isEmpty());
    }

    @Test
    void aWishToStopReachesTheRunAndIsAwaited() throws Exception {
        String lines = "while [ -z \"$(ls \"$HERE/run/control\")\" ]; do sleep 0.05; done; exit 3";
        assertEquals(3, new LocalRanks(2, 5, told::add).run(worker(lines), run, () -> true));
        assertTrue(told.isEmpty());
    }
}
