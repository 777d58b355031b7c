package org.dinobench.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.dinobench.cluster.profile.ClusterProfile;
import org.dinobench.cluster.profile.ProfileKind;
import org.dinobench.cluster.site.CommandResult;
import org.dinobench.cluster.site.Site;
import org.dinobench.core.problem.BadInputException;

/**
 * Computers that are reached through SSH: {@code mpirun} on the first of them starts the processes on all, by SSH between
 * them. A job is a process of the first computer, with a session of its own.
 */
public final class SshCluster implements ClusterLauncher {
    private static final Duration SHORT = Duration.ofMinutes(1);
    private static final int PATIENCE = 100;
    private static final long POLL_MILLIS = 100;

    /** A launcher; instances share nothing. */
    public SshCluster() {}

    @Override
    public ProfileKind kind() {
        return ProfileKind.SSH;
    }

    @Override
    public String description() {
        return "Runs are computed by computers that are reached through SSH, with mpirun among them.";
    }

    @Override
    public String submit(Site head, ClusterProfile profile, JobOrder order) throws IOException {
        if (alive(head, order.folder())) {
            throw new BadInputException(
                    "run " + order.name(), "it has a worker already", "wait for its end, or stop it first");
        }
        head.run("rm", "-f", "--", order.folder() + "/job.pid");
        List<String> arguments = new ArrayList<>(List.of("sh", "-c", Scripts.DETACH, "start", Scripts.JOB));
        arguments.addAll(List.of(order.folder(), Integer.toString(profile.restarts())));
        arguments.addAll(
                MpiCommand.across(profile, profile.ranks(), isRoot(head), order.environment(), order.command()));
        CommandResult started = head.run(arguments, new byte[0], SHORT);
        for (int i = 0; started.ok() && i < PATIENCE; i++) {
            if (head.size(order.folder() + "/job.pid").isPresent()) {
                return head.run("cat", "--", order.folder() + "/job.pid").out().strip();
            }
            pause();
        }
        throw new BadInputException(
                head.name(),
                "the job does not start (" + started.lastWords() + ")",
                "try the profile with: ./dinobench cluster check");
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while a job starts", e);
        }
    }

    @Override
    public JobState state(Site head, String job, String folder) throws IOException {
        return alive(head, folder) ? JobState.RUNNING : JobState.ENDED;
    }

    private static boolean alive(Site head, String folder) throws IOException {
        return head.run("sh", "-c", Scripts.ALIVE, "alive", folder).ok();
    }

    @Override
    public void cancel(Site head, String job, String folder) throws IOException {
        head.run("sh", "-c", Scripts.KILL, "kill", folder);
    }

    @Override
    public CommandResult together(Site head, ClusterProfile profile, int ranks, List<String> command, Duration limit)
            throws IOException {
        return head.run(
                MpiCommand.across(profile, ranks, isRoot(head), variables(profile), command), new byte[0], limit);
    }

    /** The variables that a profile names. */
    static Map<String, String> variables(ClusterProfile profile) {
        Map<String, String> variables = new java.util.TreeMap<>();
        profile.environment().forEach((name, value) -> variables.put(name, String.valueOf(value)));
        return variables;
    }

    static boolean isRoot(Site head) throws IOException {
        return head.run("id", "-u").out().strip().equals("0");
    }
}
