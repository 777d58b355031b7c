package org.dinobench.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.dinobench.app.workbench.ProductCommand;
import org.dinobench.core.io.Json;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.trainer.bench.StepAblation;
import org.dinobench.trainer.bench.StepFigures;
import org.dinobench.trainer.bench.StepKnobs;
import org.dinobench.trainer.bench.StepSwitch;

/**
 * Measures steps each in a new process of this product: native memory is not given back between steps of one process,
 * so that the peak of one would hide that of the next.
 */
final class StepProcess implements StepAblation.Measurement {
    private final JobMonitor monitor;

    /** @param monitor stopping it ends the process that measures */
    StepProcess(JobMonitor monitor) {
        this.monitor = monitor;
    }

    @Override
    public StepFigures measure(StepKnobs knobs) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(ProductCommand.worker(arguments(knobs)));
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        Process process = builder.start();
        process.getOutputStream().close();
        String last = "";
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last = line.isBlank() ? last : line;
            }
            int code = process.waitFor();
            monitor.checkStopped();
            if (code != 0) {
                throw new IOException("the process that measured a step ended with code " + code
                        + (code > 128 ? ", killed by signal " + (code - 128) + ": out of memory?" : ""));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a step was measured", e);
        } finally {
            process.destroy();
        }
        JsonNode found = Json.mapper().readTree(last);
        return new StepFigures(
                found.path("step_s").asDouble(),
                found.path("cpu_s").asDouble(),
                found.path("images_per_s").asDouble(),
                found.path("peak_rss_mib").asDouble(),
                found.path("loss").asDouble(),
                found.path("grad_norm").asDouble());
    }

    /** The command line of a measurement. */
    static List<String> arguments(StepKnobs knobs) {
        List<String> arguments = new ArrayList<>(List.of("bench", "step", "--json"));
        add(arguments, "--arch", knobs.arch());
        add(arguments, "--mode", knobs.mode().name().toLowerCase(Locale.ROOT));
        add(arguments, "--precision", knobs.precision().name().toLowerCase(Locale.ROOT));
        add(arguments, "--batch", knobs.batch());
        add(arguments, "--patch", knobs.patch());
        add(arguments, "--size", knobs.size());
        add(arguments, "--local", knobs.local());
        add(arguments, "--locals", knobs.locals());
        add(arguments, "--prototypes", knobs.prototypes());
        add(arguments, "--hidden", knobs.hidden());
        add(arguments, "--bottleneck", knobs.bottleneck());
        add(arguments, "--drop", knobs.drop());
        add(arguments, "--steps", knobs.steps());
        add(arguments, "--warmup", knobs.warmup());
        add(arguments, "--threads", knobs.threads());
        add(arguments, "--accumulation", knobs.accumulation());
        if (knobs.checkpointing()) {
            arguments.add("--checkpointing");
        }
        if (!knobs.off().isEmpty()) {
            add(
                    arguments,
                    "--off",
                    String.join(",", knobs.off().stream().map(StepSwitch::key).toList()));
        }
        return arguments;
    }

    private static void add(List<String> arguments, String option, Object value) {
        arguments.add(option);
        arguments.add(String.valueOf(value));
    }
}
