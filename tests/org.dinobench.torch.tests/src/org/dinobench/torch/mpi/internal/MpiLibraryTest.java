package org.dinobench.torch.mpi.internal;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.torch.mpi.MpiOptions;
import org.dinobench.torch.mpi.MpiWorld;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MpiLibraryTest {
    @TempDir
    Path folder;

    /** Not a library at all: an installation that was cut short. */
    @Test
    void aFileThatIsNoLibraryIsToldWithARemedy() throws Exception {
        Path wrong = Files.writeString(folder.resolve("lib.so"), "no library");
        BadInputException e = assertThrows(BadInputException.class, () -> MpiLibrary.load(wrong));
        assertTrue(e.remedy().contains("build.sh"), e.getMessage());
    }

    @Test
    void missingMpiIsToldWithThePackage() {
        BadInputException e = MpiLibrary.explained(
                Path.of("x.so"), new UnsatisfiedLinkError("libmpi.so.40: cannot open shared object file"));
        assertTrue(e.getMessage().contains("openmpi-bin"), e.getMessage());
    }

    @Test
    void theLibraryIsFoundAmongTheBundles() {
        boolean installed = Files.exists(Path.of("/usr/bin/mpirun"));
        if (!installed) {
            System.out.println("Skipped: Open MPI is not installed (Debian: apt-get install openmpi-bin)");
        }
        assumeTrue(installed, "Open MPI is not installed");
        MpiLibrary.require();
        MpiLibrary.require();
    }

    @Test
    void aProcessThatIsNoRankCannotJoin() {
        BadInputException e = assertThrows(BadInputException.class, () -> MpiWorld.start(MpiOptions.DEFAULT));
        assertTrue(e.remedy().contains("mpirun"), e.getMessage());
    }
}
