package org.dinobench.app.cli;

import java.util.List;
import org.dinobench.cluster.ClusterLauncher;
import org.dinobench.cluster.ProductProgram;
import org.dinobench.cluster.SlurmCluster;
import org.dinobench.cluster.SshCluster;
import org.dinobench.cluster.remote.RemoteRuns;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.util.tracker.ServiceTracker;

/** The launchers that are registered as services, whichever bundles they come from, and the runs that they start. */
public final class ClusterServices {
    private static final long PATIENCE_MILLIS = 5000;

    private ClusterServices() {}

    /** All launchers; outside a framework, as in plain tests, the built-in ones. */
    static List<ClusterLauncher> launchers() {
        Bundle bundle = FrameworkUtil.getBundle(ClusterServices.class);
        if (bundle == null) {
            return List.of(new SshCluster(), new SlurmCluster());
        }
        ServiceTracker<ClusterLauncher, ClusterLauncher> tracker =
                new ServiceTracker<>(bundle.getBundleContext(), ClusterLauncher.class, null);
        tracker.open();
        try {
            tracker.waitForService(PATIENCE_MILLIS);
            return List.copyOf(tracker.getTracked().values());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while looking for launchers", e);
        } finally {
            tracker.close();
        }
    }

    /** Runs on clusters, with this very product. */
    public static RemoteRuns runs() {
        return runs(new InstalledProduct());
    }

    /** Runs on clusters. @param product what is brought there */
    static RemoteRuns runs(ProductProgram product) {
        return new RemoteRuns(launchers(), product);
    }
}
