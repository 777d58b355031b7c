package org.dinobench.cluster.remote;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.dinobench.cluster.ClusterLauncher;
import org.dinobench.cluster.JobOrder;
import org.dinobench.cluster.JobState;
import org.dinobench.cluster.ProductProgram;
import org.dinobench.cluster.Sites;
import org.dinobench.cluster.WorkerCommand;
import org.dinobench.cluster.profile.ClusterProfile;
import org.dinobench.cluster.profile.HostAddress;
import org.dinobench.cluster.profile.ProfileReader;
import org.dinobench.cluster.site.LocalSite;
import org.dinobench.cluster.site.Site;
import org.dinobench.cluster.stage.DataStage;
import org.dinobench.cluster.stage.ProductStage;
import org.dinobench.cluster.stage.Staging;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.run.RunState;
import org.dinobench.core.run.RunStatus;
import org.dinobench.core.workspace.RunDirectory;

/** Starts runs on clusters, follows them from here and ends them. */
public final class RemoteRuns {
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final List<ClusterLauncher> launchers;
    private final ProductProgram product;

    /** @param launchers one for each kind of cluster */
    public RemoteRuns(List<ClusterLauncher> launchers, ProductProgram product) {
        this.launchers = List.copyOf(launchers);
        this.product = product;
    }

    /**
     * Brings what is needed to the machines of a profile and starts a run there.
     *
     * @param file of the profile
     * @param run new or stopped, in the workspace here; its record is written
     * @param command name of the command that a process is, such as {@code train}
     * @param manifest of its images
     * @throws BadInputException when the profile cannot be used or the job is refused, with what to do
     */
    public RemoteRecord start(Path file, RunDirectory run, String command, Path manifest, JobMonitor monitor)
            throws IOException {
        ClusterProfile profile = ProfileReader.read(file);
        Sites sites = new Sites(profile);
        ClusterLauncher launcher = launcher(profile);
        boolean here = profile.hosts().isEmpty();
        try (Site head = sites.head()) {
            String folder = head.absolute(profile.folder());
            String runFolder = here
                    ? run.folder().toString()
                    : head.absolute(profile.runs().orElse(folder + "/runs")) + "/" + run.name();
            requireFree(head, launcher, run, runFolder);
            String data = here || profile.sharedData() ? manifest.toString() : runFolder + "/images.csv";
            String place =
                    prepared(sites, head, profile, monitor, here || profile.sharedData() ? null : manifest, data);
            if (!here) {
                sendRun(head, run, runFolder);
            }
            run.control().clear();
            List<String> arguments =
                    new ArrayList<>(List.of(command, "--resume", "--out", runFolder, "--manifest", data));
            Map<String, String> variables = new TreeMap<>(WorkerCommand.standardEnvironment());
            profile.environment().forEach((name, value) -> variables.put(name, String.valueOf(value)));
            String job = launcher.submit(
                    head,
                    profile,
                    new JobOrder(run.name(), runFolder, product.command(profile.java(), place, arguments), variables));
            RemoteRecord record = new RemoteRecord(
                    file.toAbsolutePath().normalize(), head.name(), runFolder, job, Instant.now(), false);
            record.write(run);
            return record;
        }
    }

    /** A run folder of that name on the cluster must be the one that was made for this run, and at rest. */
    private static void requireFree(Site head, ClusterLauncher launcher, RunDirectory run, String runFolder)
            throws IOException {
        if (RemoteRecord.isRemote(run)) {
            RemoteRecord before = RemoteRecord.read(run);
            if (before.folder().equals(runFolder) && launcher.state(head, before.job(), runFolder) != JobState.ENDED) {
                throw new BadInputException(
                        "run " + run.name(),
                        "it is being computed on " + before.head(),
                        "follow it with: ./dinobench cluster attach " + run.name());
            }
        } else if (!Path.of(runFolder).equals(run.folder())
                && head.size(runFolder + "/status.json").isPresent()) {
            throw new BadInputException(
                    head.name(), "there is another run in " + runFolder, "choose another name for this one");
        }
    }

