package org.dinobench.cluster.profile;

import java.util.Locale;

/** Who starts the processes of a run. */
public enum ProfileKind {
    /** This computer, by {@code mpirun}. */
    LOCAL,
    /** Other computers, by {@code mpirun} on the first of them. */
    SSH,
    /** Slurm, whose commands are called here or on another computer. */
    SLURM;

    /** The word in files. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
