package org.dinobench.ui.trainer.wizard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.dinobench.core.io.Json;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.SpecWriter;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.ui.common.worker.WorkerJob;
import org.dinobench.ui.common.worker.WorkerProcess;
import org.dinobench.ui.common.worker.WorkerRequest;
import org.dinobench.ui.common.worker.WorkerStarter;
import org.dinobench.ui.trainer.Messages;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;

/**
 * Measures how long a step takes, by a worker that makes some steps on random crops: native code that could fail does
 * not run in the workbench.
 */
final class StepTime extends Job {
    private final TrainSpec spec;
    private final String dataset;
    private final Path workspace;
    private final Consumer<Result> told;

    /**
     * What came out.
     *
     * @param stepSeconds seconds of a step; NaN when there is none
     * @param seconds of the whole run; NaN when there is none
     * @param problem why there is none, empty otherwise
     */
    record Result(double stepSeconds, double seconds, String problem) {}

    /** @param told gets the result from a background thread */
    StepTime(TrainSpec spec, String dataset, Path workspace, Consumer<Result> told) {
        super(Messages.Estimate_Job);
        this.spec = spec;
        this.dataset = dataset;
        this.workspace = workspace;
        this.told = told;
    }

    @Override
    protected IStatus run(IProgressMonitor monitor) {
        monitor.beginTask(Messages.Estimate_Job, IProgressMonitor.UNKNOWN);
        Path file = null;
        try {
            file = Files.createTempFile("dinobench", ".yaml"); // $NON-NLS-1$ //$NON-NLS-2$
            SpecWriter.write(spec, false, file);
            told.accept(measure(file, monitor));
        } catch (IOException | BadInputException e) {
            told.accept(new Result(Double.NaN, Double.NaN, e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Status.CANCEL_STATUS;
        } finally {
            delete(file);
        }
        return Status.OK_STATUS;
    }

    private Result measure(Path file, IProgressMonitor monitor) throws IOException, InterruptedException {
        Optional<WorkerStarter> starter = WorkerJob.starter();
        if (starter.isEmpty()) {
            return new Result(Double.NaN, Double.NaN, Messages.Estimate_NoStarter);
        }
        List<String> lines = new CopyOnWriteArrayList<>();
        WorkerRequest request = new WorkerRequest(
                Messages.Estimate_Job,
                List.of(
                        "train", //$NON-NLS-1$
                        "--dry-run", //$NON-NLS-1$
                        "--json", //$NON-NLS-1$
                        "--spec", //$NON-NLS-1$
                        file.toString(),
                        "--dataset", //$NON-NLS-1$
                        dataset,
                        "--out", //$NON-NLS-1$
                        file + ".run", // $NON-NLS-1$
                        "--workspace", //$NON-NLS-1$
                        workspace.toString()));
        WorkerProcess process = starter.get().start(request, lines::add);
        while (process.isAlive()) {
            if (monitor.isCanceled()) {
                process.stop();
                throw new InterruptedException();
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return result(new ArrayList<>(lines));
    }

    /** The last line that is JSON, or else the last line at all. */
    static Result result(List<String> lines) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (lines.get(i).startsWith("{")) { // $NON-NLS-1$
                ObjectNode node = Json.parseObject("dry run", lines.get(i)); // $NON-NLS-1$
                double step = node.path("step_s").asDouble(Double.NaN); // $NON-NLS-1$
                return new Result(
                        step,
                        node.path("seconds").asDouble(Double.NaN), // $NON-NLS-1$
                        Double.isNaN(step) ? Messages.Estimate_NotMeasured : ""); // $NON-NLS-1$
            }
        }
        return new Result(
                Double.NaN, Double.NaN, lines.isEmpty() ? Messages.Estimate_NotMeasured : lines.get(lines.size() - 1));
    }

    private static void delete(Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // the system removes its temporary files by itself
            file.toFile().deleteOnExit();
        }
    }
}
