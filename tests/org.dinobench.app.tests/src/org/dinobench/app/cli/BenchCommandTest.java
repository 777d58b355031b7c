package org.dinobench.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.dinobench.core.io.Json;
import org.dinobench.core.spec.train.Precision;
import org.dinobench.core.spec.train.TrainMode;
import org.dinobench.trainer.bench.StepKnobs;
import org.dinobench.trainer.bench.StepSwitch;
import org.junit.jupiter.api.Test;

class BenchCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(List<String> arguments) {
        return new CommandRunner(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(arguments.toArray(String[]::new));
    }

    private JsonNode lastLine() throws IOException {
        String[] lines = out.toString(StandardCharsets.UTF_8).strip().split("\n");
        return Json.mapper().readTree(lines[lines.length - 1]);
    }

    @Test
    void theLoaderIsMeasuredForEachAugmentationBesideAStep() throws IOException {
        String line =
                "bench loader --json --count 16 --batch 4 --side 48 --size 32 --local 16 --locals 2 --arch vit_micro"
                        + " --patch 8 --prototypes 64 --steps 1 --precision fp32 --presets natural,dermoscopy";
        assertEquals(0, run(List.of(line.split(" "))), err.toString(StandardCharsets.UTF_8));
        JsonNode result = lastLine();
        assertEquals(2, result.path("loaders").size());
        assertEquals("dermoscopy", result.path("loaders").get(1).path("preset").asText());
        result.path("loaders")
                .forEach(loader -> assertTrue(loader.path("images_per_thread_s").asDouble() > 0, loader.toString()));
        assertTrue(result.path("step_images_per_s").asDouble() > 0, result.toString());
    }

    @Test
    void anUnknownAugmentationOrSwitchIsRefusedWithTheKnownOnes() {
        assertEquals(2, run(List.of("bench", "loader", "--no-step", "--presets", "nature")));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("dermoscopy"));
        assertEquals(2, run(List.of("bench", "step", "--off", "pack")));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("packing"));
    }

    @Test
    void theCommandLineOfAMeasurementSaysAllItsKnobs() throws IOException {
        StepKnobs knobs = new StepKnobs(
                "vit_micro",
                TrainMode.EFFICIENT,
                Precision.FP32,
                4,
                8,
                32,
                16,
                2,
                64,
                48,
                32,
                0.25,
                1,
                0,
                1,
                true,
                2,
                Set.of(StepSwitch.PACKING, StepSwitch.FLAT_BUFFERS));
        assertEquals(0, run(StepProcess.arguments(knobs)), err.toString(StandardCharsets.UTF_8));
        JsonNode result = lastLine();
        assertEquals(0.25, result.path("drop").asDouble());
        assertEquals(48, result.path("hidden").asInt());
        assertEquals(2, result.path("accumulation").asInt());
        assertTrue(result.path("checkpointing").asBoolean());
        assertEquals("[\"packing\",\"flat-buffers\"]", result.path("off").toString());
        assertTrue(result.path("loss").asDouble() > 0);
    }
}
