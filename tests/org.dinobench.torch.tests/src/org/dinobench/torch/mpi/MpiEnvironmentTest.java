package org.dinobench.torch.mpi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.dinobench.core.problem.BadInputException;
import org.junit.jupiter.api.Test;

class MpiEnvironmentTest {
    @Test
    void readsWhatMpirunSays() {
        assertEquals(
                Optional.of(new MpiEnvironment(3, 8, 1, 2)),
                MpiEnvironment.read(Map.of(
                        "OMPI_COMM_WORLD_RANK", "3",
                        "OMPI_COMM_WORLD_SIZE", "8",
                        "OMPI_COMM_WORLD_LOCAL_RANK", "1",
                        "OMPI_COMM_WORLD_LOCAL_SIZE", "2")));
    }

    @Test
    void readsWhatSrunSays() {
        assertEquals(
                Optional.of(new MpiEnvironment(5, 16, 1, 4)),
                MpiEnvironment.read(Map.of(
                        "PMIX_RANK", "5", "SLURM_NTASKS", "16", "SLURM_LOCALID", "1", "SLURM_NTASKS_PER_NODE", "4")));
    }

    @Test
    void aBatchScriptIsNoRank() {
        assertEquals(Optional.empty(), MpiEnvironment.read(Map.of("SLURM_PROCID", "0", "SLURM_NTASKS", "4")));
        assertEquals(Optional.empty(), MpiEnvironment.read(Map.of()));
    }

    @Test
    void namesTheVariableThatHoldsNoNumber() {
        for (String bad : new String[] {"", "two", "-1"}) {
            BadInputException e = assertThrows(
                    BadInputException.class, () -> MpiEnvironment.read(Map.of("OMPI_COMM_WORLD_RANK", bad)));
            assertTrue(e.where().contains("OMPI_COMM_WORLD_RANK"), e.getMessage());
        }
    }
}
