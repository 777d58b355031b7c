package org.dinobench.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.SpecSchema;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.core.workspace.RunDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunProtocolTest {
    @TempDir
    Path folder;

    private static RunStatus running() {
        return RunStatus.ofThisProcess(
                RunState.RUNNING, 10, 100, OptionalDouble.of(90), OptionalDouble.empty(), "Training");
    }

    private static RunStatus with(RunStatus s, long pid, Optional<Instant> start, String host, Instant heartbeat) {
        return new RunStatus(
                s.state(),
                s.step(),
                s.total(),
                s.etaSeconds(),
                s.imagesPerSecond(),
                pid,
                start,
                host,
                heartbeat,
                s.message());
    }

    @Test
    void statusSurvivesWritingAndReading() throws Exception {
        Path file = folder.resolve("status.json");
        assertEquals(Optional.empty(), RunStatus.readIfPresent(file));
        RunStatus status = running();
        status.write(file);
        assertEquals(status, RunStatus.read(file));
        assertEquals(.1, status.share());
        Files.writeString(file, "{\"state\": \"dancing\"}");
        assertThrows(BadInputException.class, () -> RunStatus.read(file));
        Files.writeString(file, "{\"state\": \"runn");
        assertThrows(BadInputException.class, () -> RunStatus.read(file));
    }

    @Test
    void aLivingWorkerIsShownAsItSays() {
        RunStatus old = with(
                running(),
                ProcessHandle.current().pid(),
                ProcessHandle.current().info().startInstant(),
                HostName.get(),
                Instant.now().minus(Duration.ofHours(1)));
        assertEquals(RunState.RUNNING, old.observed(Instant.now()).state());
        assertTrue(old.process().isPresent());
    }

    @Test
    void aWorkerThatIsGoneEndedWithoutAWord() throws Exception {
        Process child = new ProcessBuilder("sleep", "60").start();
        RunStatus status =
                with(running(), child.pid(), child.toHandle().info().startInstant(), HostName.get(), Instant.now());
        assertEquals(RunState.RUNNING, status.observed(Instant.now()).state());
        child.destroyForcibly().waitFor();
        RunStatus shown = status.observed(Instant.now());
        assertEquals(RunState.FAILED, shown.state());
        assertTrue(shown.message().contains("without a word at step 10"), shown.message());
        RunStatus finished = status.with(RunState.FINISHED, "Done");
        assertEquals(finished, finished.observed(Instant.now()));
    }

    @Test
    void theEndOfAWorkerIsToldInWords(@TempDir Path folder) throws Exception {
        Path counter = Files.writeString(folder.resolve("vmstat"), "pgfault 7\noom_kill 3\n");
        WorkerEnd end = WorkerEnd.watch(List.of(counter, folder.resolve("none")));
        assertTrue(end.words(137).contains("killed from outside (signal 9)"), end.words(137));
        assertTrue(end.words(134).contains("signal 6") && end.words(134).contains("memory"), end.words(134));
        assertTrue(end.words(139).contains("fault in native code"), end.words(139));
        assertTrue(end.words(143).contains("signal 15"), end.words(143));
        assertTrue(end.words(1).contains("exit code 1"), end.words(1));
        Files.writeString(counter, "pgfault 9\noom_kill 4\n");
        assertTrue(end.words(137).contains("by the system for want of memory"), end.words(137));
    }

    @Test
    void aLastWordOfTheWorkerItselfStays(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("status.json");
        Process child = new ProcessBuilder("sleep", "60").start();
        RunStatus running =
                with(running(), child.pid(), child.toHandle().info().startInstant(), HostName.get(), Instant.now());
        child.destroyForcibly().waitFor();
        WorkerEnd end = WorkerEnd.watch();
        assertEquals(Optional.empty(), end.leaveLastWord(file, 137));
        running.with(RunState.STOPPED, "Stopped on request").write(file);
        assertEquals(Optional.empty(), end.leaveLastWord(file, 137));
        running.write(file);
        String said = end.leaveLastWord(file, 137).orElseThrow();
        assertEquals(said, RunStatus.read(file).message());
        assertTrue(said.contains("at step 10") && said.contains("can be resumed"), said);
    }

    @Test
    void aRecycledProcessIdIsNotMistaken() {
        Instant start = ProcessHandle.current().info().startInstant().orElseThrow();
        RunStatus status = with(
                running(),
                ProcessHandle.current().pid(),
                Optional.of(start.minusSeconds(60)),
                HostName.get(),
                Instant.now());
        assertEquals(Optional.empty(), status.process());
        assertEquals(RunState.FAILED, status.observed(Instant.now()).state());
    }

    @Test
    void elsewhereTheHeartbeatDecides() {
        Instant now = Instant.now();
        RunStatus fresh = with(running(), 1, Optional.empty(), "elsewhere", now.minusSeconds(30));
        RunStatus stale = with(running(), 1, Optional.empty(), "elsewhere", now.minusSeconds(90));
        assertEquals(RunState.RUNNING, fresh.observed(now).state());
        assertEquals(RunState.FAILED, stale.observed(now).state());
    }

    @Test
    void aRunThatIsFollowedFromAfarIsShownAsItWasHeardOfLast() throws Exception {
        RunDirectory run = RunDirectory.create(
                folder.resolve("run"), SpecSchema.of(TrainSpec.class).defaults());
        Instant before = Instant.now().minusSeconds(3600);
        run.writeStatus(with(running(), 1, Optional.empty(), "elsewhere", before));
        assertEquals(RunState.FAILED, run.status().state(), "a run of this workspace whose worker is silent");
        Files.writeString(run.remoteFile(), "{}");
        assertEquals(RunState.RUNNING, run.status().state());
        assertTrue(
                run.status().message().startsWith("Training (last heard of at "),
                run.status().message());
        run.writeStatus(with(running(), 1, Optional.empty(), "elsewhere", Instant.now()));
        assertEquals("Training", run.status().message());
    }

    @Test
    void requestsAreTakenOnceAndInOrder() throws Exception {
        RunControl control = new RunControl(folder.resolve("control"));
        assertEquals(Optional.empty(), control.take());
        List<RunCommand> asked =
                List.of(RunCommand.PAUSE, RunCommand.RESUME, RunCommand.CHECKPOINT, RunCommand.STOP, RunCommand.PAUSE);
        for (RunCommand command : asked) {
            control.request(command);
        }
        Files.writeString(folder.resolve("control/readme.txt"), "not a request");
        Files.writeString(folder.resolve("control/00000000000000000001-1-000000-dance.request"), "unknown");
        List<RunCommand> taken = new ArrayList<>();
        for (Optional<RunCommand> next = control.take(); next.isPresent(); next = control.take()) {
            taken.add(next.get());
        }
        assertEquals(asked, taken);
        control.request(RunCommand.STOP);
        control.clear();
        assertEquals(Optional.empty(), control.take());
    }

    @Test
    void twoTakersNeverGetTheSameRequest() throws Exception {
        Path box = folder.resolve("control");
        for (int i = 0; i < 100; i++) {
            new RunControl(box).request(RunCommand.CHECKPOINT);
        }
        ExecutorService pool = Executors.newFixedThreadPool(4);
        List<Future<Integer>> counts = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            counts.add(pool.submit(() -> {
                int n = 0;
                while (new RunControl(box).take().isPresent()) {
                    n++;
                }
                return n;
            }));
        }
        int total = 0;
        for (Future<Integer> count : counts) {
            total += count.get();
        }
        pool.shutdown();
        assertEquals(100, total);
    }

    @Test
    void commandsHaveWords() {
        assertEquals(RunCommand.STOP, RunCommand.of("stop"));
        assertThrows(BadInputException.class, () -> RunCommand.of("halt"));
    }
}
