package org.dinobench.cluster.profile;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dinobench.core.spec.Key;

/**
 * Where and how runs are computed. It names computers, folders and amounts, and holds no secret: who may log in is a
 * matter of keys, which it can name and never contains.
 *
 * @param kind who starts the processes
 * @param hosts computers, the first of which starts the processes; for Slurm one that has its commands, or none when they
 *     are here
 * @param key file of a private key; empty: those of the agent and the usual ones
 * @param knownHosts file of the host keys that are trusted
 * @param folder on the hosts for product and data: absolute, or from the home folder
 * @param sharedFolder whether all hosts see the same folder
 * @param runs folder for runs on the hosts, which all of them see; empty: {@code runs} in the folder
 * @param product folder of a Dinobench that is on the hosts already; empty: this one is brought there
 * @param sharedData whether the hosts see the images under the same paths as this computer
 * @param java program on the hosts
 * @param ranks processes of a run
 * @param restarts how often processes are started again after one was lost
 * @param network interface or address range that MPI uses; empty: all
 * @param environment variables of the processes
 * @param slurm what is asked of Slurm
 */
public record ClusterProfile(
        @Key(doc = "Who starts the processes: local, ssh or slurm.", def = "local")
        ProfileKind kind,

        @Key(doc = "Computers, as host, user@host or user@host:port; the first one starts the processes.", def = "[]")
        List<String> hosts,

        @Key(doc = "File of a private key; left out: the agent's keys and ~/.ssh/id_*.")
        Optional<String> key,

        @Key(doc = "File of the host keys that are trusted.", def = "~/.ssh/known_hosts")
        String knownHosts,

        @Key(doc = "Folder on the hosts, absolute or from the home folder.", def = "dinobench")
        String folder,

        @Key(doc = "Whether all hosts see the same folder.", def = "false")
        boolean sharedFolder,

        @Key(doc = "Folder for runs that all hosts see; left out: runs in the folder.")
        Optional<String> runs,

        @Key(doc = "Folder of a Dinobench on the hosts; left out: this one is brought there.")
        Optional<String> product,

        @Key(doc = "Whether the hosts see images under the same paths as this computer.", def = "false")
        boolean sharedData,

        @Key(doc = "The Java program on the hosts.", def = "java")
        String java,

        @Key(doc = "Processes of a run.", def = "1", min = 1, max = 65_536)
        int ranks,

        @Key(doc = "How often processes are started again after one was lost.", def = "0", min = 0, max = 1000)
        int restarts,

        @Key(doc = "Network interface or address range for MPI, such as eth0 or 10.0.0.0/8.")
        Optional<String> network,

        @Key(doc = "Variables of the processes.") Map<String, Object> environment,
        @Key(doc = "What is asked of Slurm.") SlurmSettings slurm) {

    /** Copies its lists. */
    public ClusterProfile {
        hosts = List.copyOf(hosts);
        environment = Map.copyOf(environment);
    }

    /** The hosts, parsed. */
    public List<HostAddress> addresses() {
        return hosts.stream().map(host -> HostAddress.parse("hosts", host)).toList();
    }

    /** A file of this computer that the profile names, with {@code ~} as the home folder. */
    public static Path localFile(String named) {
        Path home = Path.of(System.getProperty("user.home"));
        return named.startsWith("~/") ? home.resolve(named.substring(2)) : home.resolve(named);
    }
}
