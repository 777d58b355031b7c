package org.dinobench.cluster.profile;

import java.util.Optional;
import java.util.OptionalInt;
import org.dinobench.core.spec.Key;

/**
 * What is asked of Slurm for a job.
 *
 * @param partition of the cluster; empty: Slurm's default
 * @param account to be charged; empty: Slurm's default
 * @param qos quality of service; empty: Slurm's default
 * @param nodes machines
 * @param cpusPerRank processors of each process
 * @param gpusPerNode graphics processors of each machine
 * @param memoryMb megabytes of each machine; empty: Slurm's default
 * @param timeMinutes limit of one start of the job
 * @param warnSeconds how long before that limit the run is told to write a checkpoint
 * @param starter what starts the processes
 */
public record SlurmSettings(
        @Key(doc = "Partition; left out: Slurm's default.") Optional<String> partition,

        @Key(doc = "Account to be charged; left out: Slurm's default.")
        Optional<String> account,

        @Key(doc = "Quality of service; left out: Slurm's default.")
        Optional<String> qos,

        @Key(doc = "Machines.", def = "1", min = 1, max = 4096)
        int nodes,

        @Key(doc = "Processors of each process.", def = "1", min = 1, max = 4096)
        int cpusPerRank,

        @Key(doc = "Graphics processors of each machine.", def = "0", min = 0, max = 64)
        int gpusPerNode,

        @Key(doc = "Memory of each machine.", unit = "MB", min = 1)
        OptionalInt memoryMb,

        @Key(
                doc = "Time limit of one start of the job; the run goes on in the next one.",
                def = "60",
                min = 1,
                max = 525_600,
                unit = "minutes")
        int timeMinutes,

        @Key(
                doc = "How long before the limit the run writes a checkpoint and gives the machines back.",
                def = "120",
                min = 5,
                max = 65_535,
                unit = "seconds")
        int warnSeconds,

        @Key(doc = "What starts the processes: srun (by PMIx) or mpirun.", def = "srun")
        SlurmStarter starter) {}
