package org.dinobench.core.provenance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.dinobench.core.io.ContentHash;
import org.dinobench.core.io.Json;
import org.dinobench.core.problem.BadInputException;

/**
 * Where a result comes from, so that it can be traced and repeated.
 *
 * @param step the kind of work, such as {@code import}, {@code curate}, {@code train} or {@code evaluate}
 * @param inputs what was read
 * @param spec the configuration as text, usually YAML; empty when there is none
 * @param seed seed of all random numbers, where there are any
 * @param versions versions by name of what computed the result
 * @param machine where it was computed
 * @param start when the work began
 * @param end when it ended; empty while it goes on
 * @param parents provenance records of the inputs, where those have one
 */
public record Provenance(
        String step,
        List<Input> inputs,
        String spec,
        OptionalLong seed,
        Map<String, String> versions,
        Machine machine,
        Instant start,
        Optional<Instant> end,
        List<Parent> parents) {

    /** Keeps unmodifiable copies. */
    public Provenance {
        inputs = List.copyOf(inputs);
        versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
        parents = List.copyOf(parents);
    }

    /**
     * Something that was read.
     *
     * @param name role, such as {@code manifest} or {@code weights}
     * @param path where it lay
     * @param sha256 its content hash
     */
    public record Input(String name, String path, String sha256) {
        /** Hashes a file. */
        public static Input of(String name, Path file) throws IOException {
            return new Input(name, file.toAbsolutePath().normalize().toString(), ContentHash.of(file));
        }
    }

    /**
     * The record that an input came with.
     *
     * @param path its {@code provenance.json}
     * @param sha256 hash of that file
     */
    public record Parent(String path, String sha256) {
        /** Hashes a provenance file. */
        public static Parent of(Path file) throws IOException {
            return new Parent(file.toAbsolutePath().normalize().toString(), ContentHash.of(file));
        }
    }

    /**
     * A computer.
     *
     * @param host its name
     * @param cores logical processors that this process may use
     * @param memoryBytes physical memory; 0 when unknown
     * @param os operating system, version and architecture
     * @param java version and maker of the Java runtime
     */
    public record Machine(String host, int cores, long memoryBytes, String os, String java) {}

    /** The record of work that begins now on this machine. */
    public static Provenance begin(
            String step, List<Input> inputs, String spec, OptionalLong seed, Map<String, String> versions) {
        return new Provenance(
                step, inputs, spec, seed, versions, ThisMachine.describe(), Instant.now(), Optional.empty(), List.of());
    }

    /** The same with one more parent. */
    public Provenance withParent(Parent parent) {
        List<Parent> more = new ArrayList<>(parents);
        more.add(parent);
        return new Provenance(step, inputs, spec, seed, versions, machine, start, end, more);
    }

    /** The same, ended now. */
    public Provenance ended() {
        return new Provenance(step, inputs, spec, seed, versions, machine, start, Optional.of(Instant.now()), parents);
    }

    /** Replaces {@code file}, atomically. */
    public void write(Path file) throws IOException {
        ObjectNode node = Json.object();
        node.put("step", step);
        ArrayNode in = node.putArray("inputs");
        inputs.forEach(
                i -> in.addObject().put("name", i.name()).put("path", i.path()).put("sha256", i.sha256()));
        node.put("spec", spec);
        seed.ifPresent(s -> node.put("seed", s));
        ObjectNode v = node.putObject("versions");
        versions.forEach(v::put);
        node.putObject("machine")
                .put("host", machine.host())
                .put("cores", machine.cores())
                .put("memory_bytes", machine.memoryBytes())
                .put("os", machine.os())
                .put("java", machine.java());
        node.put("start", start.toString());
        end.ifPresent(e -> node.put("end", e.toString()));
        ArrayNode p = node.putArray("parents");
        parents.forEach(i -> p.addObject().put("path", i.path()).put("sha256", i.sha256()));
        Json.write(file, node);
    }

    /** @throws BadInputException when the file is missing or damaged */
    public static Provenance read(Path file) {
        ObjectNode node = Json.readObject(file);
        List<Input> inputs = new ArrayList<>();
        node.path("inputs").forEach(i -> inputs.add(new Input(text(i, "name"), text(i, "path"), text(i, "sha256"))));
        List<Parent> parents = new ArrayList<>();
        node.path("parents").forEach(i -> parents.add(new Parent(text(i, "path"), text(i, "sha256"))));
        Map<String, String> versions = new LinkedHashMap<>();
        node.path("versions")
                .properties()
                .forEach(e -> versions.put(e.getKey(), e.getValue().asText()));
        JsonNode m = node.path("machine");
        try {
            return new Provenance(
                    text(node, "step"),
                    inputs,
                    text(node, "spec"),
                    node.has("seed") ? OptionalLong.of(node.path("seed").asLong()) : OptionalLong.empty(),
                    versions,
                    new Machine(
                            text(m, "host"),
                            m.path("cores").asInt(),
                            m.path("memory_bytes").asLong(),
                            text(m, "os"),
                            text(m, "java")),
                    Instant.parse(text(node, "start")),
                    node.has("end") ? Optional.of(Instant.parse(text(node, "end"))) : Optional.empty(),
                    parents);
        } catch (DateTimeParseException e) {
            throw new BadInputException(
                    file.toString(),
                    "it is no provenance record (" + e.getMessage() + ")",
                    "the file may be damaged",
                    e);
        }
    }

    private static String text(JsonNode node, String key) {
        return node.path(key).asText();
    }
}
