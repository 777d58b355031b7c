package org.dinobench.cluster.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dinobench.cluster.ClusterLauncher;
import org.dinobench.cluster.ProductProgram;
import org.dinobench.cluster.Sites;
import org.dinobench.cluster.profile.ClusterProfile;
import org.dinobench.cluster.profile.HostAddress;
import org.dinobench.cluster.profile.ProfileKind;
import org.dinobench.cluster.profile.SlurmStarter;
import org.dinobench.cluster.site.CommandResult;
import org.dinobench.cluster.site.LocalSite;
import org.dinobench.cluster.site.Site;
import org.dinobench.cluster.stage.ProductStage;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;

/**
 * Tries a profile out, from the login to a sum over two ranks, and says of each thing what was found and what to repair.
 * What depends on something that failed is skipped and said to be.
 */
public final class ClusterCheck {
    /** What ranks print when their sum is right, with the number of ranks behind. */
    public static final String SUM_IS_RIGHT = "the sum over all ranks is right: ";

    private static final Duration TOGETHER = Duration.ofMinutes(4);

    private final ClusterProfile profile;
    private final Sites sites;
    private final ClusterLauncher launcher;
    private final ProductProgram product;
    private final JobMonitor monitor;
    private final boolean stage;
    private final List<CheckLine> lines = new ArrayList<>();

    /**
     * @param launcher of the profile's kind
     * @param stage whether the product is brought to the machines when it is not there
     */
    public ClusterCheck(
            ClusterProfile profile,
            Sites sites,
            ClusterLauncher launcher,
            ProductProgram product,
            boolean stage,
            JobMonitor monitor) {
        this.profile = profile;
        this.sites = sites;
        this.launcher = launcher;
        this.product = product;
        this.stage = stage;
        this.monitor = monitor;
    }

    /**
     * Tries everything.
     *
     * @param probe the product's command with which ranks add up their numbers
     * @return in the order of the trials
     */
    public List<CheckLine> run(List<String> probe) throws IOException {
        Map<HostAddress, Site> open = new LinkedHashMap<>();
        try {
            Site head = login(open);
            if (head == null) {
                lines.add(CheckLine.skipped("all else", "the first host is needed for it"));
                return lines;
            }
            boolean slurm = profile.kind() == ProfileKind.SLURM;
            boolean mpi = !slurm || profile.slurm().starter() == SlurmStarter.MPIRUN;
            List<Site> all = open.isEmpty() ? List.of(head) : List.copyOf(open.values());
            for (Site site : all) {
                monitor.begin("Looking at " + site.name(), 0);
                lines.addAll(new HostCheck(site, profile).run(mpi));
            }
            if (slurm) {
                slurm(head);
            }
            if (all.size() > 1) {
                sameMpi(all);
                oneToTheOthers(head);
                sharedRuns(all);
            }
            boolean ready = lines.stream().allMatch(line -> line.outcome() == CheckLine.Outcome.GOOD)
                    && open.size() == profile.hosts().size();
            together(head, all, probe, ready);
            return lines;
        } finally {
            for (Site site : open.values()) {
                site.close();
            }
        }
    }

    /** The first machine, or null when it cannot be logged in to. */
    private Site login(Map<HostAddress, Site> open) {
        if (profile.hosts().isEmpty()) {
            return new LocalSite();
        }
        for (HostAddress host : profile.addresses()) {
            monitor.begin("Logging in to " + host, 0);
            try {
                Site site = sites.open(host);
                open.put(host, site);
                lines.add(CheckLine.good(
                        host + ", login", "as " + site.run("id", "-un").out().strip()));
            } catch (BadInputException e) {
                lines.add(CheckLine.repair(
                        e.where().equals(host.toString()) ? host + ", login" : e.where(), e.problem(), e.remedy()));
            } catch (IOException e) {
                lines.add(CheckLine.repair(host + ", login", String.valueOf(e.getMessage()), "check the connection"));
            }
        }
        return open.get(profile.addresses().get(0));
    }

    private void slurm(Site head) throws IOException {
        CommandResult version = head.run("sbatch", "--version");
        if (!version.ok()) {
            lines.add(CheckLine.repair(
                    head.name() + ", Slurm",
                    "there is no sbatch",
                    "name a host with hosts: that has Slurm's commands, or install slurm-client"));
            return;
        }
        CommandResult ping = head.run("sinfo", "--noheader", "--format=%P %a %D %T");
        if (!ping.ok()) {
            lines.add(CheckLine.repair(
                    head.name() + ", Slurm", ping.lastWords(), "ask the administrator whether slurmctld runs"));
            return;
        }
        lines.add(CheckLine.good(
                head.name() + ", Slurm",
                version.out().strip() + ", "
                        + String.join("; ", ping.out().lines().toList())));
        profile.slurm().partition().ifPresent(name -> {
            boolean there = ping.out()
                    .lines()
                    .anyMatch(line -> line.split(" ")[0].replace("*", "").equals(name));
            if (!there) {
                lines.add(CheckLine.repair(
                        head.name() + ", partition", "there is no " + name, "choose one that sinfo shows"));
            }
        });
        if (profile.slurm().starter() == SlurmStarter.SRUN) {
            CommandResult kinds = head.run("srun", "--mpi=list");
            boolean pmix = (kinds.out() + kinds.err()).contains("pmix");
            lines.add(
                    pmix
                            ? CheckLine.good(head.name() + ", srun", "starts MPI's ranks by PMIx")
                            : CheckLine.repair(
                                    head.name() + ", srun",
                                    "does not know PMIx",
                                    "set starter: mpirun under slurm:, or install Slurm's PMIx plugin"));
        }
    }

