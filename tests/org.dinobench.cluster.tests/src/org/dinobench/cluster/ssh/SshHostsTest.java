package org.dinobench.cluster.ssh;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.dinobench.cluster.JobOrder;
import org.dinobench.cluster.JobState;
import org.dinobench.cluster.ProductProgram;
import org.dinobench.cluster.SshCluster;
import org.dinobench.cluster.TwoHosts;
import org.dinobench.cluster.profile.ClusterProfile;
import org.dinobench.cluster.profile.HostAddress;
import org.dinobench.cluster.profile.ProfileReader;
import org.dinobench.cluster.remote.RunMirror;
import org.dinobench.cluster.site.CommandResult;
import org.dinobench.cluster.site.Site;
import org.dinobench.cluster.stage.DataStage;
import org.dinobench.cluster.stage.ProductStage;
import org.dinobench.cluster.stage.Staging;
import org.dinobench.core.catalog.Manifest;
import org.dinobench.core.catalog.ManifestEntry;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.run.RunCommand;
import org.dinobench.core.spec.train.TrainPresets;
import org.dinobench.core.workspace.RunDirectory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two real SSH servers, each in a network, with a host name and a home folder of its own. */
class SshHostsTest {
    /** Of root, as here so on the hosts. */
    private static final String HOME = System.getProperty("user.home");

    private static final String AWKWARD = "it's \"a\"; touch gone $(touch gone)\n*";

    private static TwoHosts hosts;

    @TempDir
    Path folder;

    @BeforeAll
    static void up() throws Exception {
        hosts = TwoHosts.up();
    }

    @AfterAll
    static void down() throws Exception {
        if (hosts != null) {
            hosts.close();
        }
    }

    private static SshConnector connector(Path knownHosts) {
        return new SshConnector(Optional.empty(), Optional.of(hosts.key()), knownHosts);
    }

    @Test
    void commandsRunThereAndGetTheirArgumentsAsTheyAre() throws Exception {
        try (Site a = hosts.open(hosts.a());
                Site b = hosts.open(hosts.b())) {
            assertEquals("dino-a", a.run("hostname").out().strip());
            assertEquals("dino-b", b.run("hostname").out().strip());
            assertEquals(HOME, a.home());
            assertEquals(HOME + "/x", a.absolute("~/x"));
            assertEquals(AWKWARD, a.run("printf", "%s", AWKWARD).out());
            assertEquals(
                    List.of(),
                    a.list(".", 1).stream().filter(f -> f.path().equals("gone")).toList());
            CommandResult failed = a.run("sh", "-c", "echo out; echo wrong >&2; exit 7");
            assertEquals(7, failed.code());
            assertEquals("wrong", failed.lastWords());
            byte[] input = "from here".getBytes(StandardCharsets.UTF_8);
            assertEquals(
                    "from here",
                    a.run(List.of("cat"), input, Duration.ofSeconds(10)).out());
            assertEquals(
                    CommandResult.TOO_LONG,
                    a.run(List.of("sleep", "60"), new byte[0], Duration.ofMillis(300))
                            .code());
        }
    }

    @Test
    void hostsThatAreNotKnownAreRefused() throws Exception {
        Path nobody = Files.createFile(folder.resolve("nobody"));
        BadInputException unknown =
                assertThrows(BadInputException.class, () -> connector(nobody).connect(hosts.a()));
        assertTrue(unknown.problem().contains("is not in"), unknown.getMessage());
        assertTrue(unknown.remedy().contains("fingerprint"), unknown.getMessage());
        assertEquals("", Files.readString(nobody), "nothing is added to the file");
        // the key of b for the address of a
        List<String> lines = Files.readAllLines(hosts.knownHosts());
        String wrong = hosts.a().host() + lines.get(1).substring(lines.get(1).indexOf(' '));
        Path changed = Files.writeString(folder.resolve("changed"), wrong + "\n");
        BadInputException other =
                assertThrows(BadInputException.class, () -> connector(changed).connect(hosts.a()));
        assertTrue(other.problem().contains("another one"), other.getMessage());
        assertTrue(other.remedy().contains("ssh-keygen -R"), other.getMessage());
        assertEquals(wrong + "\n", Files.readString(changed));
    }

    @Test
    void hashedNamesInKnownHostsAreUnderstood() throws Exception {
        Path hashed = Files.copy(hosts.knownHosts(), folder.resolve("hashed"));
        assertEquals(
                0,
                new ProcessBuilder("ssh-keygen", "-q", "-H", "-f", hashed.toString())
                        .start()
                        .waitFor());
        assertFalse(Files.readString(hashed).contains(hosts.a().host()));
        try (Site a = connector(hashed).connect(hosts.a())) {
            assertTrue(a.run("true").ok());
        }
    }

