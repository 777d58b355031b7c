package org.dinobench.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dinobench.cluster.profile.ClusterProfile;
import org.dinobench.cluster.profile.HostAddress;

/** The arguments that start ranks by {@code mpirun}. */
final class MpiCommand {
    private MpiCommand() {}

    /**
     * Ranks on the hosts of a profile.
     *
     * @param root whether the user on the first host is root, whom {@code mpirun} otherwise refuses
     */
    static List<String> across(
            ClusterProfile profile, int ranks, boolean root, Map<String, String> environment, List<String> command) {
        List<String> all = new ArrayList<>(
                List.of("mpirun", "-q", "-np", Integer.toString(ranks), "--bind-to", "none", "--oversubscribe"));
        List<HostAddress> hosts = profile.addresses();
        if (hosts.size() > 1) {
            int each = (ranks + hosts.size() - 1) / hosts.size();
            all.add("--host");
            all.add(String.join(
                    ",", hosts.stream().map(host -> host.host() + ":" + each).toList()));
            HostAddress other = hosts.get(1);
            // words that mpirun splits at spaces: an address holds none
            StringBuilder login = new StringBuilder("-o BatchMode=yes -o StrictHostKeyChecking=yes");
            if (other.port() != HostAddress.STANDARD_PORT) {
                login.append(" -p ").append(other.port());
            }
            other.user().ifPresent(user -> login.append(" -l ").append(user));
            all.addAll(List.of("--mca", "plm_rsh_args", login.toString()));
            profile.network()
                    .ifPresent(network -> all.addAll(
                            List.of("--mca", "btl_tcp_if_include", network, "--mca", "oob_tcp_if_include", network)));
        } else {
            all.addAll(ONE_MACHINE);
        }
        if (root) {
            all.add("--allow-run-as-root");
        }
        all.addAll(program(environment, command));
        return all;
    }

    /** Ranks of one machine talk through its memory, and listen nowhere. */
    static final List<String> ONE_MACHINE = List.of("--mca", "btl", "self,vader");

    /** A program with variables; {@code mpirun} takes one named java to be its own affair, behind env it does not. */
    static List<String> program(Map<String, String> environment, List<String> command) {
        List<String> all = new ArrayList<>(List.of("env"));
        new TreeMap<>(environment).forEach((name, value) -> all.add(name + "=" + value));
        all.addAll(command);
        return all;
    }
}
