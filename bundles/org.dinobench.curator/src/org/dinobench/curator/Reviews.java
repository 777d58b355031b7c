package org.dinobench.curator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.dinobench.core.io.Json;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.workspace.DatasetDirectory;

/**
 * What people said of groups and clusters, kept in {@code reviews.json} beside the catalog and by the content of images,
 * so that it survives a rerun, a renamed file and another clustering. Decisions on single images are in the catalog.
 * Immutable.
 *
 * @param apart pairs of content hashes, the smaller first, that are no copies of each other whatever a search says
 * @param clusterNames names of clusters, by the content hash of an image that stands for the cluster
 * @param merges clusters that are one whatever the clustering says, by the content hashes of images that stand for them
 */
public record Reviews(Collection<Separation> apart, Map<String, String> clusterNames, List<Merge> merges) {
    private static final String FORMAT = "dinobench-reviews-1";
    private static final int MAX_NAME = 200;

    /** No reviews. */
    public static final Reviews NONE = new Reviews(List.of(), Map.of(), List.of());

    /**
     * Two images that are no copies of each other.
     *
     * @param first content hash, the smaller
     * @param second content hash, the larger
     */
    public record Separation(String first, String second) implements Comparable<Separation> {
        /** In any order. */
        public static Separation of(String a, String b) {
            return a.compareTo(b) < 0 ? new Separation(a, b) : new Separation(b, a);
        }

        @Override
        public int compareTo(Separation other) {
            int byFirst = first.compareTo(other.first);
            return byFirst != 0 ? byFirst : second.compareTo(other.second);
        }
    }

    /**
     * Two clusters that are one.
     *
     * @param into content hash of an image of the cluster that takes the other in
     * @param from content hash of an image of the other one
     */
    public record Merge(String into, String from) {}

    /** No merges. */
    public Reviews(Collection<Separation> apart, Map<String, String> clusterNames) {
        this(apart, clusterNames, List.of());
    }

    /** Copies all. */
    public Reviews {
        merges = List.copyOf(merges);
        apart = Collections.unmodifiableSortedSet(new TreeSet<>(apart));
        clusterNames = Collections.unmodifiableMap(new TreeMap<>(clusterNames));
    }

    private static Path file(DatasetDirectory dataset) {
        return dataset.folder().resolve("reviews.json");
    }

    /** The reviews of a data set; {@link #NONE} when nobody made any. */
    public static Reviews read(DatasetDirectory dataset) {
        Path file = file(dataset);
        if (!Files.exists(file)) {
            return NONE;
        }
        ObjectNode node = Json.readObject(file);
        if (!FORMAT.equals(node.path("format").asText())) {
            throw new BadInputException(file.toString(), "these are no reviews of this version", "remove the file");
        }
        List<Separation> apart = new ArrayList<>();
        for (JsonNode pair : node.path("apart")) {
            apart.add(Separation.of(pair.path(0).asText(), pair.path(1).asText()));
        }
        Map<String, String> names = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : node.path("cluster_names").properties()) {
            names.put(entry.getKey(), entry.getValue().asText());
        }
        List<Merge> merges = new ArrayList<>();
        for (JsonNode pair : node.path("cluster_merges")) {
            merges.add(new Merge(pair.path(0).asText(), pair.path(1).asText()));
        }
        return new Reviews(apart, names, merges);
    }

    /** Replaces the reviews of a data set. */
    public void write(DatasetDirectory dataset) throws IOException {
        ObjectNode node = Json.object();
        node.put("format", FORMAT);
        ArrayNode pairs = node.putArray("apart");
        apart.forEach(pair -> pairs.addArray().add(pair.first()).add(pair.second()));
        ObjectNode names = node.putObject("cluster_names");
        clusterNames.forEach(names::put);
        ArrayNode joined = node.putArray("cluster_merges");
        merges.forEach(merge -> joined.addArray().add(merge.into()).add(merge.from()));
        Json.write(file(dataset), node);
    }

    /** With a group split: no image of one part is a copy of an image of the other. */
    public Reviews withSplit(Collection<CurationImage> part, Collection<CurationImage> rest) {
        List<Separation> more = new ArrayList<>(apart);
        for (CurationImage a : part) {
            for (CurationImage b : rest) {
                if (a.hash().equals(b.hash())) {
                    throw new IllegalArgumentException(a.path() + " and " + b.path() + " are the same file");
                }
                more.add(Separation.of(a.hash(), b.hash()));
            }
        }
        return new Reviews(more, clusterNames, merges);
    }

    /**
     * With a name for the cluster that an image is in.
     *
     * @param standsFor normally the prototype nearest to the centroid
     * @param name empty takes the name away
     */
    public Reviews withClusterName(CurationImage standsFor, String name) {
        return withClusterName(List.of(standsFor.hash()), name);
    }

    /**
     * With another name for a cluster.
     *
     * @param members content hashes of its images, the one that stands for it first; names that others of them hold are
     *     taken away
     * @param name empty leaves the cluster without a name
     * @throws BadInputException when the name is too long
     */
    public Reviews withClusterName(List<String> members, String name) {
        if (name.strip().length() > MAX_NAME) {
            throw new BadInputException("cluster name", "it is longer than " + MAX_NAME + " characters", "shorten it");
        }
        Map<String, String> more = new TreeMap<>(clusterNames);
        members.forEach(more::remove);
        if (!name.isBlank()) {
            more.put(members.get(0), name.strip());
        }
        return new Reviews(apart, more, merges);
    }

    /**
     * With clusters that are one from now on.
     *
     * @param into content hash of an image that stands for the cluster that takes the others in
     * @param from content hashes of images that stand for the others
     */
    public Reviews withMerged(String into, Collection<String> from) {
        List<Merge> more = new ArrayList<>(merges);
        for (String other : from) {
            Merge merge = new Merge(into, other);
            if (!other.equals(into) && !more.contains(merge)) {
                more.add(merge);
            }
        }
        return new Reviews(apart, clusterNames, more);
    }

    /** Whether a person said that two images are no copies of each other. */
    public boolean areApart(String hash, String other) {
        return apart.contains(Separation.of(hash, other));
    }

    /** The name given to a cluster, found by any of its images. */
    public Optional<String> clusterName(Collection<CurationImage> members) {
        return members.stream()
                .map(member -> clusterNames.get(member.hash()))
                .filter(name -> name != null)
                .findFirst();
    }
}
