package org.dinobench.core.workspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.run.RunState;
import org.dinobench.core.spec.train.TrainPresets;
import org.dinobench.core.spec.train.TrainSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
    @TempDir
    Path folder;

    private final TrainSpec spec = TrainPresets.of("quick").spec();

    @Test
    void aRunKeepsItsSpecAndTellsItsState() throws Exception {
        RunDirectory run = RunDirectory.create(folder.resolve("r"), spec);
        assertEquals(spec, run.readSpec());
        assertEquals(RunState.CREATED, run.status().state());
        assertEquals("r", RunDirectory.open(folder.resolve("r")).name());
        assertThrows(BadInputException.class, () -> RunDirectory.create(run.folder(), spec));
        assertThrows(BadInputException.class, () -> RunDirectory.open(folder));
        Files.writeString(Files.createDirectories(folder.resolve("other")).resolve("x"), "x");
        assertThrows(BadInputException.class, () -> RunDirectory.create(folder.resolve("other"), spec));
    }

    @Test
    void onlyCheckpointsWithAnIndexCount() throws Exception {
        RunDirectory run = RunDirectory.create(folder.resolve("r"), spec);
        for (long step : new long[] {5, 100, 20, 3}) {
            checkpoint(run, step, true);
        }
        CheckpointFolder torn = checkpoint(run, 200, false);
        Files.createDirectories(run.checkpointsFolder().resolve("notes"));
        assertEquals(List.of(3L, 5L, 20L, 100L), steps(run));
        assertEquals(100, run.latestCheckpoint().orElseThrow().step());
        run.removeIncompleteCheckpoints();
        assertFalse(Files.exists(torn.folder()));
        run.pruneCheckpoints(2, List.of(3L));
        assertEquals(List.of(3L, 20L, 100L), steps(run));
        assertFalse(Files.exists(run.checkpoint(5).folder()));
        assertTrue(Files.exists(run.checkpointsFolder().resolve("notes")));
    }

    private static CheckpointFolder checkpoint(RunDirectory run, long step, boolean complete) throws Exception {
        CheckpointFolder checkpoint = run.checkpoint(step);
        Files.createDirectories(checkpoint.folder());
        Files.writeString(checkpoint.shard(0, 1), "weights");
        if (complete) {
            Files.writeString(checkpoint.indexFile(), "{}");
        }
        return checkpoint;
    }

    private static List<Long> steps(RunDirectory run) throws Exception {
        return run.checkpoints().stream().map(CheckpointFolder::step).toList();
    }
}
