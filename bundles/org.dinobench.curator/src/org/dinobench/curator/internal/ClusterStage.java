package org.dinobench.curator.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.curator.CurationImage;
import org.dinobench.curator.Ranks;
import org.dinobench.curator.cluster.Clusters;
import org.dinobench.curator.cluster.HierarchicalKMeans;
import org.dinobench.curator.embed.Embedder;
import org.dinobench.curator.spec.ClusterSpec;
import org.dinobench.faiss.Vectors;

/** Clusters the images that are still in. */
public final class ClusterStage {
    private final ClusterSpec spec;
    private final int seed;
    private final WorkFolders work;
    private final Ranks ranks;

    public ClusterStage(ClusterSpec spec, int seed, WorkFolders work, Ranks ranks) {
        this.ranks = ranks;
        this.spec = spec;
        this.seed = seed;
        this.work = work;
    }

    /**
     * Builds the levels, the finest first.
     *
     * @param images at least one; node by node with the vectors
     */
    public List<Clusters> run(List<CurationImage> images, Vectors vectors, Embedder embedder, JobMonitor monitor)
            throws IOException {
        List<Integer> counts = new ArrayList<>();
        counts.add(spec.clustersFor(images.size()));
        for (int level : spec.levels()) {
            if (level < counts.get(counts.size() - 1)) {
                counts.add(level);
            }
        }
        HierarchicalKMeans.Options options =
                new HierarchicalKMeans.Options(counts, spec.iterations(), spec.resampling(), spec.perCluster(), seed);
        String fingerprint = Fingerprint.of(
                embedder.id() + " " + options,
                images.stream().map(CurationImage::hash).toList());
        return new HierarchicalKMeans(work.folder("cluster", fingerprint), ranks).run(vectors, options, monitor);
    }
}
