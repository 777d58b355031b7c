package org.dinobench.torch.mpi;

import java.util.Map;
import java.util.Optional;
import org.dinobench.core.problem.BadInputException;

/**
 * What a launcher has told this process through environment variables, known before MPI is started: for choosing a GPU,
 * a log file or the number of threads.
 *
 * @param rank this process's number, from 0
 * @param size number of processes; 0 when the launcher does not say
 * @param localRank number among the processes of this machine
 * @param localSize number of processes on this machine; 0 when the launcher does not say
 */
public record MpiEnvironment(int rank, int size, int localRank, int localSize) {
    /**
     * Reads the variables of Open MPI's {@code mpirun}, or of Slurm's {@code srun} with PMIx or PMI.
     *
     * @return empty when no launcher has started this process
     * @throws BadInputException when a variable holds no number
     */
    public static Optional<MpiEnvironment> read(Map<String, String> variables) {
        Optional<String> rankFrom = first(variables, "OMPI_COMM_WORLD_RANK", "PMIX_RANK", "PMI_RANK");
        return rankFrom.map(name -> new MpiEnvironment(
                number(variables, name),
                first(variables, "OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "SLURM_STEP_NUM_TASKS", "SLURM_NTASKS")
                        .map(key -> number(variables, key))
                        .orElse(0),
                first(variables, "OMPI_COMM_WORLD_LOCAL_RANK", "SLURM_LOCALID")
                        .map(key -> number(variables, key))
                        .orElse(0),
                first(variables, "OMPI_COMM_WORLD_LOCAL_SIZE", "SLURM_NTASKS_PER_NODE")
                        .map(key -> number(variables, key))
                        .orElse(0)));
    }

    private static Optional<String> first(Map<String, String> variables, String... names) {
        for (String name : names) {
            if (variables.containsKey(name)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    private static int number(Map<String, String> variables, String name) {
        String text = variables.get(name);
        try {
            int value = Integer.parseInt(text.strip());
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw notANumber(name, text, e);
        }
        throw notANumber(name, text, null);
    }

    private static BadInputException notANumber(String name, String text, Throwable cause) {
        return new BadInputException(
                "environment variable " + name,
                "'" + text + "' is no number of a process",
                "let mpirun or srun set it",
                cause);
    }
}