    /** @param manifest of images to bring; null when they are there */
    private String prepared(
            Sites sites, Site head, ClusterProfile profile, JobMonitor monitor, Path manifest, String dataFile)
            throws IOException {
        if (profile.hosts().isEmpty()) {
            return profile.product().orElse("");
        }
        ProductStage productStage = new ProductStage(product, monitor);
        DataStage dataStage = manifest == null ? null : new DataStage(manifest, monitor);
        String place = profile.product().map(head::absolute).orElse("");
        for (HostAddress host : sites.staged()) {
            try (Site site = sites.open(host)) {
                if (profile.product().isEmpty()) {
                    place = productStage.place(site, profile.folder());
                    tell(monitor, "product", site, productStage.bring(site, profile.folder()));
                }
                if (dataStage != null) {
                    tell(monitor, "images", site, dataStage.bring(site, profile.folder(), dataFile));
                }
            }
        }
        return place;
    }

    private static void tell(JobMonitor monitor, String what, Site site, Staging.Report report) {
        monitor.done();
        monitor.message(site.name() + ": " + what + " " + report.files() + " files, of which " + report.sent()
                + " were sent (" + report.bytes() / 1_000_000 + " MB)");
    }

    private static void sendRun(Site head, RunDirectory run, String runFolder) throws IOException {
        head.run("mkdir", "-p", "-m", "700", "--", runFolder + "/control", runFolder + "/checkpoints");
        head.put(run.specFile(), runFolder + "/spec.yaml");
        if (head.size(runFolder + "/status.json").isEmpty()) {
            head.put(run.statusFile(), runFolder + "/status.json");
        }
    }

    private ClusterLauncher launcher(ClusterProfile profile) {
        return launchers.stream()
                .filter(launcher -> launcher.kind() == profile.kind())
                .findFirst()
                .orElseThrow(() -> new BadInputException(
                        "kind: " + profile.kind().word(), "nothing here starts such runs", "use ssh or slurm"));
    }

    /**
     * Follows a run until its job is over or the monitor is stopped; a lost connection is taken up again. While another
     * process brings the run's files here, this one only reads them.
     *
     * @param onLine hears the lines that the run's log gets
     * @return the run's last status
     */
    public RunStatus follow(RunDirectory run, JobMonitor monitor, Consumer<String> onLine)
            throws IOException, InterruptedException {
        LogLines lines = LogLines.fromEndOf(run.logFile());
        while (!monitor.isStopped() && !RemoteRecord.read(run).ended()) {
            Optional<FollowLock> right = FollowLock.tryLock(run);
            if (right.isPresent()) {
                try (FollowLock held = right.get()) {
                    followAlone(run, monitor, () -> lines.poll(onLine));
                }
            } else {
                Thread.sleep(POLL.toMillis());
            }
            lines.poll(onLine);
        }
        return run.status();
    }

