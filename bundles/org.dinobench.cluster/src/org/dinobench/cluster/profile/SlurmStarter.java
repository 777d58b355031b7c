package org.dinobench.cluster.profile;

import java.util.Locale;

/** What starts the ranks inside a Slurm job. */
public enum SlurmStarter {
    /** {@code srun --mpi=pmix}. */
    SRUN,
    /** Open MPI's {@code mpirun}, which asks Slurm for the nodes. */
    MPIRUN;

    /** The word in files, and the program. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
