package org.dinobench.curator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.dinobench.core.catalog.Catalog;
import org.dinobench.core.catalog.CatalogEntry;
import org.dinobench.core.catalog.CatalogFilter;
import org.dinobench.core.catalog.ClusterMember;
import org.dinobench.core.catalog.GroupMember;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.provenance.Provenance;
import org.dinobench.core.spec.SpecWriter;
import org.dinobench.core.workspace.DatasetDirectory;
import org.dinobench.curator.cluster.BalancedSampling;
import org.dinobench.curator.cluster.ClusterMerges;
import org.dinobench.curator.cluster.ClusterSummary;
import org.dinobench.curator.cluster.Clusters;
import org.dinobench.curator.cluster.Retrieval;
import org.dinobench.curator.dedup.DuplicateGroup;
import org.dinobench.curator.embed.Embedder;
import org.dinobench.curator.embed.Embedders;
import org.dinobench.curator.embed.EmbeddingStore;
import org.dinobench.curator.internal.ClusterStage;
import org.dinobench.curator.internal.CurationFiles;
import org.dinobench.curator.internal.DuplicateStage;
import org.dinobench.curator.internal.Estimator;
import org.dinobench.curator.internal.ImageList;
import org.dinobench.curator.internal.Verdicts;
import org.dinobench.curator.internal.WorkFolders;
import org.dinobench.curator.spec.CurationSpec;
import org.dinobench.curator.spec.RetrieveMode;
import org.dinobench.curator.spec.RetrieveSpec;
import org.dinobench.faiss.Faiss;
import org.dinobench.faiss.Vectors;

/**
 * From a heap of images to a balanced set without copies: embed, deduplicate, cluster, retrieve, balance. Everything
 * that takes long is kept as it is made, in the data set's folder, so that a run that was stopped or killed goes on
 * where it was; the same images, specification and seed give the same result. Decisions of people, kept in the
 * catalog, outrank those of the curation.
 */
public final class Curation {
    private final DatasetDirectory dataset;
    private final CurationSpec spec;
    private final Embedders embedders;
    private final WorkFolders work;
    private final Ranks ranks;

    /**
     * @param dataset with imported images
     * @param embedders to find the models of the specification
     * @throws BadInputException when keys of the specification do not go together
     */
    public Curation(DatasetDirectory dataset, CurationSpec spec, Embedders embedders) {
        this(dataset, spec, embedders, Ranks.ALONE);
    }

    /**
     * As {@link #Curation(DatasetDirectory, CurationSpec, Embedders)}, by several processes together.
     *
     * @param ranks all processes make this object with equal arguments and call the same; the data set's folder is the
     *     same for all of them, and the first one writes the catalog and the manifest
     */
    public Curation(DatasetDirectory dataset, CurationSpec spec, Embedders embedders, Ranks ranks) {
        spec.check();
        this.ranks = ranks;
        this.dataset = dataset;
        this.spec = spec;
        this.embedders = embedders;
        this.work = new WorkFolders(dataset.folder().resolve("embeddings").resolve("work"));
    }

    /**
     * Runs all stages, updates the catalog and writes the manifest.
     *
     * @param out the output folder, made when it is not there
     * @throws BadInputException when the data set, a model or a named folder cannot be used
     * @throws org.dinobench.core.problem.StoppedException when stopped; a later run goes on
     */
    public CurationResult run(Path out, JobMonitor monitor) throws IOException {
        Provenance provenance = Provenance.begin(
                "curate",
                List.of(),
                SpecWriter.write(spec, false),
                OptionalLong.of(spec.seed()),
                Map.of("faiss", Faiss.version()));
        Catalog catalog = dataset.required().catalog();
        List<CurationImage> images = images(catalog);
        Verdicts verdicts = new Verdicts(images, spec.dedup().enabled());
        Reviews reviews = Reviews.read(dataset);

        DuplicateStage.Outcome duplicates = deduplicate(images, verdicts, reviews, monitor);
        ClusterOutcome clusters = cluster(images, verdicts, reviews, monitor);

        monitor.begin("Writing the curated set", -1);
        // Nobody writes before everybody has read what was there.
        ranks.barrier();
        CurationFiles files = new CurationFiles(out);
        int version = files.nextVersion();
        ranks.barrier();
        CurationResult result = new CurationResult(
                out,
                version,
                out.resolve(CurationFiles.MANIFEST),
                images.size(),
                verdicts.kept().size(),
                clusters.broken(),
                duplicates.groups().groups(),
                exactPairs(images),
                duplicates.search() == null ? 0 : duplicates.search().pairs().size(),
                (int) images.stream()
                        .filter(image -> !duplicates.groups().references(image).isEmpty())
                        .count(),
                clusters.summaries());
        if (ranks.first()) {
            catalog.setCuration(groupMembers(duplicates), clusters.members(), verdicts.decisions());
            files.write(result, spec, duplicates, images, catalog, provenance);
            work.removeOthers();
        }
        ranks.barrier();
        return result;
    }

