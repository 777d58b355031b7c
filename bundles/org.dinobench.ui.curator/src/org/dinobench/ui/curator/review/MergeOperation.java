package org.dinobench.ui.curator.review;

import java.io.IOException;
import java.util.List;
import org.dinobench.core.catalog.CatalogPlaces;
import org.dinobench.core.workspace.DatasetDirectory;
import org.dinobench.curator.Reviews;
import org.dinobench.ui.curator.Messages;
import org.dinobench.ui.curator.model.Cluster;
import org.eclipse.osgi.util.NLS;

/** Clusters become one, now in the catalog and from now on in every curation. */
public final class MergeOperation extends ReviewOperation {
    private final DatasetDirectory dataset;
    private final Cluster into;
    private final List<Cluster> from;
    private Reviews before;

    /**
     * A merge.
     *
     * @param dataset the dataset
     * @param into takes the others in and keeps its number and name
     * @param from the others, at least one
     */
    public MergeOperation(DatasetDirectory dataset, Cluster into, List<Cluster> from) {
        super(NLS.bind(Messages.Clusters_UndoMerge, ClusterTitle.of(into)));
        this.dataset = dataset;
        this.into = into;
        this.from = List.copyOf(from);
    }

    @Override
    protected void apply() throws IOException {
        before = Reviews.read(dataset);
        Reviews merged = before.withMerged(
                into.hashes().get(0), from.stream().map(c -> c.hashes().get(0)).toList());
        for (Cluster other : from) {
            if (!into.name().isEmpty() && !other.name().isEmpty()) {
                merged = merged.withClusterName(other.hashes(), ""); // $NON-NLS-1$
            }
        }
        merged.write(dataset);
        CatalogPlaces places = new CatalogPlaces(dataset.catalog());
        places.move(
                from.stream()
                        .flatMap(c -> c.images().stream())
                        .map(i -> i.entry().id())
                        .toList(),
                into.number());
    }

    @Override
    protected void revert() throws IOException {
        CatalogPlaces places = new CatalogPlaces(dataset.catalog());
        for (Cluster other : from) {
            places.move(other.images().stream().map(i -> i.entry().id()).toList(), other.number());
        }
        before.write(dataset);
    }
}
