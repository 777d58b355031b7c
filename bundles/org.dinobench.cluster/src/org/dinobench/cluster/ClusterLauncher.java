package org.dinobench.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.dinobench.cluster.profile.ClusterProfile;
import org.dinobench.cluster.profile.ProfileKind;
import org.dinobench.cluster.site.CommandResult;
import org.dinobench.cluster.site.Site;

/**
 * Starts runs on a kind of cluster and tells of them; an OSGi service. A job goes on when nobody is connected: all that
 * is to be known of it lies in its run's folder. Implementations keep nothing and are thread-safe.
 */
public interface ClusterLauncher {
    /** Profiles of this kind are its business. */
    ProfileKind kind();

    /** One sentence for a person. */
    String description();

    /**
     * Starts a job.
     *
     * @param head the machine where jobs are started
     * @return what names the job for the other methods
     * @throws org.dinobench.core.problem.BadInputException when it is refused, with why
     */
    String submit(Site head, ClusterProfile profile, JobOrder order) throws IOException;

    /**
     * Where a job stands.
     *
     * @param folder of its run
     */
    JobState state(Site head, String job, String folder) throws IOException;

    /** Ends a job by force; nothing happens when it is over. */
    void cancel(Site head, String job, String folder) throws IOException;

    /**
     * Runs a short command as ranks and waits for it, as {@link #submit} would run it.
     *
     * @param ranks number of processes
     */
    CommandResult together(Site head, ClusterProfile profile, int ranks, List<String> command, Duration limit)
            throws IOException;
}
