package org.dinobench.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.dinobench.core.io.Json;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.run.HostName;
import org.dinobench.core.run.RunCommand;
import org.dinobench.core.run.RunState;
import org.dinobench.core.run.RunStatus;
import org.dinobench.core.spec.train.TrainPresets;
import org.dinobench.core.workspace.RunDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalLauncherTest {
    @TempDir
    Path folder;

    private final LocalLauncher launcher = new LocalLauncher();
    private RunDirectory run;
    private WorkerHandle worker;

    @BeforeEach
    void create() throws Exception {
        run = RunDirectory.create(
                folder.resolve("it's; a $(run)"), TrainPresets.of("quick").spec());
    }

    @AfterEach
    void end() throws Exception {
        if (worker != null && worker.isAlive()) {
            worker.kill();
            worker.awaitEnd(Duration.ofSeconds(10));
        }
        if (worker != null) {
            awaitLastWord();
        }
    }

    /** The launcher writes the last word of a killed worker, into a folder that must not go before. */
    private void awaitLastWord() throws Exception {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (RunStatus.read(run.statusFile()).state().isAlive()
                && !run.status().state().isAlive()
                && System.nanoTime() < deadline) {
            Thread.sleep(20);
        }
        while (RunStatus.read(run.statusFile()).message().contains("signal")
                && !Files.readString(run.logFile()).contains("signal")
                && System.nanoTime() < deadline) {
            Thread.sleep(20);
        }
    }

    private WorkerCommand command(String... more) throws Exception {
        Set<String> places = new LinkedHashSet<>();
        ClassLoader core = Json.class.getClassLoader();
        Class<?> databind = core.loadClass("com.fasterxml.jackson.databind.JsonNode");
        for (Class<?> type : List.of(
                TestWorker.class,
                Json.class,
                databind,
                core.loadClass("com.fasterxml.jackson.core.JsonParser"),
                databind.getClassLoader().loadClass("com.fasterxml.jackson.annotation.JsonInclude"))) {
            places.add(place(type));
        }
        List<String> arguments = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                String.join(File.pathSeparator, places),
                TestWorker.class.getName(),
                run.folder().toString()));
        arguments.addAll(List.of(more));
        return WorkerCommand.of(arguments, folder);
    }

    private static String place(Class<?> type) throws URISyntaxException {
        Path place =
                Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        Path classes = place.resolve("target").resolve("classes");
        return (Files.isDirectory(classes) ? classes : place).toString();
    }

    private void startAndAwaitFirstStep(String... more) throws Exception {
        worker = launcher.start(command(more).with("EXTRA", "a b;c"), run);
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (!Files.exists(run.folder().resolve("ready")) && worker.isAlive() && System.nanoTime() < deadline) {
            Thread.sleep(20);
        }
        assertTrue(Files.exists(run.folder().resolve("ready")), Files.readString(run.logFile()));
    }

    @Test
    void aWorkerRunsLogsAndStopsOnRequest() throws Exception {
        run.control().request(RunCommand.STOP); // meant for an earlier worker: must not stop this one
        startAndAwaitFirstStep("quote ' \" $HOME; rm -rf x", "ü 한");
        assertTrue(worker.isAlive());
        assertEquals(RunState.RUNNING, worker.status().state());
        assertEquals(worker.pid(), worker.status().pid());
        worker.stop();
        assertTrue(worker.awaitEnd(Duration.ofSeconds(20)));
        assertEquals(RunState.STOPPED, worker.status().state());
        String log = Files.readString(run.logFile());
        assertTrue(log.contains("worker says hello"), log);
        assertTrue(log.contains("argument quote ' \" $HOME; rm -rf x"), log);
        assertTrue(log.contains("arenas 1, extra a b;c"), log);
        assertTrue(log.contains("input ends with -1"), log);
        assertEquals(Optional.empty(), launcher.find(run));
    }

    @Test
    void aSecondWorkerOnTheSameRunIsRefused() throws Exception {
        startAndAwaitFirstStep();
        BadInputException e = assertThrows(BadInputException.class, () -> launcher.start(command(), run));
        assertTrue(e.problem().contains("a worker already"), e.problem());
    }

    @Test
    void aRunIsFoundAgainAndAKillIsSeen() throws Exception {
        startAndAwaitFirstStep();
        WorkerHandle found =
                new LocalLauncher().find(RunDirectory.open(run.folder())).orElseThrow();
        assertEquals(worker.pid(), found.pid());
        assertEquals(
                0,
                new ProcessBuilder("kill", "-9", Long.toString(found.pid()))
                        .start()
                        .waitFor());
        assertTrue(found.awaitEnd(Duration.ofSeconds(10)));
        RunStatus shown = found.status();
        assertEquals(RunState.FAILED, shown.state());
        assertTrue(shown.message().contains("memory"), shown.message());
        // the launcher that started it knows how it ended, and writes it down for everybody
        awaitLastWord();
        RunStatus written = RunStatus.read(run.statusFile());
        assertEquals(RunState.FAILED, written.state());
        for (String word : List.of("signal 9", "memory", "train.batch_size_per_gpu", "can be resumed")) {
            assertTrue(written.message().contains(word), word + ": " + written.message());
        }
        assertTrue(Files.readString(run.logFile()).contains(written.message()));
        assertEquals(Optional.empty(), launcher.find(run));
        // and it can be started again; its log goes on
        Files.delete(run.folder().resolve("ready"));
        startAndAwaitFirstStep();
        assertEquals(
                2,
                Files.readAllLines(run.logFile()).stream()
                        .filter(l -> l.contains("hello"))
                        .count());
    }

    @Test
    void aWorkerHasASessionOfItsOwn() throws Exception {
        if (!Files.isDirectory(Path.of("/proc/self")) || !Files.exists(Path.of("/usr/bin/setsid"))) {
            System.out.println("LocalLauncherTest: sessions are not checked, because /proc or setsid is missing");
            return;
        }
        startAndAwaitFirstStep();
        String stat = Files.readString(Path.of("/proc/" + worker.pid() + "/stat"));
        String session = stat.substring(stat.lastIndexOf(')') + 2).split(" ")[3];
        assertEquals(Long.toString(worker.pid()), session);
    }

    @Test
    void killTakesTheChildrenToo() throws Exception {
        worker = launcher.start(WorkerCommand.of(List.of("sh", "-c", "sleep 300 & echo $!; wait"), folder), run);
        long deadline = System.nanoTime() + 10_000_000_000L;
        String text = "";
        while (!text.endsWith("\n") && System.nanoTime() < deadline) {
            Thread.sleep(20);
            text = Files.readString(run.logFile());
        }
        ProcessHandle child = ProcessHandle.of(Long.parseLong(text.strip())).orElseThrow();
        worker.kill();
        assertTrue(worker.awaitEnd(Duration.ofSeconds(10)));
        deadline = System.nanoTime() + 10_000_000_000L;
        while (child.isAlive() && !isZombie(child.pid()) && System.nanoTime() < deadline) {
            Thread.sleep(20);
        }
        assertFalse(child.isAlive() && !isZombie(child.pid()));
    }

    /** Where nothing reaps orphans, as in a plain container, the dead child stays in the process table. */
    private static boolean isZombie(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.substring(stat.lastIndexOf(')') + 2).startsWith("Z");
        } catch (java.io.IOException e) {
            return false;
        }
    }

    @Test
    void aRecycledProcessIdIsNotTakenForTheWorker() throws Exception {
        ProcessHandle self = ProcessHandle.current();
        run.writeStatus(new RunStatus(
                RunState.RUNNING,
                5,
                10,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                self.pid(),
                Optional.of(self.info().startInstant().orElseThrow().minusSeconds(3600)),
                HostName.get(),
                Instant.now(),
                "Training"));
        assertEquals(Optional.empty(), launcher.find(run));
        assertEquals(RunState.FAILED, run.status().state());
    }

    @Test
    void aProgramThatIsNotThereIsTold() throws Exception {
        for (String program : List.of("no-such-program-here", "./nothing", "/no/where")) {
            BadInputException e = assertThrows(
                    BadInputException.class, () -> launcher.start(WorkerCommand.of(List.of(program), folder), run));
            assertTrue(e.problem().contains("no such program"), e.problem());
        }
        assertEquals(RunState.CREATED, run.status().state());
        assertThrows(
                BadInputException.class,
                () -> launcher.start(WorkerCommand.of(List.of("sh"), folder.resolve("absent")), run));
        assertThrows(IllegalArgumentException.class, () -> WorkerCommand.of(List.of(), folder));
    }
}
