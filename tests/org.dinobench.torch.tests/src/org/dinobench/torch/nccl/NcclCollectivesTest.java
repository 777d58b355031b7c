package org.dinobench.torch.nccl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.torch.collective.CollectivesContract;
import org.dinobench.torch.mpi.MpiRun;
import org.dinobench.torch.nccl.internal.NcclLibrary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * NCCL's implementation of the contract: on GPUs where there are some, and everywhere over a stand-in for NCCL on the
 * processor's memory, which shows that what is asked of NCCL is right.
 */
class NcclCollectivesTest {
    @TempDir
    Path folder;

    private static Path standIn() {
        Path file = Path.of(System.getProperty("dinobench.root", "."))
                .resolve("bundles/org.dinobench.torch/native/linux-x86_64/libnccl_stand_in.so");
        skipUnless(MpiRun.isInstalled(), "mpirun is not installed (Debian: apt-get install openmpi-bin)");
        skipUnless(
                Files.isRegularFile(file),
                "no " + file + "; bundles/org.dinobench.torch/native/mpi/build.sh builds it");
        return file.toAbsolutePath();
    }

    private static void skipUnless(boolean possible, String reason) {
        if (!possible) {
            System.out.println("Skipped: " + reason);
        }
        assumeTrue(possible, reason);
    }

    private void keepsTheContract(int ranks, String library) throws Exception {
        try (MpiRun run = MpiRun.start(folder, ranks, List.of(), NcclRank.class, library, "contract")) {
            int code = run.await(120);
            String output = run.output();
            assertEquals(0, code, output);
            assertFalse(output.contains("FAILED"), output);
            for (int rank = 0; rank < ranks; rank++) {
                for (String check : CollectivesContract.checks().keySet()) {
                    String line = "rank " + rank + " " + check + " held";
                    assertTrue(output.contains(line), () -> "missing: " + line + "\n" + output);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void overAStandInRanksKeepTheContract(int ranks) throws Exception {
        keepsTheContract(ranks, standIn().toString());
    }

    @Test
    void onGpusRanksKeepTheContract() throws Exception {
        Optional<String> trouble = trouble();
        skipUnless(trouble.isEmpty(), trouble.orElse(""));
        skipUnless(MpiRun.isInstalled(), "mpirun is not installed (Debian: apt-get install openmpi-bin)");
        keepsTheContract(NcclLibrary.devices(), "gpu");
    }

    /** Why NCCL cannot be used here; empty when it can. */
    private static Optional<String> trouble() {
        try {
            NcclLibrary.devices();
            return Optional.empty();
        } catch (BadInputException e) {
            return Optional.of(e.getMessage());
        }
    }

    @Test
    void aMachineWithoutNcclIsToldWithARemedy() {
        skipUnless(trouble().isPresent(), "NCCL can be used here");
        BadInputException e = assertThrows(BadInputException.class, NcclLibrary::devices);
        assertEquals("NCCL", e.where());
        assertTrue(e.getMessage().contains("libcudart") || e.getMessage().contains("no GPU"), e.getMessage());
        assertTrue(e.remedy().contains("sharding.transport=mpi"), e.remedy());
    }

    @Test
    void anOperationThatDoesNotEndFailsAfterTheDeadlineAndAllLaterOnesAtOnce() throws Exception {
        Path library = standIn();
        List<String> hanging = List.of("-x", "STAND_IN_HANGS=1");
        try (MpiRun run = MpiRun.start(folder, 2, hanging, NcclRank.class, library.toString(), "hang")) {
            assertEquals(0, run.await(60), run.output());
            String output = run.output();
            assertTrue(output.contains("failed: Rank 1 of 2 has waited 2.0 s in all-reduce (operation 1)"), output);
            assertTrue(output.contains("failed: Not begun, since an earlier operation failed"), output);
        }
    }
}
