package org.dinobench.torch.mpi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dinobench.torch.collective.CollectivesContract;
import org.dinobench.torch.collective.ShardingContract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MpiCollectivesTest {
    /** Ranks of the tests of failure give up after this. */
    private static final int DEADLINE = 3;

    @TempDir
    Path folder;

    @BeforeEach
    void mpirun() {
        if (!MpiRun.isInstalled()) {
            System.out.println("Skipped: mpirun is not installed (Debian: apt-get install openmpi-bin)");
        }
        assumeTrue(MpiRun.isInstalled(), "mpirun is not installed");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void ranksKeepTheContract(int ranks) throws Exception {
        try (MpiRun run = MpiRun.start(folder, ranks, List.of(), ContractRank.class)) {
            int code = run.await(120);
            String output = run.output();
            assertEquals(0, code, output);
            assertFalse(output.contains("FAILED"), output);
            for (int rank = 0; rank < ranks; rank++) {
                for (String group : ContractRank.groups(ranks)) {
                    List<String> checks =
                            new ArrayList<>(CollectivesContract.checks().keySet());
                    checks.addAll(ShardingContract.checks().keySet());
                    for (String check : checks) {
                        String line = "rank " + rank + " " + group + " " + check + " held";
                        assertTrue(output.contains(line), () -> "missing: " + line + "\n" + output);
                    }
                }
            }
        }
    }

    @Test
    void aRankThatHangsEndsTheOthersByTheirDeadline() throws Exception {
        try (MpiRun run = MpiRun.start(folder, 3, List.of(), LoopingRank.class, "" + DEADLINE, "reduce")) {
            long[] ids = run.processIds("rank", 3, 60);
            signal("STOP", ids[1]);
            int code = run.await(DEADLINE + 15);
            String output = run.output();
            assertTrue(code > 0, () -> "exit " + code + "\n" + output);
            assertTrue(output.contains("failed: Rank "), output);
            assertTrue(output.contains("for rank 1, which died, hangs"), output);
            assertGone(ids);
        }
    }

    @Test
    void aKilledRankEndsTheJob() throws Exception {
        try (MpiRun run = MpiRun.start(folder, 3, List.of(), LoopingRank.class, "" + DEADLINE, "meet")) {
            long[] ids = run.processIds("rank", 3, 60);
            signal("KILL", ids[2]);
            int code = run.await(DEADLINE + 15);
            String output = run.output();
            assertTrue(code > 0, () -> "exit " + code + "\n" + output);
            assertTrue(output.contains("signal 9"), output);
            assertGone(ids);
        }
    }

    @Test
    void aKilledRankIsNoticedWithoutTheLaunchersHelp() throws Exception {
        List<String> leaveThemAlone = List.of("--enable-recovery");
        try (MpiRun run = MpiRun.start(folder, 3, leaveThemAlone, LoopingRank.class, "" + DEADLINE, "meet")) {
            long[] ids = run.processIds("rank", 3, 60);
            signal("KILL", ids[0]);
            assertTrue(run.await(DEADLINE + 15) >= 0, run::output);
            String output = run.output();
            assertTrue(output.contains("failed: Rank 1 of 3 has waited"), output);
            assertTrue(output.contains("failed: Rank 2 of 3 has waited"), output);
            assertGone(ids);
        }
    }

    @Test
    void anExceptionInOneRankEndsTheJobWithItsMessage() throws Exception {
        try (MpiRun run = MpiRun.start(folder, 2, List.of(), LoopingRank.class, "20", "throw")) {
            int code = run.await(60);
            String output = run.output();
            assertTrue(code > 0, () -> "exit " + code + "\n" + output);
            assertTrue(output.contains("rank 1 cannot go on"), output);
        }
    }

    private static void signal(String name, long process) throws Exception {
        int code = new ProcessBuilder("kill", "-" + name, "" + process)
                .inheritIO()
                .start()
                .waitFor();
        assertEquals(0, code);
    }

    /** The launcher may end a moment before the ranks that it has signalled. */
    private static void assertGone(long[] ids) throws Exception {
        long end = System.nanoTime() + 5_000_000_000L;
        for (long id : ids) {
            while (isRunning(id) && System.nanoTime() < end) {
                Thread.sleep(20);
            }
            assertFalse(isRunning(id), "process " + id + " is still there");
        }
    }

    /** A process that has ended and that nobody has asked for its exit code yet (state Z) does not run. */
    private static boolean isRunning(long id) throws Exception {
        Path status = Path.of("/proc/" + id + "/stat");
        try {
            String text = Files.readString(status);
            return text.charAt(text.lastIndexOf(')') + 2) != 'Z';
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
