package org.dinobench.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.dinobench.cluster.Sites;
import org.dinobench.cluster.SlurmCluster;
import org.dinobench.cluster.SshCluster;
import org.dinobench.cluster.check.CheckLine;
import org.dinobench.cluster.check.ClusterCheck;
import org.dinobench.cluster.profile.ClusterProfile;
import org.dinobench.cluster.profile.HostAddress;
import org.dinobench.cluster.profile.ProfileReader;
import org.dinobench.cluster.remote.RemoteRecord;
import org.dinobench.cluster.remote.RemoteRuns;
import org.dinobench.cluster.site.Site;
import org.dinobench.cluster.ssh.SshConnector;
import org.dinobench.core.catalog.Manifest;
import org.dinobench.core.catalog.ManifestEntry;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.run.RunState;
import org.dinobench.core.run.RunStatus;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.core.spec.train.TrainSpecResolver;
import org.dinobench.core.spec.train.TrainSpecs;
import org.dinobench.core.workspace.RunDirectory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real command line on two hosts with SSH servers, and under a real Slurm, all in namespaces of this machine. */
class ClusterHostsTest {
    private static final int CANNOT = 77;
    private static final List<String> SMALL = List.of(
            "student.arch=vit_micro",
            "crops.global_crops_size=32",
            "crops.local_crops_size=16",
            "crops.local_crops_number=2",
            "crops.image_size=40",
            "dino.head_n_prototypes=32",
            "dino.head_hidden_dim=32",
            "dino.head_bottleneck_dim=16",
            "ibot.head_n_prototypes=32",
            "ibot.head_hidden_dim=32",
            "ibot.head_bottleneck_dim=16",
            "train.batch_size_per_gpu=8",
            "train.num_workers=1",
            "train.eval_every=0",
            "train.minutes=0.25",
            "optim.warmup_steps=1",
            "optim.steps=100000");

    private static Path hosts;
    private static String a;
    private static String b;

    @TempDir
    Path folder;

    @BeforeAll
    static void up() throws Exception {
        hosts = Files.createTempDirectory("dinobench-hosts");
        List<String> lines = script("two-hosts.sh", "up");
        a = lines.get(lines.size() - 2).split(" ")[1];
        b = lines.get(lines.size() - 1).split(" ")[1];
    }

    @AfterAll
    static void down() throws Exception {
        if (Files.isDirectory(hosts.resolve("slurm"))) {
            script("slurm.sh", "down");
        }
        script("two-hosts.sh", "down");
        new ProcessBuilder("rm", "-rf", hosts.toString()).start().waitFor();
    }

    private static List<String> script(String name, String action) throws Exception {
        Path script =
                Path.of(System.getProperty("dinobench.root"), "tests", "org.dinobench.cluster.tests", "scripts", name);
        // servers keep the output open: a file is no pipe that would be waited for
        Path output = Files.createTempFile("dinobench-script", ".txt");
        Process process = new ProcessBuilder("bash", script.toString(), action, hosts.toString())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(240, TimeUnit.SECONDS);
        String text = Files.readString(output, StandardCharsets.UTF_8).strip();
        Files.delete(output);
        if (ended && process.exitValue() == CANNOT) {
            System.out.println("ClusterHostsTest is skipped, because " + text);
            abort(text);
        }
        assertTrue(ended && process.exitValue() == 0, name + " " + action + ": " + text);
        return text.lines().toList();
    }

    private Path profile(String text) throws IOException {
        StringBuilder all = new StringBuilder(text);
        all.append("key: ").append(hosts.resolve("client_key"));
        all.append("\nknown_hosts: ").append(hosts.resolve("known_hosts"));
        all.append("\nproduct: ").append(ClassPathProduct.FOLDER);
        all.append("\njava: ").append(System.getProperty("java.home")).append("/bin/java\nenvironment:\n");
        product().variables().forEach((name, value) -> all.append("  ")
                .append(name)
                .append(": \"")
                .append(value)
                .append("\"\n"));
        return Files.writeString(folder.resolve("profile.yaml"), all);
    }

    private static ClassPathProduct product() {
        return new ClassPathProduct(hosts.resolve("outside"));
    }

    private static List<String> texts(List<CheckLine> lines) {
        return lines.stream().map(CheckLine::text).toList();
    }

    @Test
    void twoHostsAddUpTheirRanks() throws Exception {
        ClusterProfile profile = ProfileReader.read(
                profile("kind: ssh\nhosts: [root@" + a + ", root@" + b + "]\nranks: 2\nruns: " + hosts + "/runs\n"));
        List<CheckLine> lines = new ClusterCheck(
                        profile, new Sites(profile), new SshCluster(), product(), false, JobMonitor.NONE)
                .run(List.of("cluster", "probe"));
        assertTrue(
                lines.stream().allMatch(l -> l.outcome() == CheckLine.Outcome.GOOD), String.join("\n", texts(lines)));
        assertTrue(
                lines.get(lines.size() - 1).found().endsWith(": 2, the first one on dino-a"),
                lines.get(lines.size() - 1).text());
        assertTrue(
                texts(lines).stream().anyMatch(l -> l.contains("all hosts, runs") && l.contains("the same folder")),
                String.join("\n", texts(lines)));
    }

