package org.dinobench.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.dinobench.cluster.profile.ClusterProfile;
import org.dinobench.cluster.profile.HostAddress;
import org.dinobench.cluster.site.LocalSite;
import org.dinobench.cluster.site.Site;
import org.dinobench.cluster.ssh.SshConnector;

/** Opens the machines of a profile. */
public final class Sites {
    private final ClusterProfile profile;
    private final SshConnector connector;

    /** The machines that a profile names, reached as it says. */
    public Sites(ClusterProfile profile) {
        this(profile, SshConnector.of(profile));
    }

    /** The same with other keys. */
    public Sites(ClusterProfile profile, SshConnector connector) {
        this.profile = profile;
        this.connector = connector;
    }

    /**
     * The machine where jobs are started.
     *
     * @throws org.dinobench.core.problem.BadInputException when it cannot be logged in to, with what to do
     */
    public Site head() throws IOException {
        List<HostAddress> hosts = profile.addresses();
        return hosts.isEmpty() ? new LocalSite() : connector.connect(hosts.get(0));
    }

    /** One machine. */
    public Site open(HostAddress host) throws IOException {
        return connector.connect(host);
    }

    /** The machines that product and data must be brought to: one where they share a folder. */
    public List<HostAddress> staged() {
        List<HostAddress> hosts = new ArrayList<>(profile.addresses());
        return profile.sharedFolder() && hosts.size() > 1 ? hosts.subList(0, 1) : hosts;
    }
}
