package org.dinobench.trainer.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.dinobench.core.io.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages travel beside the computation: seen in the timeline of a step by two ranks; see {@link TimelineRank}. */
class TimelineTest {
    @TempDir
    Path folder;

    @BeforeEach
    void mpirun() {
        if (!MpiJob.isPossible()) {
            System.out.println("Skipped: mpirun is not installed (Debian: apt-get install openmpi-bin)");
        }
        assumeTrue(MpiJob.isPossible(), "mpirun is not installed");
    }

    private record Pairs(String what, int pairs, int asked, int travelling) {}

    private List<Pairs> step(String way) throws Exception {
        try (MpiJob job = MpiJob.start(folder, 2, TimelineRank.class, way, folder.toString())) {
            assertEquals(0, job.await(200), job.output());
            List<Pairs> found = new ArrayList<>();
            for (String line : job.output().lines().toList()) {
                String[] words = line.split(" ");
                if (words.length == 9 && words[0].equals("rank")) {
                    found.add(new Pairs(
                            words[2],
                            Integer.parseInt(words[4]),
                            Integer.parseInt(words[6]),
                            Integer.parseInt(words[8])));
                }
            }
            assertEquals(6, found.size(), job.output());
            System.out.println(way + ": " + found);
            return found;
        }
    }

    @Test
    void theNextUnitsWeightsTravelWhileThePresentOneIsComputed() throws Exception {
        int travelling = 0;
        for (Pairs each : step("ahead")) {
            assertTrue(each.pairs() > 3, each.toString());
            // the units behind the last block of a pass are asked for by the one before it, as all others are
            assertEquals(each.pairs(), each.asked(), each.toString());
            travelling += each.travelling();
        }
        assertTrue(travelling > 0, "nothing began to travel in time");
        JsonNode trace = Json.readObject(folder.resolve("rank-0.json")).get("traceEvents");
        List<String> names = new ArrayList<>();
        trace.forEach(event -> names.add(event.path("name").asText()));
        for (String name : List.of(
                "teacher forward backbone.blocks.0",
                "student forward backbone.blocks.1",
                "student backward backbone.blocks.1",
                "optimizer",
                "moving average")) {
            assertTrue(names.contains(name), name + " is not in " + names);
        }
        assertTrue(names.stream().anyMatch(name -> name.startsWith("sum backbone.blocks.0, ")), names.toString());
        Path drawing = folder.resolve("rank-1.svg");
        int bars = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(drawing.toFile())
                .getElementsByTagName("title")
                .getLength();
        assertTrue(bars > 30, bars + " bars in " + Files.size(drawing) + " bytes");
    }

    @Test
    void withoutCollectingAheadWeightsAreAskedForWhenTheyAreNeeded() throws Exception {
        for (Pairs each : step("needed")) {
            assertEquals(each.what().equals("sums") ? each.pairs() : 0, each.asked(), each.toString());
        }
    }
}
