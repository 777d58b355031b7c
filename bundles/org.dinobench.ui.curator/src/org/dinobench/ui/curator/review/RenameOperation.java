package org.dinobench.ui.curator.review;

import java.io.IOException;
import org.dinobench.core.workspace.DatasetDirectory;
import org.dinobench.curator.Reviews;
import org.dinobench.ui.curator.Messages;
import org.dinobench.ui.curator.model.Cluster;
import org.eclipse.osgi.util.NLS;

/** A cluster gets a name, which later curations give to the cluster that holds the image nearest to its centre. */
public final class RenameOperation extends ReviewOperation {
    private final DatasetDirectory dataset;
    private final Cluster cluster;
    private final String name;
    private Reviews before;

    /**
     * A new name.
     *
     * @param dataset the dataset
     * @param cluster the cluster
     * @param name empty takes the name away
     */
    public RenameOperation(DatasetDirectory dataset, Cluster cluster, String name) {
        super(NLS.bind(Messages.Clusters_UndoRename, ClusterTitle.of(cluster)));
        this.dataset = dataset;
        this.cluster = cluster;
        this.name = name;
    }

    @Override
    protected void apply() throws IOException {
        before = Reviews.read(dataset);
        before.withClusterName(cluster.hashes(), name).write(dataset);
    }

    @Override
    protected void revert() throws IOException {
        before.write(dataset);
    }
}