    @Test
    void aFolderThatIsNotSharedIsFoundAndTheCommandSaysWhatToRepair() throws Exception {
        // each host has a home of its own; the claim that it is shared is wrong
        Path file = profile("kind: ssh\nhosts: [root@" + a + ", root@" + b + "]\nranks: 2\nshared_folder: true\n");
        CommandLineRun run = CommandLineRun.of(List.of("cluster", "check", file.toString(), "--json"));
        assertEquals(CliApplication.BAD_INPUT, run.code(), run.said());
        ObjectNode node =
                org.dinobench.core.io.Json.parseObject("output", run.printed().strip());
        assertEquals(false, node.path("good").asBoolean(true));
        List<String> repairs = new ArrayList<>();
        node.path("lines").forEach(line -> {
            if (line.path("outcome").asText().equals("repair")) {
                repairs.add(
                        line.path("what").asText() + ": " + line.path("repair").asText());
            }
        });
        assertEquals(
                List.of("all hosts, runs: name a folder of a shared file system with runs:"), repairs, run.printed());
        CommandLineRun closed = CommandLineRun.of(List.of(
                "cluster",
                "check",
                Files.writeString(
                                folder.resolve("closed.yaml"),
                                "kind: ssh\nhosts: [\"root@" + a + ":2\"]\nkey: " + hosts.resolve("client_key") + "\n")
                        .toString()));
        assertEquals(CliApplication.BAD_INPUT, closed.code());
        assertTrue(
                closed.printed().contains("REPAIR   root@" + a + ":2, login: it cannot be reached"), closed.printed());
    }

    @Test
    void aTrainingUnderSlurmGoesOnAfterTheWarningAndIsFollowedFromHere() throws Exception {
        script("slurm.sh", "up");
        Path images = folder.resolve("images; it's");
        DrawnPictures.draw(images, "a", 16);
        List<ManifestEntry> entries = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            entries.add(ManifestEntry.of(
                    images.resolve("a").resolve("picture " + i + ".png").toString(), "a"));
        }
        Path manifest = folder.resolve("manifest.csv");
        Manifest.write(manifest, entries);
        TrainSpec spec =
                TrainSpecs.load(Optional.of("quick"), Optional.empty(), SMALL).spec();
        RunDirectory run = RunDirectory.create(
                folder.resolve("a run; it's"),
                TrainSpecResolver.resolve(spec, 16, 1, 1).spec());
        Path file = profile("kind: slurm\nhosts: [root@" + a + "]\nslurm: {time_minutes: 30}\n");
        RemoteRuns runs = new RemoteRuns(List.of(new SlurmCluster()), product());
        RemoteRecord record = runs.start(file, run, "train", manifest, JobMonitor.NONE);
        assertTrue(record.folder().startsWith(System.getProperty("user.home") + "/dinobench/runs/"), record.folder());
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        Thread warning = new Thread(() -> warnOnceItTrains(run, record.job()));
        warning.start();
        RunStatus status = runs.follow(run, JobMonitor.NONE, heard::add);
        warning.join();
        String log = Files.readString(run.logFile());
        assertEquals(RunState.FINISHED, status.state(), log);
        assertTrue(log.contains("Back to the queue"), log);
        assertTrue(log.contains("Resumed from the checkpoint of step"), log);
        assertTrue(log.contains("Finished after"), log);
        assertEquals("dino-a", RunStatus.read(run.statusFile()).host());
        assertTrue(heard.stream().anyMatch(line -> line.contains("Finished after")), heard.toString());
        List<String> numbers = Files.readAllLines(run.metricsFile());
        assertEquals(status.step(), numbers.size(), "one line for each step, once");
        assertTrue(Files.isRegularFile(run.provenanceFile()));
        assertTrue(RemoteRecord.read(run).ended());
    }

    /** Sends what Slurm sends before the limit; its own clock, which looks twice a minute, is tested with the launcher. */
    private static void warnOnceItTrains(RunDirectory run, String job) {
        try {
            for (int i = 0; i < 600 && !Files.exists(run.metricsFile()); i++) {
                Thread.sleep(100);
            }
            try (Site head = new SshConnector(
                            Optional.empty(), Optional.of(hosts.resolve("client_key")), hosts.resolve("known_hosts"))
                    .connect(HostAddress.parse("test", "root@" + a))) {
                head.run("scancel", "--batch", "--signal=USR1", job);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
