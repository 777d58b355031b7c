package org.dinobench.ui.trainer.runs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import org.dinobench.core.metrics.MetricsRow;
import org.dinobench.core.metrics.MetricsTail;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.workspace.RunDirectory;

/** The best k-NN accuracy of each run, read on as metrics grow. Polling belongs to one background thread. */
final class RunScores {
    private static final String KEY = "knn_accuracy"; // $NON-NLS-1$

    private final Map<Path, MetricsTail> tails = new ConcurrentHashMap<>();
    private final Map<Path, Double> best = new ConcurrentHashMap<>();

    /** {@return the best share of right answers so far, 0 to 1} */
    OptionalDouble best(Path run) {
        Double value = best.get(run);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** Reads what is new of a run; answers whether its best value has changed. */
    boolean poll(Path folder) throws IOException {
        if (!RunDirectory.isRun(folder)) {
            return false;
        }
        MetricsTail tail = tails.computeIfAbsent(
                folder, f -> new MetricsTail(RunDirectory.open(f).metricsFile()));
        Double before = best.get(folder);
        try {
            MetricsTail.Batch batch;
            do {
                batch = tail.poll();
                if (batch.restarted()) {
                    best.remove(folder);
                }
                for (MetricsRow row : batch.rows()) {
                    double value = row.get(KEY);
                    if (!Double.isNaN(value)) {
                        best.merge(folder, value, Math::max);
                    }
                }
            } while (!batch.rows().isEmpty());
        } catch (BadInputException e) {
            // the chart of this run shows the reason; here its value just stays empty
            best.remove(folder);
        }
        Double now = best.get(folder);
        return now == null ? before != null : !now.equals(before);
    }
}