    private void followAlone(RunDirectory run, JobMonitor monitor, Look look) throws InterruptedException {
        RemoteRecord record = RemoteRecord.read(run);
        ClusterProfile profile = ProfileReader.read(record.profile());
        boolean connected = false;
        Duration pause = POLL;
        while (!monitor.isStopped()) {
            try (Site head = new Sites(profile).head()) {
                connected = true;
                pause = POLL;
                if (followConnected(head, record, profile, run, monitor, look)) {
                    record.finished().write(run);
                }
                return;
            } catch (IOException e) {
                lost(monitor, e);
            } catch (BadInputException e) {
                if (!connected) {
                    throw e; // it has never worked: the person can do something
                }
                lost(monitor, e);
            }
            Thread.sleep(pause.toMillis());
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private static void lost(JobMonitor monitor, Exception e) {
        monitor.message("The connection is lost (" + e.getMessage() + "); the run goes on, trying again");
    }

    /** What is done between two looks. */
    @FunctionalInterface
    private interface Look {
        void at() throws IOException;
    }

    private boolean followConnected(
            Site head, RemoteRecord record, ClusterProfile profile, RunDirectory run, JobMonitor monitor, Look look)
            throws IOException, InterruptedException {
        RunMirror mirror = new RunMirror(head, record.folder(), run);
        boolean elsewhere = !(head instanceof LocalSite);
        while (true) {
            JobState state = launcher(profile).state(head, record.job(), record.folder());
            if (elsewhere) {
                mirror.push();
                mirror.pull();
            }
            look.at();
            if (state == JobState.ENDED) {
                lastWord(head, record, run);
                return true;
            }
            if (state == JobState.WAITING) {
                waiting(run);
            }
            if (monitor.isStopped()) {
                return false;
            }
            Thread.sleep(POLL.toMillis());
        }
    }

    /** One look at a run: brings what is new and hands requests over. Empty when its job is over. */
    public Optional<JobState> look(RunDirectory run) throws IOException {
        Optional<FollowLock> right = FollowLock.tryLock(run);
        if (right.isEmpty()) {
            return Optional.of(JobState.RUNNING); // who follows the run does all this every second
        }
        try (FollowLock held = right.get()) {
            return lookAlone(run);
        }
    }

    private Optional<JobState> lookAlone(RunDirectory run) throws IOException {
        RemoteRecord record = RemoteRecord.read(run);
        ClusterProfile profile = ProfileReader.read(record.profile());
        try (Site head = new Sites(profile).head()) {
            JobState state = launcher(profile).state(head, record.job(), record.folder());
            if (!(head instanceof LocalSite)) {
                RunMirror mirror = new RunMirror(head, record.folder(), run);
                mirror.push();
                mirror.pull();
            }
            if (state == JobState.ENDED) {
                lastWord(head, record, run);
                record.finished().write(run);
                return Optional.empty();
            }
            return Optional.of(state);
        }
    }

    /** A job that waits in the queue, at first or after its time limit, has no worker that would say so. */
    private static void waiting(RunDirectory run) throws IOException {
        RunStatus said = RunStatus.read(run.statusFile());
        if (said.state() != RunState.FINISHED) {
            said.with(RunState.PAUSED, "Waits in Slurm's queue").write(run.statusFile());
        }
    }

    /** A job that was killed has left a status that says it is at work. */
    private static void lastWord(Site head, RemoteRecord record, RunDirectory run) throws IOException {
        RunStatus said = RunStatus.read(run.statusFile());
        if (!said.state().isAlive()) {
            return;
        }
        String code = head.size(record.folder() + "/job.exit").isPresent()
                ? new String(head.read(record.folder() + "/job.exit", 0, 16), StandardCharsets.US_ASCII).strip()
                : "";
        String how = code.isEmpty() ? "The job was ended from outside" : "The job ended with exit code " + code;
        said.with(
                        RunState.FAILED,
                        how + " at step " + said.step() + ". Its log may say why; the run can be resumed from its last"
                                + " checkpoint with the same --profile.")
                .write(run.statusFile());
    }

    /** Ends a run's job by force, losing what came after its last checkpoint. */
    public void cancel(RunDirectory run) throws IOException {
        RemoteRecord record = RemoteRecord.read(run);
        ClusterProfile profile = ProfileReader.read(record.profile());
        try (Site head = new Sites(profile).head()) {
            launcher(profile).cancel(head, record.job(), record.folder());
        }
    }

    /** New lines of a log. */
    private static final class LogLines {
        private final Path file;
        private long offset;

        private LogLines(Path file, long offset) {
            this.file = file;
            this.offset = offset;
        }

        static LogLines fromEndOf(Path file) throws IOException {
            return new LogLines(file, Files.exists(file) ? Files.size(file) : 0);
        }

        void poll(Consumer<String> onLine) throws IOException {
            long size = Files.exists(file) ? Files.size(file) : 0;
            if (size < offset) {
                offset = 0;
            }
            if (size == offset) {
                return;
            }
            byte[] bytes = new LocalSite().read(file.toString(), offset, (int) Math.min(1 << 20, size - offset));
            int end = bytes.length;
            while (end > 0 && bytes[end - 1] != '\n') {
                end--;
            }
            new String(bytes, 0, end, StandardCharsets.UTF_8).lines().forEach(onLine);
            offset += end;
        }
    }
}
