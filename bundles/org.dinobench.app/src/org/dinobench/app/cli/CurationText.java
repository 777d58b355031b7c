package org.dinobench.app.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.dinobench.core.io.Json;
import org.dinobench.core.job.EtaEstimator;
import org.dinobench.curator.CurationEstimate;
import org.dinobench.curator.CurationResult;
import org.dinobench.curator.dedup.DuplicateGroup;

/** Curations in the words of the command line. */
final class CurationText {
    private CurationText() {}

    static List<String> lines(CurationEstimate estimate) {
        List<String> lines = new ArrayList<>();
        lines.add(estimate.images() + " images, " + estimate.toEmbed() + " to embed; "
                + (estimate.clusters() == 0 ? "no clusters" : estimate.clusters() + " clusters") + "; neighbours "
                + (estimate.exactNeighbours() ? "by comparing all with all" : "in lists"));
        lines.add(String.format(
                Locale.ROOT,
                "memory: %.0f MiB at the peak beside the Java heap, %.0f MiB of it vectors",
                estimate.memoryBytes() / 1048576.0,
                estimate.vectorBytes() / 1048576.0));
        lines.add("time: about " + EtaEstimator.format(estimate.seconds()) + " (embedding "
                + EtaEstimator.format(estimate.embedSeconds()) + ", neighbours "
                + EtaEstimator.format(estimate.neighbourSeconds()) + ", confirming at most "
                + EtaEstimator.format(estimate.verifySeconds()) + ", clusters "
                + EtaEstimator.format(estimate.clusterSeconds()) + ")");
        return lines;
    }

    static ObjectNode json(CurationEstimate estimate) {
        ObjectNode node = Json.object();
        node.put("dry_run", true).put("images", estimate.images()).put("to_embed", estimate.toEmbed());
        node.put("clusters", estimate.clusters()).put("exact_neighbours", estimate.exactNeighbours());
        node.put("vector_bytes", estimate.vectorBytes()).put("memory_bytes", estimate.memoryBytes());
        node.put("seconds", estimate.seconds()).put("embed_s", estimate.embedSeconds());
        node.put("neighbour_s", estimate.neighbourSeconds()).put("verify_s", estimate.verifySeconds());
        node.put("cluster_s", estimate.clusterSeconds());
        return node;
    }

    static List<String> lines(CurationResult result) {
        List<String> lines = new ArrayList<>();
        lines.add(result.images() + " images, " + result.kept() + " kept; " + result.exactPairs()
                + " pairs of identical files, " + result.groups().size() + " groups of copies, "
                + result.conflicts().size() + " of them with conflicting labels, "
                + result.acrossSplits().size() + " across splits; "
                + result.clusters().size() + " clusters");
        for (DuplicateGroup group : result.conflicts()) {
            StringBuilder line = new StringBuilder("  conflict, group " + group.number() + ":");
            group.members().forEach(image -> line.append(' ')
                    .append(image.path())
                    .append(" (")
                    .append(image.label())
                    .append(')'));
            lines.add(line.toString());
        }
        lines.add("manifest: " + result.manifest());
        return lines;
    }

    static ObjectNode json(CurationResult result) {
        ObjectNode node = Json.object();
        node.put("images", result.images()).put("kept", result.kept()).put("exact_pairs", result.exactPairs());
        node.put("groups", result.groups().size())
                .put("across_splits", result.acrossSplits().size());
        node.put("clusters", result.clusters().size()).put("version", result.version());
        ArrayNode conflicts = node.putArray("conflicts");
        result.conflicts().forEach(group -> conflicts.add(group.number()));
        node.put("manifest", result.manifest().toString());
        return node;
    }
}
