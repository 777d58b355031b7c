package org.dinobench.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.dinobench.cluster.profile.ClusterProfile;
import org.dinobench.cluster.profile.ProfileKind;
import org.dinobench.cluster.profile.SlurmSettings;
import org.dinobench.cluster.profile.SlurmStarter;
import org.dinobench.cluster.site.CommandResult;
import org.dinobench.cluster.site.Site;
import org.dinobench.core.io.ContentHash;
import org.dinobench.core.problem.BadInputException;

/**
 * Slurm: {@code sbatch} takes a run, {@code srun} or {@code mpirun} starts its processes. Before the time limit the run
 * writes a checkpoint and goes back to the queue.
 */
public final class SlurmCluster implements ClusterLauncher {
    private static final Pattern JOB = Pattern.compile("\\d{1,18}");
    private static final Duration SHORT = Duration.ofMinutes(1);
    private static final List<String> WAITING =
            List.of("PENDING", "CONFIGURING", "REQUEUED", "REQUEUE_HOLD", "SUSPENDED", "SPECIAL_EXIT");
    private static final List<String> RUNNING = List.of("RUNNING", "COMPLETING", "SIGNALING", "STAGE_OUT", "RESIZING");

    /** A launcher; instances share nothing. */
    public SlurmCluster() {}

    @Override
    public ProfileKind kind() {
        return ProfileKind.SLURM;
    }

    @Override
    public String description() {
        return "Runs are jobs of Slurm, which write a checkpoint before the time limit and go on afterwards.";
    }

    @Override
    public String submit(Site head, ClusterProfile profile, JobOrder order) throws IOException {
        // Slurm keeps a copy of the script for the job's life
        String script = head.absolute(profile.folder()) + "/jobs/slurm-job-"
                + ContentHash.ofText(Scripts.SLURM_JOB).substring(0, 12) + ".sh";
        head.write(script, Scripts.SLURM_JOB.getBytes(StandardCharsets.UTF_8));
        List<String> arguments = new ArrayList<>(List.of("sbatch", "--parsable", "--requeue", "--open-mode=append"));
        arguments.addAll(List.of(
                "--job-name=dinobench-" + order.name().replaceAll("[^A-Za-z0-9_.-]", "-"),
                "--chdir=" + order.folder(),
                "--output=" + order.folder().replace("%", "%%") + "/slurm.txt",
                "--time=" + profile.slurm().timeMinutes(),
                "--signal=B:USR1@" + profile.slurm().warnSeconds()));
        arguments.addAll(resources(profile, profile.ranks()));
        arguments.addAll(List.of(script, order.folder(), Integer.toString(profile.restarts())));
        arguments.addAll(ranks(head, profile, profile.ranks(), order.environment(), order.command()));
        CommandResult answer = head.run(arguments, new byte[0], SHORT);
        String job = answer.out().strip().split(";")[0];
        if (!answer.ok() || !JOB.matcher(job).matches()) {
            throw new BadInputException(
                    head.name(),
                    "Slurm does not take the job (" + answer.lastWords() + ")",
                    "change slurm: in the profile, or try it with: ./dinobench cluster check");
        }
        return job;
    }

    private static List<String> resources(ClusterProfile profile, int ranks) {
        SlurmSettings slurm = profile.slurm();
        int nodes = Math.min(slurm.nodes(), ranks);
        List<String> arguments = new ArrayList<>(
                List.of("--nodes=" + nodes, "--ntasks=" + ranks, "--cpus-per-task=" + slurm.cpusPerRank()));
        if (ranks % nodes == 0) {
            // tells each process how many there are on its machine
            arguments.add("--ntasks-per-node=" + ranks / nodes);
        }
        slurm.partition().ifPresent(name -> arguments.add("--partition=" + name));
        slurm.account().ifPresent(name -> arguments.add("--account=" + name));
        slurm.qos().ifPresent(name -> arguments.add("--qos=" + name));
        slurm.memoryMb().ifPresent(mb -> arguments.add("--mem=" + mb));
        if (slurm.gpusPerNode() > 0) {
            arguments.add("--gres=gpu:" + slurm.gpusPerNode());
        }
        return arguments;
    }

    private static List<String> ranks(
            Site head, ClusterProfile profile, int ranks, Map<String, String> environment, List<String> command)
            throws IOException {
        List<String> arguments = new ArrayList<>();
        if (profile.slurm().starter() == SlurmStarter.SRUN) {
            arguments.addAll(List.of("srun", "--mpi=pmix", "--kill-on-bad-exit=1", "--ntasks=" + ranks));
            arguments.addAll(MpiCommand.program(environment, command));
        } else {
            arguments.addAll(List.of("mpirun", "-q", "-np", Integer.toString(ranks), "--bind-to", "none"));
            if (SshCluster.isRoot(head)) {
                arguments.add("--allow-run-as-root");
            }
            profile.network()
                    .ifPresent(network -> arguments.addAll(
                            List.of("--mca", "btl_tcp_if_include", network, "--mca", "oob_tcp_if_include", network)));
            arguments.addAll(MpiCommand.program(environment, command));
        }
        return arguments;
    }

    @Override
    public JobState state(Site head, String job, String folder) throws IOException {
        requireJob(job);
        CommandResult answer = head.run("squeue", "--noheader", "--jobs=" + job, "--states=all", "--format=%T");
        String word = answer.out().strip().lines().findFirst().orElse("");
        if (!answer.ok() && !answer.err().contains("Invalid job id")) {
            throw new IOException(head.name() + ": Slurm does not answer (" + answer.lastWords() + ")");
        }
        if (WAITING.contains(word)) {
            return JobState.WAITING;
        }
        return RUNNING.contains(word) ? JobState.RUNNING : JobState.ENDED;
    }

    @Override
    public void cancel(Site head, String job, String folder) throws IOException {
        requireJob(job);
        head.run("scancel", "--full", job);
    }

    /** A job comes from a file beside a run: it must not be able to name options or other people's jobs by pattern. */
    private static void requireJob(String job) {
        if (!JOB.matcher(job).matches()) {
            throw new BadInputException(
                    "job \"" + job + "\"", "it is no number of a job", "the run's record is damaged");
        }
    }

    @Override
    public CommandResult together(Site head, ClusterProfile profile, int ranks, List<String> command, Duration limit)
            throws IOException {
        // an allocation of its own, which ends with the command
        List<String> arguments = new ArrayList<>(List.of("srun", "--mpi=pmix", "--kill-on-bad-exit=1"));
        arguments.add("--time=" + Math.max(1, (limit.toSeconds() + 59) / 60));
        arguments.add("--immediate=" + Math.max(1, limit.toSeconds() / 2));
        arguments.addAll(resources(profile, ranks));
        arguments.addAll(MpiCommand.program(SshCluster.variables(profile), command));
        return head.run(arguments, new byte[0], limit);
    }
}
