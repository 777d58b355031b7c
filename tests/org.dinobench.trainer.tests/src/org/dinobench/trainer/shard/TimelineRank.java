package org.dinobench.trainer.shard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.spec.train.Precision;
import org.dinobench.torch.mpi.MpiCollectives;
import org.dinobench.torch.mpi.MpiOptions;
import org.dinobench.torch.mpi.MpiWorld;
import org.dinobench.trainer.bench.ShardBench;
import org.dinobench.trainer.bench.ShardKnobs;

/**
 * A rank that records a step and says for how many pairs of units the weights of the later one were asked for, and began
 * to travel, while the earlier one was computed. Arguments: {@code ahead} or {@code needed}, and a folder for its files.
 */
final class TimelineRank {
    private TimelineRank() {}

    public static void main(String[] args) {
        MpiWorld.call(MpiOptions.DEFAULT, world -> {
            List<Timeline.Span> spans = step(world.collectives(), args[0].equals("ahead"), Path.of(args[1]));
            for (String who : List.of("teacher", "student")) {
                report(world.rank(), who, spans);
            }
            sums(world.rank(), spans);
            return null;
        });
    }

    private static List<Timeline.Span> step(MpiCollectives group, boolean ahead, Path folder) {
        ShardKnobs knobs =
                new ShardKnobs("vit_micro", Precision.FP32, 4, 8, 32, 16, 2, 256, 128, 64, 1, 2, 1, false, ahead);
        Timeline[] seen = new Timeline[1];
        new ShardBench(knobs, group)
                .run(
                        line -> {
                            seen[0] = line;
                            group.observe(line::message);
                        },
                        JobMonitor.NONE);
        try {
            seen[0].write(folder.resolve("rank-" + group.rank() + ".json"), group.rank());
            TimelineDrawing.write(seen[0].spans(), "a < b", folder.resolve("rank-" + group.rank() + ".svg"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return seen[0].spans();
    }

    /** The forward passes of a network, in order. */
    private static void report(int rank, String who, List<Timeline.Span> spans) {
        String head = who + " forward ";
        List<Timeline.Span> works = new ArrayList<>(
                spans.stream().filter(span -> span.name().startsWith(head)).toList());
        int asked = 0;
        int travelling = 0;
        for (int i = 0; i + 1 < works.size(); i++) {
            String next = works.get(i + 1).name().substring(head.length());
            Timeline.Span gather = message(spans, "gather " + who + " " + next);
            asked += gather.asked() < works.get(i).to() ? 1 : 0;
            travelling += gather.from() < works.get(i).to() ? 1 : 0;
        }
        System.out.println("rank " + rank + " " + who + " pairs " + (works.size() - 1) + " asked " + asked
                + " travelling " + travelling);
    }

    /** The backward passes of blocks: the sum of one is handed over before the next one is computed. */
    private static void sums(int rank, List<Timeline.Span> spans) {
        String head = "student backward backbone.blocks";
        List<Timeline.Span> works =
                spans.stream().filter(span -> span.name().startsWith(head)).toList();
        int beside = 0;
        for (int i = 0; i + 1 < works.size(); i++) {
            Timeline.Span sum = message(spans, "sum " + works.get(i).name().substring("student backward ".length()));
            beside += sum.asked() < works.get(i + 1).to() ? 1 : 0;
        }
        System.out.println("rank " + rank + " sums pairs " + (works.size() - 1) + " asked " + beside + " travelling 0");
    }

    private static Timeline.Span message(List<Timeline.Span> spans, String name) {
        return spans.stream()
                .filter(span -> span.track() == Timeline.Track.COMMUNICATION)
                .filter(span -> span.name().startsWith(name + ","))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no message " + name));
    }
}
