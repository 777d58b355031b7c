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
import org.dinobench.ui.trainer.notes.RunNotes;

/** The best k-NN accuracy and the notes of each run, read on as they grow. Polling belongs to one background thread. */
final class RunScores {
    private static final String KEY = "knn_accuracy"; // $NON-NLS-1$

    private final Map<Path, MetricsTail> tails = new ConcurrentHashMap<>();
    private final Map<Path, Double> best = new ConcurrentHashMap<>();
    private final Map<Path, RunNotes> notes = new ConcurrentHashMap<>();

    /** {@return the best share of right answers so far, 0 to 1} */
    OptionalDouble best(Path run) {
        Double value = best.get(run);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** {@return what people wrote about a run} */
    RunNotes notes(Path run) {
        return notes.getOrDefault(run, RunNotes.NONE);
    }

    /** Reads what is new of a run; answers whether its best value or its notes have changed. */
    boolean poll(Path folder) throws IOException {
        if (!RunDirectory.isRun(folder)) {
            return false;
        }
        return pollNotes(folder) | pollBest(folder);
    }

    private boolean pollNotes(Path folder) {
        RunNotes now;
        try {
            now = RunNotes.read(folder);
        } catch (BadInputException e) {
            // opening the notes tells why they cannot be read
            now = RunNotes.NONE;
        }
        RunNotes before = notes.put(folder, now);
        return !now.equals(before == null ? RunNotes.NONE : before);
    }

    private boolean pollBest(Path folder) throws IOException {
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
