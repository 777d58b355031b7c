package org.dinobench.ui.curator.review;

import org.dinobench.ui.curator.Messages;
import org.dinobench.ui.curator.model.Cluster;
import org.eclipse.osgi.util.NLS;

/** What people call a cluster. */
public final class ClusterTitle {
    private ClusterTitle() {}

    /** The name that a person gave, or else the number. */
    public static String of(Cluster cluster) {
        return cluster.name().isEmpty() ? NLS.bind(Messages.Clusters_Title, cluster.number()) : cluster.name();
    }
}