    @Test
    void keysThatAreNotLetInAreTold() throws Exception {
        Path other = folder.resolve("other");
        assertEquals(0, keygen(other, ""));
        BadInputException e = assertThrows(
                BadInputException.class,
                () -> new SshConnector(Optional.empty(), Optional.of(other), hosts.knownHosts()).connect(hosts.a()));
        assertTrue(e.problem().contains("none of the keys"), e.getMessage());
        assertTrue(e.remedy().contains("ssh-copy-id"), e.getMessage());
        Path locked = folder.resolve("locked");
        assertEquals(0, keygen(locked, "a passphrase"));
        BadInputException passphrase = assertThrows(
                BadInputException.class,
                () -> new SshConnector(Optional.empty(), Optional.of(locked), hosts.knownHosts()).connect(hosts.a()));
        assertTrue(passphrase.remedy().contains("ssh-add"), passphrase.getMessage());
        HostAddress nobody = new HostAddress(Optional.empty(), hosts.a().host(), 2);
        assertTrue(assertThrows(BadInputException.class, () -> hosts.open(nobody))
                .problem()
                .contains("cannot be reached"));
    }

    private static int keygen(Path file, String passphrase) throws Exception {
        return new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-f", file.toString())
                .start()
                .waitFor();
    }

    @Test
    void theAgentsKeysAreUsed() throws Exception {
        Path socket = folder.resolve("agent");
        Process agent = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("agent.txt").toFile())
                .start();
        try {
            for (int i = 0; i < 100 && !Files.exists(socket); i++) {
                Thread.sleep(20);
            }
            SshConnector connector = new SshConnector(Optional.of(socket), Optional.empty(), hosts.knownHosts());
            ProcessBuilder add = new ProcessBuilder("ssh-add", "-q", hosts.key().toString());
            add.environment().put("SSH_AUTH_SOCK", socket.toString());
            assertEquals(0, add.start().waitFor());
            try (Site a = connector.connect(hosts.a())) {
                assertEquals("dino-a", a.run("hostname").out().strip());
                // it is not handed on
                assertEquals(
                        "", a.run("sh", "-c", "printf %s \"$SSH_AUTH_SOCK\"").out());
            }
        } finally {
            agent.destroy();
            agent.waitFor();
        }
    }

    @Test
    void onlyWhatChangedIsBrought() throws Exception {
        Map<String, Path> files = new TreeMap<>();
        for (String name : List.of("one", "sub/it's; two", "three\nlines")) {
            Path file = folder.resolve("from").resolve(name);
            Files.createDirectories(file.getParent());
            files.put(name, Files.writeString(file, "content of " + name));
            Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1_700_000_000)));
        }
        try (Site a = hosts.open(hosts.a())) {
            String root = "stage " + AWKWARD.replace("\n", "");
            Staging staging = new Staging(a, root, JobMonitor.NONE);
            assertEquals(3, bring(staging, files).sent());
            assertEquals("content of sub/it's; two", text(a, root + "/sub/it's; two"));
            assertEquals(0, bring(staging, files).sent());
            // the same size at the same time: only the hash tells
            Path one = files.get("one");
            FileTime before = Files.getLastModifiedTime(one);
            Files.writeString(one, "CONTENT of one");
            Files.setLastModifiedTime(one, before);
            assertEquals(1, bring(staging, files).sent());
            assertEquals("CONTENT of one", text(a, root + "/one"));
            // changed over there
            a.write(root + "/one", "content of ONE".getBytes(StandardCharsets.UTF_8));
            assertEquals(1, bring(staging, files).sent());
            // the list is lost, as by an interrupted transfer: hashes over there spare the sending
            a.run("rm", "--", a.absolute(root) + "/" + Staging.LIST);
            assertEquals(0, bring(staging, files).sent());
            // a file that is no longer wanted goes
            files.remove("three\nlines");
            bring(staging, files);
            assertEquals(Optional.empty(), a.size(root + "/three\nlines"));
            assertThrows(BadInputException.class, () -> bring(staging, Map.of("../out", one)));
        }
    }

    private static Staging.Report bring(Staging staging, Map<String, Path> files) throws IOException {
        return staging.bring(files, Staging.hashes(files, JobMonitor.NONE), true);
    }

    private static String text(Site site, String path) throws IOException {
        return new String(site.read(path, 0, 1 << 20), StandardCharsets.UTF_8);
    }

    @Test
    void aNewBuildOfTheProductSendsWhatIsNewAndLeavesTheOldOne() throws Exception {
        Path product = folder.resolve("product");
        Files.createDirectories(product.resolve("plugins"));
        Files.writeString(product.resolve("plugins/a.jar"), "a");
        Files.writeString(product.resolve("plugins/b.jar"), "b");
        ProductProgram program = new ProductProgram() {
            @Override
            public Map<String, Path> files() {
                return Map.of(
                        "plugins/a.jar", product.resolve("plugins/a.jar"),
                        "plugins/b.jar", product.resolve("plugins/b.jar"));
            }

            @Override
            public List<String> command(String java, String where, List<String> arguments) {
                return arguments;
            }

            @Override
            public String mark() {
                return "plugins/a.jar";
            }
        };
        try (Site a = hosts.open(hosts.a())) {
            ProductStage first = new ProductStage(program, JobMonitor.NONE);
            String before = first.place(a, "dino bench");
            assertEquals(2, first.bring(a, "dino bench").sent());
            assertEquals(0, first.bring(a, "dino bench").sent());
            Files.writeString(product.resolve("plugins/b.jar"), "B");
            ProductStage second = new ProductStage(program, JobMonitor.NONE);
            assertEquals(1, second.bring(a, "dino bench").sent());
            assertEquals("B", text(a, second.place(a, "dino bench") + "/plugins/b.jar"));
            assertEquals("b", text(a, before + "/plugins/b.jar"), "a running job keeps its files");
        }
    }

    @Test
    void imagesAreBroughtOnceWhateverTheirNames() throws Exception {
        Files.writeString(folder.resolve("it's, \"one\".JPG"), "first");
        Files.writeString(folder.resolve("two.png"), "second");
        Files.writeString(folder.resolve("copy.png"), "second");
        Path manifest = folder.resolve("manifest.csv");
        Manifest.write(
                manifest,
                List.of(
                        ManifestEntry.of("it's, \"one\".JPG", "x"),
                        ManifestEntry.of("two.png", "y"),
                        ManifestEntry.of("copy.png", "y"),
                        new ManifestEntry("gone.png", "", "", "", "", false, "not kept")));
        try (Site b = hosts.open(hosts.b())) {
            DataStage stage = new DataStage(manifest, JobMonitor.NONE);
            assertEquals(
                    2, stage.bring(b, "dinobench", "dinobench/run/images.csv").sent());
            assertEquals(
                    0, stage.bring(b, "dinobench", "dinobench/other/images.csv").sent());
            Path there = Files.write(folder.resolve("there.csv"), b.read("dinobench/run/images.csv", 0, 1 << 16));
            List<ManifestEntry> entries = Manifest.read(there);
            assertEquals(
                    List.of("x", "y", "y"),
                    entries.stream().map(ManifestEntry::label).toList());
            assertEquals("first", text(b, entries.get(0).path()));
            assertTrue(
                    entries.get(0).path().startsWith(HOME + "/dinobench/images/"),
                    entries.get(0).path());
            assertTrue(entries.get(0).path().endsWith(".jpg"), entries.get(0).path());
        }
    }

    @Test
    void aRunFolderIsMirroredByWhatIsAdded() throws Exception {
        RunDirectory run = RunDirectory.create(
                folder.resolve("mirror"), TrainPresets.of("quick").spec());
        try (Site a = hosts.open(hosts.a())) {
            String there = HOME + "/run " + AWKWARD.replace("\n", "");
            a.write(there + "/log.txt", bytes("line 1\n"));
            a.write(there + "/metrics.jsonl", bytes("{\"step\":1}\n"));
            a.write(there + "/status.json", Files.readAllBytes(run.statusFile()));
            a.write(there + "/resources/rank-0.jsonl", bytes("{}\n"));
            a.write(there + "/checkpoints/step-1/index.json", bytes("{}"));
            RunMirror mirror = new RunMirror(a, there, run);
            assertTrue(mirror.pull());
            assertFalse(mirror.pull());
            a.run("sh", "-c", "printf 'line 2\\n' >>\"$1/log.txt\"", "add", there);
            assertTrue(mirror.pull());
            assertEquals("line 1\nline 2\n", Files.readString(run.logFile()));
            assertEquals("{}\n", Files.readString(run.folder().resolve("resources/rank-0.jsonl")));
            assertFalse(Files.exists(run.folder().resolve("checkpoints/step-1")));
            // begun anew, and longer than before: found by what stands before the end
            a.write(there + "/metrics.jsonl", bytes("{\"step\":7}\n{\"step\":8}\n"));
            new RunMirror(a, there, run).pull();
            assertEquals("{\"step\":7}\n{\"step\":8}\n", Files.readString(run.metricsFile()));
            run.control().request(RunCommand.PAUSE);
            mirror.push();
            assertTrue(a.list(there + "/control", 1).get(0).path().endsWith("-pause.request"));
            assertEquals(Optional.empty(), run.control().take());
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aJobGoesOnAfterTheConnectionIsClosedAndRunsOnBothHosts() throws Exception {
        Path shared = hosts.shared().resolve("runs");
        String runFolder = shared + "/it's; a \"run\" $(touch gone)";
        Path file = Files.writeString(
                folder.resolve("profile.yaml"),
                "kind: ssh\nhosts: [" + hosts.a() + ", " + hosts.b() + "]\nruns: " + shared + "\nranks: 2\nkey: "
                        + hosts.key() + "\nknown_hosts: " + hosts.knownHosts() + "\n");
        ClusterProfile profile = ProfileReader.read(file);
        SshCluster cluster = new SshCluster();
        String word = "an argument's \"way\"; $HOME";
        String lines = "echo \"$(hostname) says $1 $VARIABLE\"; while [ ! -e \"$2/go\" ]; do sleep 0.1; done; exit 3";
        String job;
        try (Site a = hosts.open(hosts.a())) {
            a.run("mkdir", "-p", "--", runFolder);
            JobOrder order = new JobOrder(
                    "run", runFolder, List.of("sh", "-c", lines, "rank", word, runFolder), Map.of("VARIABLE", "a b;c"));
            job = cluster.submit(a, profile, order);
            assertThrows(BadInputException.class, () -> cluster.submit(a, profile, order));
        }
        try (Site a = hosts.open(hosts.a())) {
            assertEquals(JobState.RUNNING, cluster.state(a, job, runFolder));
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            String log = "";
            while (!(log.contains("dino-a says") && log.contains("dino-b says")) && System.nanoTime() < deadline) {
                Thread.sleep(100);
                log = text(a, runFolder + "/log.txt");
            }
            assertTrue(log.contains("dino-a says " + word + " a b;c"), log);
            assertTrue(log.contains("dino-b says " + word + " a b;c"), log);
            a.write(runFolder + "/go", new byte[0]);
            while (cluster.state(a, job, runFolder) != JobState.ENDED && System.nanoTime() < deadline) {
                Thread.sleep(100);
            }
            assertEquals(JobState.ENDED, cluster.state(a, job, runFolder));
            assertEquals("3\n", text(a, runFolder + "/job.exit"));
            assertFalse(Files.exists(shared.resolve("gone")));
            // once more, and ended by force
            a.run("rm", "--", runFolder + "/go");
            String second = cluster.submit(
                    a, profile, new JobOrder("run", runFolder, List.of("sh", "-c", "sleep 100"), Map.of()));
            cluster.cancel(a, second, runFolder);
            while (cluster.state(a, second, runFolder) != JobState.ENDED
                    && System.nanoTime() < deadline + TimeUnit.SECONDS.toNanos(20)) {
                Thread.sleep(100);
            }
            assertEquals(JobState.ENDED, cluster.state(a, second, runFolder));
        }
    }

    @Test
    void filesAreReplacedAndReadInPieces() throws Exception {
        try (Site a = hosts.open(hosts.a())) {
            byte[] large = new byte[300_000];
            for (int i = 0; i < large.length; i++) {
                large[i] = (byte) (i * 31);
            }
            Path from = Files.write(folder.resolve("large"), large);
            Files.setLastModifiedTime(from, FileTime.from(Instant.ofEpochSecond(1_700_000_000)));
            a.put(from, "deep/er/large");
            assertArrayEquals(large, a.read("deep/er/large", 0, 1 << 20));
            assertEquals(5, a.read("deep/er/large", large.length - 5, 100).length);
            assertEquals(0, a.read("deep/er/large", large.length, 100).length);
            assertEquals(1_700_000_000, a.list("deep", 3).get(0).modified());
            assertEquals(Optional.of(300_000L), a.size("deep/er/large"));
            assertThrows(IOException.class, () -> a.read("absent", 0, 10));
        }
    }
}
