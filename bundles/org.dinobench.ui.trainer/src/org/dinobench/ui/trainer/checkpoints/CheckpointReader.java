package org.dinobench.ui.trainer.checkpoints;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.dinobench.core.io.Json;
import org.dinobench.core.metrics.MetricsRow;
import org.dinobench.core.metrics.MetricsTail;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.workspace.CheckpointFolder;
import org.dinobench.core.workspace.RunDirectory;

/** Reads the checkpoints of one run with the accuracies that its metrics tell. Not thread-safe. */
final class CheckpointReader {
    private static final String KEY = "knn_accuracy"; // $NON-NLS-1$

    private final RunDirectory run;
    private final MetricsTail tail;
    private final TreeMap<Long, Double> checks = new TreeMap<>();

    CheckpointReader(RunDirectory run) {
        this.run = run;
        this.tail = new MetricsTail(run.metricsFile());
    }

    /** {@return the complete checkpoints, the latest first} */
    List<Checkpoint> read() throws IOException {
        readChecks();
        List<Checkpoint> found = new ArrayList<>();
        double best = Double.NEGATIVE_INFINITY;
        for (CheckpointFolder each : run.checkpoints()) {
            try {
                Checkpoint one = of(each);
                best = Double.isNaN(one.knn()) ? best : Math.max(best, one.knn());
                found.add(one);
            } catch (IOException | BadInputException e) {
                // the worker has just removed it, or is writing over it: the next look tells
                continue;
            }
        }
        double highest = best;
        // a checkpoint without a check of its own shares the one before: the earliest is the one that was measured
        long bestStep = found.stream()
                .filter(c -> c.knn() == highest)
                .mapToLong(Checkpoint::step)
                .min()
                .orElse(-1);
        return found.stream()
                .map(c -> c.step() == bestStep
                        ? new Checkpoint(
                                c.run(), c.folder(), c.step(), c.images(), c.bytes(), c.written(), c.knn(), true)
                        : c)
                .sorted(Comparator.comparingLong(Checkpoint::step).reversed())
                .toList();
    }

    private Checkpoint of(CheckpointFolder checkpoint) throws IOException {
        JsonNode index = Json.readObject(checkpoint.indexFile());
        Map.Entry<Long, Double> check = checks.floorEntry(checkpoint.step());
        return new Checkpoint(
                run.name(),
                checkpoint.folder(),
                checkpoint.step(),
                index.path("images").asLong(-1), // $NON-NLS-1$
                size(checkpoint.folder()),
                Files.getLastModifiedTime(checkpoint.indexFile()).toInstant(),
                check == null ? Double.NaN : check.getValue(),
                false);
    }

    private static long size(Path folder) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    private void readChecks() throws IOException {
        MetricsTail.Batch batch = tail.poll();
        while (batch.restarted() || !batch.rows().isEmpty()) {
            if (batch.restarted()) {
                checks.clear();
            }
            for (MetricsRow row : batch.rows()) {
                double value = row.get(KEY);
                if (!Double.isNaN(value)) {
                    checks.put(row.step(), value);
                }
            }
            batch = tail.poll();
        }
    }
}
