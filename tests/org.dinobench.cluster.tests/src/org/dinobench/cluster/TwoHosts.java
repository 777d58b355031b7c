package org.dinobench.cluster;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.dinobench.cluster.profile.HostAddress;
import org.dinobench.cluster.ssh.SshConnector;
import org.dinobench.cluster.ssh.SshSite;

/** Two hosts in namespaces of this machine, by the script beside the tests; where that cannot be, tests are skipped. */
public final class TwoHosts implements AutoCloseable {
    private static final int CANNOT = 77;
    private static final long LONGEST_SECONDS = 240;

    private final Path folder;
    private final String a;
    private final String b;

    private TwoHosts(Path folder, List<String> lines) {
        this.folder = folder;
        this.a = lines.get(lines.size() - 2).split(" ")[1];
        this.b = lines.get(lines.size() - 1).split(" ")[1];
    }

    /** Brings them up. */
    public static TwoHosts up() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("dinobench-hosts");
        boolean up = false;
        try {
            TwoHosts hosts = new TwoHosts(folder, script("two-hosts.sh", folder, "up"));
            up = true;
            return hosts;
        } finally {
            if (!up) {
                script("two-hosts.sh", folder, "down");
            }
        }
    }

    private static List<String> script(String name, Path folder, String action)
            throws IOException, InterruptedException {
        Path script =
                Path.of(System.getProperty("dinobench.root"), "tests", "org.dinobench.cluster.tests", "scripts", name);
        // servers keep the output open: a file is no pipe that would be waited for
        Path output = Files.createTempFile("dinobench-script", ".txt");
        try {
            Process process = new ProcessBuilder("bash", script.toString(), action, folder.toString())
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(output.toFile())
                    .redirectError(ProcessBuilder.Redirect.appendTo(output.toFile()))
                    .start();
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(name + " " + action + " takes too long: " + Files.readString(output));
            }
            String text = Files.readString(output, StandardCharsets.UTF_8).strip();
            if (process.exitValue() == CANNOT) {
                System.out.println("Skipped, because " + text);
                abort(text);
            }
            if (process.exitValue() != 0) {
                throw new IOException(name + " " + action + ": " + text);
            }
            return text.lines().toList();
        } finally {
            Files.deleteIfExists(output);
        }
    }

    /** Brings Slurm up on the first host. */
    public void startSlurm() throws IOException, InterruptedException {
        script("slurm.sh", folder, "up");
    }

    /** The first host. */
    public HostAddress a() {
        return HostAddress.parse("test", "root@" + a);
    }

    /** The second host. */
    public HostAddress b() {
        return HostAddress.parse("test", "root@" + b);
    }

    /** A private key that both let in. */
    public Path key() {
        return folder.resolve("client_key");
    }

    /** The keys of both hosts. */
    public Path knownHosts() {
        return folder.resolve("known_hosts");
    }

    /** The home folder of root on a host, as this machine sees it. */
    public Path home(String side) {
        return folder.resolve(side).resolve("home");
    }

    /** A folder that both hosts and this machine see. */
    public Path shared() {
        return folder;
    }

    /** Logs in by the key's file. */
    public SshSite open(HostAddress host) throws IOException {
        return new SshConnector(Optional.empty(), Optional.of(key()), knownHosts()).connect(host);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (Files.isDirectory(folder.resolve("slurm"))) {
            script("slurm.sh", folder, "down");
        }
        script("two-hosts.sh", folder, "down");
        new ProcessBuilder("rm", "-rf", folder.toString()).start().waitFor();
    }
}