    private void sameMpi(List<Site> all) throws IOException {
        Set<String> versions = new LinkedHashSet<>();
        for (Site site : all) {
            versions.add(HostCheck.mpiVersion(site));
        }
        lines.add(
                versions.size() == 1
                        ? CheckLine.good("all hosts, MPI", "the same version")
                        : CheckLine.repair(
                                "all hosts, MPI", "versions " + versions, "install the same one everywhere"));
    }

    private void oneToTheOthers(Site head) throws IOException {
        List<HostAddress> hosts = profile.addresses();
        for (HostAddress other : hosts.subList(1, hosts.size())) {
            List<String> login = new ArrayList<>(List.of(
                    "ssh", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=yes", "-o", "ConnectTimeout=10"));
            if (other.port() != HostAddress.STANDARD_PORT) {
                login.addAll(List.of("-p", Integer.toString(other.port())));
            }
            other.user().ifPresent(user -> login.addAll(List.of("-l", user)));
            login.addAll(List.of(other.host(), "true"));
            CommandResult answer = head.run(login, new byte[0], Duration.ofSeconds(30));
            String what = head.name() + " to " + other.host();
            lines.add(
                    answer.ok()
                            ? CheckLine.good(what, "logs in by key, as mpirun does")
                            : CheckLine.repair(
                                    what,
                                    answer.lastWords(),
                                    "let the first host log in to the others by a key without passphrase"
                                            + " (ssh-keygen, ssh-copy-id there), and log in once by hand"));
        }
    }

    /** Each rank writes its part of a checkpoint: all must see the same folder. */
    private void sharedRuns(List<Site> all) throws IOException {
        String runs = profile.runs().orElse(profile.folder() + "/runs");
        Site head = all.get(0);
        String token = Long.toHexString(System.nanoTime());
        String probe = head.absolute(runs) + "/.dinobench-shared-" + token;
        try {
            head.write(probe, token.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            lines.add(CheckLine.skipped("all hosts, runs", "the folder cannot be written"));
            return;
        }
        List<String> blind = new ArrayList<>();
        for (Site site : all.subList(1, all.size())) {
            if (site.size(probe).isEmpty()) {
                blind.add(site.name());
            }
        }
        head.run("rm", "-f", "--", probe);
        lines.add(
                blind.isEmpty()
                        ? CheckLine.good("all hosts, runs", head.absolute(runs) + " is the same folder")
                        : CheckLine.repair(
                                "all hosts, runs",
                                String.join(", ", blind) + " does not see " + head.absolute(runs) + " of "
                                        + head.name(),
                                "name a folder of a shared file system with runs:"));
    }

    private void together(Site head, List<Site> all, List<String> probe, boolean ready) throws IOException {
        String what = "two ranks, a sum";
        String place = profile.product().map(head::absolute).orElse("");
        if (!ready) {
            lines.add(CheckLine.skipped(what, "the lines above are to be repaired first"));
            return;
        }
        if (profile.product().isEmpty() && !profile.hosts().isEmpty()) {
            ProductStage staging = new ProductStage(product, monitor);
            place = staging.place(head, profile.folder());
            if (stage) {
                for (HostAddress host : sites.staged()) {
                    try (Site site = sites.open(host)) {
                        staging.bring(site, profile.folder());
                    }
                }
            }
        }
        for (Site site : profile.hosts().isEmpty() ? List.<Site>of() : all) {
            if (site.size(place + "/" + product.mark()).isEmpty()) {
                lines.add(
                        profile.product().isEmpty()
                                ? CheckLine.skipped(
                                        what,
                                        "this product is not on " + site.name()
                                                + " yet; the first run brings it, or cluster check --stage now")
                                : CheckLine.repair(
                                        site.name() + ", product",
                                        "there is none in " + place,
                                        "correct product:, or leave it out to have this one brought there"));
                return;
            }
        }
        monitor.begin("Adding up over two ranks", 0);
        CommandResult answer =
                launcher.together(head, profile, 2, product.command(profile.java(), place, probe), TOGETHER);
        String right = answer.out()
                .lines()
                .filter(line -> line.contains(SUM_IS_RIGHT))
                .findFirst()
                .orElse("");
        lines.add(
                answer.ok() && !right.isEmpty()
                        ? CheckLine.good(what, right.strip())
                        : CheckLine.repair(
                                what,
                                answer.code() == CommandResult.TOO_LONG
                                        ? "no answer within " + TOGETHER.toMinutes() + " minutes"
                                        : "exit code " + answer.code() + ", " + answer.lastWords(),
                                all.size() > 1
                                        ? "look for a firewall between the hosts; name the network that joins them"
                                                + " with network:"
                                        : "run it by hand: " + String.join(" ", probe)));
    }
}
