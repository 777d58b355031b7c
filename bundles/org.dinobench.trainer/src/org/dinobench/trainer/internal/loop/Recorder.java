package org.dinobench.trainer.internal.loop;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.dinobench.core.metrics.MetricsRow;
import org.dinobench.core.metrics.MetricsWriter;
import org.dinobench.core.metrics.TensorBoardWriter;
import org.dinobench.core.workspace.RunDirectory;
import org.dinobench.trainer.schedule.StepRates;
import org.dinobench.trainer.step.StepReport;

/** Writes each step's numbers to {@code metrics.jsonl} and the TensorBoard file. */
final class Recorder implements AutoCloseable {
    private final MetricsWriter metrics;
    private final TensorBoardWriter board;
    private Map<String, Double> last = Map.of();

    /**
     * @param step steps done; rows after it, of a worker that died, are cut off
     * @param writes whether this process writes; of several the first one does
     */
    Recorder(RunDirectory run, long step, boolean writes) throws IOException {
        if (!writes) {
            this.metrics = null;
            this.board = null;
            return;
        }
        this.metrics = MetricsWriter.open(run.metricsFile(), step);
        try {
            this.board = TensorBoardWriter.create(run.tensorBoardFolder());
        } catch (IOException | RuntimeException e) {
            metrics.close();
            throw e;
        }
    }

    /** Numbers of a step, in a fixed order. */
    static Map<String, Double> numbers(StepReport report, StepRates rates, double stepSeconds, double imagesPerSecond) {
        Map<String, Double> values = new LinkedHashMap<>(report.losses());
        values.put("total_loss", report.totalLoss());
        values.put("lr", rates.learningRate());
        values.put("last_layer_lr", rates.lastLayerRate());
        values.put("wd", rates.weightDecay());
        values.put("momentum", rates.momentum());
        values.put("teacher_temp", rates.teacherTemperature());
        values.put("grad_norm", report.gradientNorm());
        report.gradientNorms().forEach((module, norm) -> values.put("grad_norm_" + module, norm));
        values.putAll(report.health());
        values.put("step_seconds", stepSeconds);
        values.put("images_per_second", imagesPerSecond);
        return values;
    }

    void write(long step, long images, Map<String, Double> values) throws IOException {
        MetricsRow row = MetricsRow.now(step, images, values);
        if (metrics != null) {
            metrics.write(row);
            board.write(row);
        }
        last = row.values();
    }

    /** The numbers written last. */
    Map<String, Double> last() {
        return last;
    }

    @Override
    public void close() throws IOException {
        if (metrics == null) {
            return;
        }
        try (metrics) {
            board.close();
        }
    }
}
