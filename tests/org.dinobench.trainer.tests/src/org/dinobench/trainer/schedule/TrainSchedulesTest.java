package org.dinobench.trainer.schedule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.stream.IntStream;
import org.dinobench.trainer.GoldenFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainSchedulesTest {
    private static final int EPOCH = 1250;

    private static GoldenFile golden() throws IOException {
        return GoldenFile.open("cosine_schedules.safetensors");
    }

    private static double[] table(CosineSchedule schedule, int steps) {
        return IntStream.range(0, steps).mapToDouble(schedule::at).toArray();
    }

    @Test
    void tablesAreTheReferences() throws IOException {
        GoldenFile golden = golden();
        CosineSchedule rate = new CosineSchedule(0.001, 1e-6, 40, 10, 0, 0);
        assertArrayEquals(golden.doubles("tiny_lr"), table(rate, 40), 1e-15);
        assertArrayEquals(golden.doubles("tiny_wd"), table(CosineSchedule.of(0.04, 0.4, 40), 40), 1e-14);
        assertArrayEquals(golden.doubles("tiny_momentum"), table(CosineSchedule.of(0.992, 1, 40), 40), 1e-14);
        assertArrayEquals(golden.doubles("tiny_teacher_temp"), table(CosineSchedule.ramp(0.04, 0.07, 12), 12), 1e-15);
        CosineSchedule frozen = new CosineSchedule(0.001, 1e-6, 40, 10, 0, 5);
        assertArrayEquals(golden.doubles("tiny_freeze"), table(frozen, 40), 1e-15);
    }

    @ParameterizedTest
    @ValueSource(strings = {"vitl16_short", "vitl14", "vitg14"})
    void officialConfigurationsGiveTheReferencesNumbers(String name) throws IOException {
        GoldenFile golden = golden();
        JsonNode facts = GoldenFile.manifest("manifest_units.json").at("/cosine_schedules/hyper_parameters/" + name);
        int steps = facts.get("total_iters").asInt();
        boolean small = name.equals("vitl16_short");
        TrainSchedules schedules = new TrainSchedules(
                steps,
                EPOCH,
                new CosineSchedule(
                        facts.get("scaled_lr").asDouble(),
                        1e-6,
                        steps,
                        facts.get("warmup_epochs").asInt() * EPOCH,
                        0,
                        0),
                CosineSchedule.of(0.04, small ? 0.4 : 0.2, steps),
                CosineSchedule.of(small ? 0.992 : 0.994, 1, steps),
                CosineSchedule.ramp(0.04, 0.07, 30 * EPOCH));
        long[] at = golden.longs(name + ".iters");
        for (int i = 0; i < at.length; i++) {
            StepRates rates = schedules.at(at[i]);
            assertEquals(golden.doubles(name + ".lr")[i], rates.learningRate(), 1e-15);
            assertEquals(golden.doubles(name + ".last_layer_lr")[i], rates.lastLayerRate(), 1e-15);
            assertEquals(golden.doubles(name + ".wd")[i], rates.weightDecay(), 1e-13);
            assertEquals(golden.doubles(name + ".momentum")[i], rates.momentum(), 1e-13);
            assertEquals(golden.doubles(name + ".teacher_temp")[i], rates.teacherTemperature(), 1e-13);
        }
    }

    @Test
    void thePeakIsMetTwiceAndTheEndHolds() {
        CosineSchedule schedule = new CosineSchedule(2, 1, 20, 5, 0, 0);
        assertEquals(2, schedule.at(4));
        assertEquals(2, schedule.at(5));
        assertEquals(1, schedule.at(20));
        assertEquals(1, schedule.at(1e9));
    }

    @Test
    void betweenStepsTheCurveIsContinuous() {
        CosineSchedule schedule = new CosineSchedule(2, 1, 50, 10, 0, 0);
        for (double position = 0; position < 50; position += 0.125) {
            double change = Math.abs(schedule.at(position + 0.125) - schedule.at(position));
            assertTrue(change < 0.03, "jump of " + change + " at " + position);
        }
    }

    @Test
    void partsLongerThanTheWholeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new CosineSchedule(1, 0, 10, 8, 0, 3));
    }
}
