package org.dinobench.app.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dinobench.cluster.profile.ClusterProfile;
import org.dinobench.cluster.profile.ProfileKind;
import org.dinobench.cluster.profile.ProfileReader;
import org.dinobench.core.problem.BadInputException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that {@code train} and {@code distill} share. */
final class TrainingOptions {
    @ArgGroup
    private Images images;

    /** Which images to train on. */
    private static final class Images {
        @Option(names = "--dataset", paramLabel = "NAME", description = "The kept images of a dataset.")
        private String dataset;

        @Option(names = "--manifest", paramLabel = "FILE", description = "The kept images of a manifest (CSV).")
        private Path manifest;
    }

    @Option(names = "--spec", paramLabel = "FILE", description = "A training spec as YAML; official ones are read too.")
    private Path spec;

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description = "quick, lesion_small, continue, distill, vitl16_short, vitl14 or vitg14.")
    private String preset;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Override a key of the spec, such as optim.lr=0.0005; with --resume keys of how a step is"
                    + " computed, such as train.batch_size_per_gpu.")
    private List<String> assignments = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "RUN",
            required = true,
            description = "The run: a name in the workspace, or a folder.")
    private String out;

    @Option(names = "--resume", description = "Go on with the run from its newest checkpoint.")
    private boolean resume;

    @Option(
            names = "--dry-run",
            description = "Only tell memory, steps, time of a step (measured on random crops) and disk.")
    private boolean dryRun;

    @Option(names = "--force", description = "Start even when the run is unlikely to fit into memory.")
    private boolean force;

    @Option(
            names = "--ranks",
            paramLabel = "N",
            defaultValue = "1",
            description = "Processes on this machine that train together, each on its share; needs Open MPI.")
    private int ranks;

    @Option(
            names = "--restarts",
            paramLabel = "N",
            defaultValue = "0",
            description = "How often processes are started again after one was lost.")
    private int restarts;

    @Option(
            names = "--deadline",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "How long processes wait for one that sends nothing before all end with an error; longer than"
                    + " anything that one does alone, such as writing the model.")
    private int deadline;

    @Option(
            names = {"--profile", "--cluster"},
            paramLabel = "FILE",
            description = "A cluster profile: where the run is computed, and by how many processes.")
    private Path profile;

    @Option(names = "--detach", description = "With --profile: start the run and leave it alone.")
    private boolean detach;

    private ClusterProfile cluster;

    /** Whether to tell what the run would take, and start nothing. */
    boolean dryRun() {
        return dryRun;
    }

    /** Whether to start a run that is unlikely to fit into memory. */
    boolean force() {
        return force;
    }

    /** Number of processes. */
    int ranks() {
        return cluster().map(ClusterProfile::ranks).orElse(ranks);
    }

    /** How often they are started again. */
    int restarts() {
        return cluster().map(ClusterProfile::restarts).orElse(restarts);
    }

    /** The profile named, or null. */
    Path profile() {
        return profile;
    }

    /** Whether a run on other machines is left alone once it has started. */
    boolean detach() {
        return detach;
    }

    /** Where the run is computed, when a profile says so. */
    Optional<ClusterProfile> cluster() {
        if (profile != null && cluster == null) {
            cluster = ProfileReader.read(profile);
        }
        return Optional.ofNullable(cluster);
    }

    /** Whether other machines, or a queue, compute the run. */
    boolean elsewhere() {
        return cluster().map(c -> c.kind() != ProfileKind.LOCAL).orElse(false);
    }

    /** How long processes wait for one that sends nothing. */
    Duration deadline() {
        if (deadline < 1) {
            throw new BadInputException("--deadline", "it is " + deadline + " s", "give 1 or more");
        }
        return Duration.ofSeconds(deadline);
    }

    /** Whether a dataset or a manifest was named. */
    boolean hasImages() {
        return images != null;
    }

    /** The manifest named, or null. */
    Path manifest() {
        return images == null ? null : images.manifest;
    }

    /** The dataset named, or null. */
    String dataset() {
        return images == null ? null : images.dataset;
    }

    /** The spec's file, or null. */
    Path spec() {
        return spec;
    }

    /** The preset's name, or null. */
    String preset() {
        return preset;
    }

    /** The assignments of {@code --set}. */
    List<String> assignments() {
        return assignments;
    }

    /** Name or folder of the run. */
    String out() {
        return out;
    }

    /** Whether the run exists and is to be gone on with. */
    boolean resume() {
        return resume;
    }
}
