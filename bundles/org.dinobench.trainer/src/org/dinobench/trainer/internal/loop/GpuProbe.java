package org.dinobench.trainer.internal.loop;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.dinobench.core.run.ResourceSample;

/** Asks the driver's own tool, where it is installed, what the machine's NVIDIA processors do. */
final class GpuProbe {
    private static final String TOOL = "nvidia-smi";
    private static final List<String> QUESTION =
            List.of("--query-gpu=utilization.gpu,memory.used,memory.total", "--format=csv,noheader,nounits");
    private static final int PATIENCE_SECONDS = 3;
    private static final int MOST_BYTES = 1 << 16;

    private final Path tool;
    private boolean answers = true;

    private GpuProbe(Path tool) {
        this.tool = tool;
    }

    /** The probe; empty where there is no such tool. */
    static Optional<GpuProbe> find() {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            Path file = Path.of(folder, TOOL);
            if (!folder.isEmpty() && Files.isExecutable(file)) {
                return Optional.of(new GpuProbe(file));
            }
        }
        return Optional.empty();
    }

    /** The processor of the rank: as many ranks as processors have one each, more share them in turn. */
    Optional<ResourceSample.Gpu> look(int rank) {
        if (!answers) {
            return Optional.empty();
        }
        try {
            List<String> command = new ArrayList<>(List.of(tool.toString()));
            command.addAll(QUESTION);
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                answers = false;
                return Optional.empty();
            }
            String text = new String(process.getInputStream().readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
            List<ResourceSample.Gpu> all = parse(text);
            answers = process.exitValue() == 0 && !all.isEmpty();
            return all.isEmpty() ? Optional.empty() : Optional.of(all.get(rank % all.size()));
        } catch (IOException e) {
            // a tool without a driver: there is no processor to tell of
            answers = false;
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Lines of percent, MiB used and MiB in all, such as {@code 87, 40213, 81559}; others are passed over. */
    static List<ResourceSample.Gpu> parse(String text) {
        List<ResourceSample.Gpu> all = new ArrayList<>();
        for (String line : text.lines().toList()) {
            String[] parts = line.split(",");
            if (parts.length == 3
                    && List.of(parts).stream().allMatch(part -> part.strip().matches("\\d{1,12}"))) {
                all.add(new ResourceSample.Gpu(
                        Integer.parseInt(parts[0].strip()) / 100.0,
                        Long.parseLong(parts[1].strip()) << 20,
                        Long.parseLong(parts[2].strip()) << 20));
            }
        }
        return all;
    }
}
