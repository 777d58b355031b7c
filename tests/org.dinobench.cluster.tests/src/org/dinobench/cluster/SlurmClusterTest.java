package org.dinobench.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.dinobench.cluster.profile.ClusterProfile;
import org.dinobench.cluster.profile.ProfileReader;
import org.dinobench.cluster.site.CommandResult;
import org.dinobench.cluster.site.Site;
import org.dinobench.core.problem.BadInputException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Slurm with two nodes, reached through SSH. Workers are a few lines that keep to the run protocol. */
class SlurmClusterTest {
    private static TwoHosts hosts;

    @TempDir
    Path folder;

    private final SlurmCluster cluster = new SlurmCluster();

    @BeforeAll
    static void up() throws Exception {
        hosts = TwoHosts.up();
        hosts.startSlurm();
    }

    @AfterAll
    static void down() throws Exception {
        if (hosts != null) {
            hosts.close();
        }
    }

    private ClusterProfile profile(int ranks, String slurm) throws Exception {
        return ProfileReader.read(Files.writeString(
                folder.resolve("profile.yaml"),
                "kind: slurm\nhosts: [" + hosts.a() + "]\nranks: " + ranks + "\nslurm: " + slurm + "\n"));
    }

    private String runFolder(Site head, String name) throws Exception {
        String run = hosts.shared() + "/runs/" + name;
        assertTrue(head.run("mkdir", "-p", "--", run + "/control").ok());
        return run;
    }

    private void await(Site head, String job, String run, JobState wanted, int seconds) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        JobState state = cluster.state(head, job, run);
        while (state != wanted && System.nanoTime() < deadline) {
            Thread.sleep(200);
            state = cluster.state(head, job, run);
        }
        Path log = Path.of(run, "log.txt");
        assertEquals(wanted, state, Files.exists(log) ? Files.readString(log) : "no log");
    }

    /**
     * Counts at two a second, longer than Slurm needs to send its warning (it looks every 30 s); on request it notes the
     * number and ends, and the next one goes on from there to a near end.
     */
    private static final String WORKER = "n=$(cat steps 2>/dev/null || echo 0); echo \"begins at $n for $1\";"
            + " last=100; if [ $n -gt 0 ]; then last=$((n + 3)); fi; rm -f control/*.request; while [ $n -lt $last ]; do"
            + " sleep 0.5; n=$((n + 1)); if ls control/*-stop.request >/dev/null 2>&1; then echo $n >steps; echo"
            + " \"checkpoint of $n\"; exit 3; fi; done; echo \"finished at $n\"";

    @Test
    void aRunWritesACheckpointAtTheWarningAndGoesOnAfterwards() throws Exception {
        try (Site head = hosts.open(hosts.a())) {
            String run = runFolder(head, "it's; a \"run\" $(touch gone)");
            String word = "an argument's \"way\"; $HOME";
            String job = cluster.submit(
                    head,
                    profile(1, "{time_minutes: 1, warn_seconds: 50}"),
                    new JobOrder("it's; a run", run, List.of("sh", "-c", WORKER, "worker", word), Map.of("A", "b c")));
            await(head, job, run, JobState.RUNNING, 30);
            await(head, job, run, JobState.WAITING, 50);
            await(head, job, run, JobState.ENDED, 60);
            String log = Files.readString(Path.of(run, "log.txt"));
            assertTrue(log.contains("begins at 0 for " + word), log);
            int checkpoint =
                    Integer.parseInt(Files.readString(Path.of(run, "steps")).strip());
            assertTrue(checkpoint > 0 && checkpoint < 100, log);
            assertTrue(log.contains("Back to the queue"), log);
            assertTrue(log.contains("begins at " + checkpoint + " for " + word), log);
            assertTrue(log.contains("finished at " + (checkpoint + 3)), log);
            assertEquals("0\n", Files.readString(Path.of(run, "job.exit")));
            assertFalse(Files.exists(Path.of(run).resolveSibling("gone")));
        }
    }

    @Test
    void ranksOfTwoNodesRunTogetherAndAJobCanBeEnded() throws Exception {
        try (Site head = hosts.open(hosts.a())) {
            ClusterProfile profile = profile(2, "{nodes: 2, partition: tests}");
            CommandResult both = cluster.together(
                    head,
                    profile,
                    2,
                    List.of("sh", "-c", "echo \"$SLURMD_NODENAME $SLURM_PROCID $PMIX_RANK $SLURM_NTASKS_PER_NODE\""),
                    Duration.ofSeconds(30));
            assertEquals(0, both.code(), both.err());
            assertEquals(
                    List.of("one 0 0 1", "two 1 1 1"),
                    both.out().lines().sorted().toList());
            String run = runFolder(head, "ended");
            String job = cluster.submit(head, profile, new JobOrder("ended", run, List.of("sleep", "100"), Map.of()));
            await(head, job, run, JobState.RUNNING, 30);
            cluster.cancel(head, job, run);
            await(head, job, run, JobState.ENDED, 30);
        }
    }

    @Test
    void whatSlurmRefusesIsTold() throws Exception {
        try (Site head = hosts.open(hosts.a())) {
            JobOrder order = new JobOrder("x", runFolder(head, "refused"), List.of("true"), Map.of());
            BadInputException e = assertThrows(
                    BadInputException.class, () -> cluster.submit(head, profile(1, "{partition: absent}"), order));
            assertTrue(e.problem().contains("Invalid partition"), e.getMessage());
            assertThrows(BadInputException.class, () -> cluster.state(head, "1 --all", "x"));
            assertEquals(JobState.ENDED, cluster.state(head, "999999", "x"));
        }
    }
}