    /**
     * A dry run: tells what {@link #run} will need and writes nothing but the folder of the embedder.
     *
     * @throws BadInputException as {@link #run} would
     */
    public CurationEstimate estimate(JobMonitor monitor) throws IOException {
        List<CurationImage> images = images(dataset.required().catalog());
        try (Embedder embedder = spec.dedup().enabled()
                ? embedders.openForCopies(duplicateModel())
                : embedders.open(spec.embed().model())) {
            return new Estimator(spec).estimate(images, embedder, EmbeddingStore.open(embeddings(), embedder), monitor);
        }
    }

    private String duplicateModel() {
        return spec.dedup().model().isEmpty()
                ? spec.embed().model()
                : spec.dedup().model();
    }

    private static List<CurationImage> images(Catalog catalog) throws IOException {
        List<CurationImage> images = new ArrayList<>();
        for (CatalogEntry entry : catalog.all(CatalogFilter.OK)) {
            images.add(CurationImage.of(entry));
        }
        if (images.isEmpty()) {
            throw new BadInputException(
                    catalog.file().toString(), "the data set has no image that decodes", "import images into it first");
        }
        return images;
    }

    private DuplicateStage.Outcome deduplicate(
            List<CurationImage> images, Verdicts verdicts, Reviews reviews, JobMonitor monitor) throws IOException {
        List<CurationImage> references = new ArrayList<>();
        for (String source : spec.dedup().references()) {
            references.addAll(ImageList.read(source, "dedup.references", monitor));
        }
        try (Embedder embedder = embedders.openForCopies(duplicateModel())) {
            EmbeddingStore store = EmbeddingStore.open(embeddings(), embedder, ranks);
            if (spec.dedup().enabled()) {
                store.embed(images, monitor);
                store.embed(references, monitor);
            }
            DuplicateStage.Outcome outcome = new DuplicateStage(spec.dedup(), spec.seed(), work, reviews, ranks)
                    .run(images, references, embedder, store, monitor);
            verdicts.duplicates(outcome.groups(), spec.dedup().conflicts());
            return outcome;
        }
    }

    private Path embeddings() {
        return dataset.folder().resolve("embeddings");
    }

    /** What clustering and the stages upon it gave. */
    private record ClusterOutcome(List<ClusterMember> members, List<ClusterSummary> summaries, int broken) {}

    private ClusterOutcome cluster(List<CurationImage> images, Verdicts verdicts, Reviews reviews, JobMonitor monitor)
            throws IOException {
        if (!spec.cluster().enabled()
                && spec.retrieve().mode() == RetrieveMode.NONE
                && spec.balance().target() == 0) {
            return new ClusterOutcome(List.of(), List.of(), 0);
        }
        try (Embedder embedder = embedders.open(spec.embed().model())) {
            EmbeddingStore store = EmbeddingStore.open(embeddings(), embedder, ranks);
            store.embed(verdicts.kept(), monitor);
            int broken = 0;
            for (CurationImage image : images) {
                String reason = store.brokenReason(image.hash());
                if (reason != null) {
                    verdicts.drop(image, "cannot be embedded: " + reason);
                    broken++;
                }
            }
            List<CurationImage> points = verdicts.kept().stream()
                    .filter(image -> store.knows(image.hash()) && store.brokenReason(image.hash()) == null)
                    .toList();
            if (points.isEmpty()) {
                return new ClusterOutcome(List.of(), List.of(), broken);
            }
            try (Vectors vectors =
                    store.gather(points.stream().map(CurationImage::hash).toList())) {
                List<Clusters> levels = new ArrayList<>(new ClusterStage(spec.cluster(), spec.seed(), work, ranks)
                        .run(points, vectors, embedder, monitor));
                levels.set(0, new ClusterMerges(reviews).apply(levels.get(0), points, vectors));
                retrieve(points, vectors, levels.get(0), store, verdicts, monitor);
                balance(points, levels, verdicts);
                // a cluster that people put into another one is empty
                List<ClusterSummary> summaries = ClusterSummary.of(levels.get(0), points, reviews).stream()
                        .filter(summary -> summary.size() > 0)
                        .toList();
                return new ClusterOutcome(members(points, levels), summaries, broken);
            }
        }
    }

