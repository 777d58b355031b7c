package org.dinobench.cluster.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dinobench.cluster.profile.ClusterProfile;
import org.dinobench.cluster.site.CommandResult;
import org.dinobench.cluster.site.Site;

/** What one machine must have. */
final class HostCheck {
    /** Shells that change any of this would change paths, too. */
    private static final String AWKWARD = "it's \"quoted\"; $HOME `id` \\ * ~ # é\n end";

    private static final List<String> TOOLS = List.of("find", "xargs", "sha256sum", "setsid", "cut", "env");
    private static final Pattern JAVA = Pattern.compile("version \"(\\d+)(?:\\.(\\d+))?[^\"]*\"");
    private static final Pattern MPI = Pattern.compile("\\(Open MPI\\) (\\S+)");
    private static final int OLDEST_JAVA = 17;

    private final Site site;
    private final ClusterProfile profile;
    private final List<CheckLine> lines = new ArrayList<>();

    HostCheck(Site site, ClusterProfile profile) {
        this.site = site;
        this.profile = profile;
    }

    List<CheckLine> run(boolean needsMpi) throws IOException {
        shell();
        tools();
        java();
        if (needsMpi) {
            mpi();
        }
        gpus();
        writable("folder", profile.folder());
        profile.runs().ifPresent(runs -> tryWritable("runs", runs));
        return lines;
    }

    private String what(String thing) {
        return site.name() + ", " + thing;
    }

    private void shell() throws IOException {
        CommandResult echoed = site.run("printf", "%s", AWKWARD);
        lines.add(
                echoed.out().equals(AWKWARD)
                        ? CheckLine.good(what("login shell"), "gives arguments on as they are")
                        : CheckLine.repair(
                                what("login shell"),
                                "changes arguments or prints something of its own",
                                "use a POSIX shell (chsh -s /bin/bash), and let its start-up files print nothing"));
    }

    private void tools() throws IOException {
        List<String> missing = new ArrayList<>();
        for (String tool : TOOLS) {
            if (!site.run("sh", "-c", "command -v \"$1\"", "tool", tool).ok()) {
                missing.add(tool);
            }
        }
        lines.add(
                missing.isEmpty()
                        ? CheckLine.good(what("tools"), String.join(", ", TOOLS))
                        : CheckLine.repair(
                                what("tools"),
                                "there is no " + String.join(", no ", missing),
                                "install coreutils, findutils and util-linux"));
    }

    private void java() throws IOException {
        CommandResult answer = site.run(profile.java(), "-version");
        Matcher version = JAVA.matcher(answer.err() + answer.out());
        if (!answer.ok() || !version.find()) {
            lines.add(CheckLine.repair(
                    what("Java"),
                    "there is no " + profile.java(),
                    "install a Java of version 17 or newer, or name its program with java:"));
        } else if (Integer.parseInt(version.group(1)) < OLDEST_JAVA) {
            lines.add(CheckLine.repair(
                    what("Java"), version.group(), "install version 17 or newer, or name its program with java:"));
        } else {
            lines.add(CheckLine.good(what("Java"), version.group()));
        }
    }

    /** The version of Open MPI; empty when there is none. */
    static String mpiVersion(Site site) throws IOException {
        Matcher version = MPI.matcher(site.run("mpirun", "--version").out());
        return version.find() ? version.group(1) : "";
    }

    private void mpi() throws IOException {
        String version = mpiVersion(site);
        lines.add(
                version.isEmpty()
                        ? CheckLine.repair(
                                what("MPI"),
                                "there is no mpirun of Open MPI for commands without a terminal",
                                "install Open MPI (Debian: openmpi-bin), or set PATH in a file that such shells read")
                        : CheckLine.good(what("MPI"), "Open MPI " + version));
    }

    private void gpus() throws IOException {
        CommandResult answer = site.run(
                "nvidia-smi", "--query-gpu=memory.used,memory.total,utilization.gpu", "--format=csv,noheader,nounits");
        List<String[]> all = answer.out()
                .lines()
                .map(line -> line.split("\\s*,\\s*"))
                .filter(parts -> parts.length == 3 && parts[0].matches("\\d+") && parts[2].matches("\\d+"))
                .toList();
        if (!answer.ok() || all.isEmpty()) {
            lines.add(CheckLine.good(what("GPUs"), "none; runs use the processor"));
            return;
        }
        // one that computes, or whose memory somebody holds, is not free
        long free = all.stream()
                .filter(gpu -> Integer.parseInt(gpu[0]) < 500 && Integer.parseInt(gpu[2]) < 10)
                .count();
        lines.add(
                free > 0
                        ? CheckLine.good(what("GPUs"), free + " of " + all.size() + " are free")
                        : CheckLine.repair(
                                what("GPUs"), "all " + all.size() + " are in use", "wait, or name other hosts"));
    }

    private void tryWritable(String key, String folder) {
        try {
            writable(key, folder);
        } catch (IOException e) {
            lines.add(CheckLine.repair(what(key), e.getMessage(), "check the connection"));
        }
    }

    private void writable(String key, String folder) throws IOException {
        String place = site.absolute(folder);
        String probe = place + "/.dinobench-check-" + Long.toHexString(System.nanoTime());
        byte[] content = probe.getBytes(StandardCharsets.UTF_8);
        try {
            site.write(probe, content);
            boolean same = new String(site.read(probe, 0, 4096), StandardCharsets.UTF_8).equals(probe);
            site.run("rm", "-f", "--", probe);
            if (!same) {
                throw new IOException("what was written is not what is read");
            }
        } catch (IOException e) {
            lines.add(CheckLine.repair(
                    what(key),
                    place + " cannot be written",
                    "choose another one with " + key + ":, or its permissions"));
            return;
        }
        String[] space = site.run("df", "-Pk", "--", place)
                .out()
                .lines()
                .reduce("", (a, b) -> b)
                .trim()
                .split("\\s+");
        boolean told = space.length > 3 && space[3].matches("\\d+");
        lines.add(CheckLine.good(
                what(key),
                place + " can be written" + (told ? ", " + Long.parseLong(space[3]) / 1_000_000 + " GB free" : "")));
    }
}
