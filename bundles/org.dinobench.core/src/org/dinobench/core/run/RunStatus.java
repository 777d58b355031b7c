package org.dinobench.core.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalDouble;
import org.dinobench.core.io.Json;
import org.dinobench.core.problem.BadInputException;

/**
 * What a worker tells of itself in {@code status.json}, replaced atomically every few seconds.
 *
 * @param state where the run stands
 * @param step steps done, from 0
 * @param total steps of the whole run; 0 when not yet known
 * @param etaSeconds estimated seconds to the end; empty when unknown
 * @param imagesPerSecond throughput over the last steps; empty when unknown
 * @param pid process id of the worker, 0 when none has started
 * @param processStart when that process started, to tell it from a later one with the same id; empty when unknown
 * @param host name of the machine the worker runs on
 * @param heartbeat when this was written
 * @param message one sentence for a person: what is going on, or why the run ended
 */
public record RunStatus(
        RunState state,
        long step,
        long total,
        OptionalDouble etaSeconds,
        OptionalDouble imagesPerSecond,
        long pid,
        Optional<Instant> processStart,
        String host,
        Instant heartbeat,
        String message) {

    /** A worker that lives writes at least this often, paused or not. */
    public static final Duration HEARTBEAT_PERIOD = Duration.ofSeconds(5);

    /** After this long without a heartbeat on another machine, a worker counts as gone. */
    public static final Duration HEARTBEAT_LIMIT = Duration.ofSeconds(60);

    /** The status of a run that nobody has started. */
    public static RunStatus created(long total) {
        return new RunStatus(
                RunState.CREATED,
                0,
                total,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                0,
                Optional.empty(),
                HostName.get(),
                Instant.now(),
                "Not started");
    }

    /** A status that carries the identity of this process and the present time. */
    public static RunStatus ofThisProcess(
            RunState state,
            long step,
            long total,
            OptionalDouble etaSeconds,
            OptionalDouble imagesPerSecond,
            String message) {
        ProcessHandle self = ProcessHandle.current();
        return new RunStatus(
                state,
                step,
                total,
                etaSeconds,
                imagesPerSecond,
                self.pid(),
                self.info().startInstant(),
                HostName.get(),
                Instant.now(),
                message);
    }

    /** The same with another state and message. */
    public RunStatus with(RunState newState, String newMessage) {
        return new RunStatus(
                newState, step, total, etaSeconds, imagesPerSecond, pid, processStart, host, heartbeat, newMessage);
    }

    /** {@code step / total} between 0 and 1, or 0 when the total is unknown. */
    public double share() {
        return total <= 0 ? 0 : Math.min(1, (double) step / total);
    }

    /**
     * The worker's process when it lives on this machine: same id, and started at the same time (a second of play), so
     * that a later process with a recycled id is not mistaken for it.
     */
    public Optional<ProcessHandle> process() {
        if (pid <= 0 || !host.equals(HostName.get())) {
            return Optional.empty();
        }
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(handle -> {
            Optional<Instant> start = handle.info().startInstant();
            return start.isEmpty()
                    || processStart.isEmpty()
                    || Duration.between(start.get(), processStart.get()).abs().toMillis() <= 1000;
        });
    }

    /**
     * This status as it should be shown now: a run that claims to be alive but whose process is gone, or whose heartbeat
     * has stopped on another machine, is {@link RunState#FAILED} and ended without a word.
     */
    public RunStatus observed(Instant now) {
        if (!state.isAlive()) {
            return this;
        }
        boolean here = host.equals(HostName.get());
        boolean gone = here && pid > 0
                ? process().isEmpty()
                : Duration.between(heartbeat, now).compareTo(HEARTBEAT_LIMIT) > 0;
        return gone
                ? with(
                        RunState.FAILED,
                        "The worker ended without a word at step " + step
                                + ": it was killed, most often for want of memory, or crashed. Its log may say more;"
                                + " the run can be resumed from its last checkpoint.")
                : this;
    }

    /**
     * This status of a run on another machine as it should be shown now: with the time at which it was true, where that
     * is some time ago.
     */
    public RunStatus heard(Instant now) {
        boolean old = Duration.between(heartbeat, now).compareTo(HEARTBEAT_LIMIT) > 0;
        return old && state.isAlive()
                ? with(state, message + " (last heard of at " + heartbeat.truncatedTo(ChronoUnit.SECONDS) + ")")
                : this;
    }

    /** Replaces {@code file}, atomically. */
    public void write(Path file) throws IOException {
        ObjectNode node = Json.object();
        node.put("state", state.word());
        node.put("step", step);
        node.put("total", total);
        etaSeconds.ifPresent(v -> node.put("eta_seconds", v));
        imagesPerSecond.ifPresent(v -> node.put("images_per_second", v));
        node.put("pid", pid);
        processStart.ifPresent(v -> node.put("process_start", v.toString()));
        node.put("host", host);
        node.put("heartbeat", heartbeat.toString());
        node.put("message", message);
        Json.write(file, node);
    }

    /** @throws BadInputException when the file is missing or damaged */
    public static RunStatus read(Path file) {
        ObjectNode node = Json.readObject(file);
        try {
            return new RunStatus(
                    RunState.valueOf(text(node, "state").toUpperCase(java.util.Locale.ROOT)),
                    node.path("step").asLong(),
                    node.path("total").asLong(),
                    number(node, "eta_seconds"),
                    number(node, "images_per_second"),
                    node.path("pid").asLong(),
                    node.has("process_start")
                            ? Optional.of(Instant.parse(text(node, "process_start")))
                            : Optional.empty(),
                    text(node, "host"),
                    Instant.parse(text(node, "heartbeat")),
                    text(node, "message"));
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new BadInputException(
                    file.toString(), "it is no run status (" + e.getMessage() + ")", "the file may be damaged", e);
        }
    }

    /** The status when there is one. */
    public static Optional<RunStatus> readIfPresent(Path file) {
        return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
    }

    private static String text(JsonNode node, String key) {
        return node.path(key).asText();
    }

    private static OptionalDouble number(JsonNode node, String key) {
        JsonNode value = node.path(key);
        return value.isNumber() ? OptionalDouble.of(value.asDouble()) : OptionalDouble.empty();
    }
}