    private void retrieve(
            List<CurationImage> points,
            Vectors vectors,
            Clusters clusters,
            EmbeddingStore store,
            Verdicts verdicts,
            JobMonitor monitor)
            throws IOException {
        RetrieveSpec retrieve = spec.retrieve();
        if (retrieve.mode() == RetrieveMode.NONE) {
            return;
        }
        List<CurationImage> seeds = ImageList.read(retrieve.seeds(), "retrieve.seeds", monitor);
        store.embed(seeds, monitor);
        List<String> hashes = store.withVector(seeds);
        if (hashes.isEmpty()) {
            throw new BadInputException("retrieve.seeds", "none of the seed images can be read", "check the folder");
        }
        boolean[] chosen;
        try (Vectors queries = store.gather(hashes)) {
            chosen = retrieve.mode() == RetrieveMode.SAMPLE
                    ? Retrieval.bySample(vectors, queries, retrieve.perQuery(), retrieve.limit(), monitor)
                    : Retrieval.byCluster(
                            clusters,
                            queries,
                            retrieve.minimumQueries(),
                            retrieve.perCluster(),
                            retrieve.limit(),
                            spec.seed());
        }
        for (int i = 0; i < chosen.length; i++) {
            if (!chosen[i]) {
                verdicts.drop(points.get(i), "not like the seed images");
            }
        }
    }

    private void balance(List<CurationImage> points, List<Clusters> levels, Verdicts verdicts) {
        if (spec.balance().target() == 0) {
            return;
        }
        boolean[] eligible = new boolean[points.size()];
        for (int i = 0; i < eligible.length; i++) {
            eligible[i] = verdicts.isKept(points.get(i));
        }
        boolean[] drawn =
                new BalancedSampling(levels).draw(eligible, spec.balance().target(), spec.seed());
        for (int i = 0; i < drawn.length; i++) {
            if (eligible[i] && !drawn[i]) {
                verdicts.drop(
                        points.get(i),
                        "left out to balance cluster " + levels.get(0).assigned()[i]);
            }
        }
    }

    private static List<ClusterMember> members(List<CurationImage> points, List<Clusters> levels) {
        List<ClusterMember> members = new ArrayList<>();
        Clusters finest = levels.get(0);
        for (int i = 0; i < points.size(); i++) {
            int cluster = finest.assigned()[i];
            members.add(new ClusterMember(points.get(i).id(), 0, cluster, finest.similarity()[i]));
            for (int level = 1; level < levels.size(); level++) {
                double similarity = levels.get(level).similarity()[cluster];
                cluster = levels.get(level).assigned()[cluster];
                members.add(new ClusterMember(points.get(i).id(), level, cluster, similarity));
            }
        }
        return members;
    }

    private static List<GroupMember> groupMembers(DuplicateStage.Outcome duplicates) {
        List<GroupMember> members = new ArrayList<>();
        for (DuplicateGroup group : duplicates.groups().groups()) {
            for (CurationImage image : group.members()) {
                members.add(new GroupMember(
                        image.id(),
                        group.number(),
                        image.equals(group.representative()),
                        duplicates.similarity().getOrDefault(image.id(), 0.0)));
            }
        }
        return members;
    }

    private static long exactPairs(List<CurationImage> images) {
        Map<String, Integer> counts = new HashMap<>();
        images.forEach(image -> counts.merge(image.hash(), 1, Integer::sum));
        return counts.values().stream().mapToLong(n -> n * (n - 1L) / 2).sum();
    }
}
