package org.dinobench.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dinobench.core.problem.BadInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourceFilesTest {
    @TempDir
    private Path folder;

    private static ResourceSample sample(double time, int rank) {
        return new ResourceSample(
                time, rank, "here", 1.5, 4, 123456789L, 1L << 34, Optional.of(new ResourceSample.Gpu(0.5, 10, 20)));
    }

    @Test
    void samplesOfEachProcessComeBackInTheirOrder() throws Exception {
        ResourceFiles files = new ResourceFiles(folder);
        assertEquals(Map.of(), files.latest());
        files.append(sample(1, 1));
        files.append(sample(1, 0));
        files.append(sample(6, 0));
        Files.writeString(folder.resolve("resources/rank-0.jsonl"), "{\"time\": 11, \"ra", StandardOpenOption.APPEND);
        assertEquals(Map.of(0, List.of(sample(1, 0), sample(6, 0)), 1, List.of(sample(1, 1))), files.latest());
    }

    @Test
    void aSampleWithoutProcessorsAndTimesIsKept() {
        ResourceSample bare = new ResourceSample(2, 0, "h", Double.NaN, 2, 0, 0, Optional.empty());
        ResourceSample read = ResourceSample.parse("x:1", bare.toLine());
        assertTrue(Double.isNaN(read.cores()));
        assertEquals(Optional.empty(), read.gpu());
    }

    @Test
    void longFilesAreReadFromTheirEndAndDamageIsNamed() throws Exception {
        ResourceFiles files = new ResourceFiles(folder);
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            many.append(sample(i, 0).toLine()).append('\n');
        }
        Files.createDirectories(folder.resolve("resources"));
        Path file = folder.resolve("resources/rank-0.jsonl");
        Files.writeString(file, many);
        List<ResourceSample> latest = files.latest().get(0);
        assertTrue(latest.size() > 100 && latest.size() < 1000, latest.size() + " samples");
        assertEquals(4999, latest.get(latest.size() - 1).time());
        Files.writeString(file, "nothing\n");
        assertTrue(assertThrows(BadInputException.class, files::latest).where().contains("rank-0.jsonl"));
    }
}
