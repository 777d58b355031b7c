package org.dinobench.trainer.shard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.dinobench.core.io.Json;
import org.dinobench.torch.collective.CollectiveOperation;

/**
 * What a rank did when: the blocks that it computed, the messages that passed meanwhile, and how long the computation
 * had to wait for them. Written in the format of Chrome's trace viewer. Spans are kept only while it is recording;
 * waiting is always counted. May be told by any thread.
 */
public final class Timeline {
    /** What the computation waits for. */
    public enum Wait {
        /** Weights to come. */
        WEIGHTS,
        /** Gradients to be summed. */
        GRADIENTS,
        /** Sums over the batch of all ranks: centering, norms, losses. */
        STATISTICS
    }

    /** Who does something. */
    public enum Track {
        /** The thread that computes. */
        COMPUTATION,
        /** The thread that sends and receives. */
        COMMUNICATION
    }

    /**
     * Something that took time.
     *
     * @param track who did it
     * @param name what, such as {@code student forward backbone.blocks.3} or {@code gather student backbone.blocks.4}
     * @param asked when it was asked for: of a message when the computation handed it over, otherwise as {@code from}
     * @param from begin, as {@link System#nanoTime()}
     * @param to end
     */
    public record Span(Track track, String name, long asked, long from, long to) {}

    private record Expected(String name, long asked) {}

    private final List<Span> spans = new ArrayList<>();
    private final Map<CollectiveOperation, Deque<Expected>> expected = new EnumMap<>(CollectiveOperation.class);
    private final Map<Wait, Long> waited = new EnumMap<>(Wait.class);
    private boolean recording;

    /** Forgets everything and begins, or ends, to record spans. */
    public synchronized void reset(boolean record) {
        spans.clear();
        expected.clear();
        waited.clear();
        recording = record;
    }

    /** Something happened between two readings of {@link System#nanoTime()}. */
    public synchronized void span(Track track, String name, long from, long to) {
        if (recording) {
            spans.add(new Span(track, name, from, from, to));
        }
    }

    /** What was recorded, in the order of its ends. */
    public synchronized List<Span> spans() {
        return List.copyOf(spans);
    }

    /** Names the next message of a kind; messages of a kind are carried out in the order in which they are named. */
    synchronized void expect(CollectiveOperation operation, String name) {
        if (recording) {
            expected.computeIfAbsent(operation, kind -> new ArrayDeque<>()).add(new Expected(name, System.nanoTime()));
        }
    }

    /** A message is done; fits {@link org.dinobench.torch.mpi.MessageObserver}. */
    public synchronized void message(CollectiveOperation operation, long bytes, long from, long to) {
        if (recording) {
            Deque<Expected> waiting = expected.get(operation);
            Expected what = waiting == null ? null : waiting.poll();
            String name = what == null ? operation.name().toLowerCase(Locale.ROOT) : what.name();
            spans.add(new Span(
                    Track.COMMUNICATION, name + ", " + bytes + " bytes", what == null ? from : what.asked(), from, to));
        }
    }

    /** Waits, and counts how long. */
    void wait(Wait why, Runnable until) {
        long from = System.nanoTime();
        until.run();
        long to = System.nanoTime();
        synchronized (this) {
            waited.merge(why, to - from, Long::sum);
        }
        span(Track.COMPUTATION, "wait for " + why.name().toLowerCase(Locale.ROOT), from, to);
    }

    /** Seconds waited since the last reset. */
    public synchronized double waitedSeconds(Wait why) {
        return waited.getOrDefault(why, 0L) * 1e-9;
    }

    /** Seconds of communication that passed while the thread that computes did not wait. */
    public synchronized double hiddenSeconds() {
        double hidden = 0;
        for (Span message : spans) {
            if (message.track() == Track.COMMUNICATION) {
                double seen = 0;
                for (Span wait : spans) {
                    if (wait.track() == Track.COMPUTATION && wait.name().startsWith("wait")) {
                        seen += Math.max(0, Math.min(message.to(), wait.to()) - Math.max(message.from(), wait.from()));
                    }
                }
                hidden += message.to() - message.from() - seen;
            }
        }
        return hidden * 1e-9;
    }

    /** Seconds of all communication that was recorded. */
    public synchronized double communicationSeconds() {
        return spans.stream()
                        .filter(span -> span.track() == Track.COMMUNICATION)
                        .mapToLong(span -> span.to() - span.from())
                        .sum()
                * 1e-9;
    }

    /**
     * Writes the spans recorded, for {@code chrome://tracing} or Perfetto.
     *
     * @param rank whose they are
     */
    public synchronized void write(Path file, int rank) throws IOException {
        ObjectNode root = Json.object();
        ArrayNode events = root.putArray("traceEvents");
        long start = spans.stream().mapToLong(Span::from).min().orElse(0);
        for (Span span : spans) {
            ObjectNode event = events.addObject();
            event.put("name", span.name()).put("ph", "X").put("pid", rank);
            event.put("tid", span.track().ordinal());
            event.put("ts", (span.from() - start) / 1000.0).put("dur", (span.to() - span.from()) / 1000.0);
            if (span.asked() < span.from()) {
                event.putObject("args").put("asked_us", (span.asked() - start) / 1000.0);
            }
        }
        for (Track track : Track.values()) {
            ObjectNode name = events.addObject();
            name.put("name", "thread_name").put("ph", "M").put("pid", rank).put("tid", track.ordinal());
            name.putObject("args").put("name", track.name().toLowerCase(Locale.ROOT));
        }
        Json.write(file, root);
    }
}
