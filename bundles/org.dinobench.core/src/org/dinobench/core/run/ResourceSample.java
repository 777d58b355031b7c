package org.dinobench.core.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.dinobench.core.io.Json;
import org.dinobench.core.problem.BadInputException;

/**
 * What one process of a run takes of its machine at one time: one line of {@code resources/rank-N.jsonl}.
 *
 * @param time seconds since 1970
 * @param rank number of the process, from 0
 * @param host name of its machine
 * @param cores processor cores in use since the sample before; NaN where the system does not tell
 * @param coresOfMachine cores that the process may use
 * @param memory resident bytes of the process; 0 where the system does not tell
 * @param memoryOfMachine bytes of the machine; 0 where the system does not tell
 * @param gpu the graphics processor beside it; empty when there is none
 */
public record ResourceSample(
        double time,
        int rank,
        String host,
        double cores,
        int coresOfMachine,
        long memory,
        long memoryOfMachine,
        Optional<Gpu> gpu) {

    /**
     * A graphics processor, whoever uses it.
     *
     * @param share of the time in which it computed, 0 to 1
     * @param memory bytes in use
     * @param total its bytes
     */
    public record Gpu(double share, long memory, long total) {}

    /** One line of JSON without its end. */
    public String toLine() {
        ObjectNode node = Json.object();
        node.put("time", time).put("rank", rank).put("host", host);
        if (Double.isFinite(cores)) {
            node.put("cores", cores);
        }
        node.put("cores_of_machine", coresOfMachine).put("memory", memory).put("memory_of_machine", memoryOfMachine);
        gpu.ifPresent(g ->
                node.put("gpu_share", g.share()).put("gpu_memory", g.memory()).put("gpu_memory_total", g.total()));
        return Json.line(node);
    }

    /**
     * Reads one line.
     *
     * @param label {@code file:line}, for messages
     * @throws BadInputException when it is no such object
     */
    public static ResourceSample parse(String label, String line) {
        ObjectNode node = Json.parseObject(label, line);
        if (!node.path("time").isNumber() || !node.path("rank").canConvertToInt()) {
            throw new BadInputException(label, "there is no time and rank", "the file may be damaged");
        }
        return new ResourceSample(
                node.path("time").asDouble(),
                node.path("rank").asInt(),
                node.path("host").asText(""),
                node.path("cores").asDouble(Double.NaN),
                node.path("cores_of_machine").asInt(),
                node.path("memory").asLong(),
                node.path("memory_of_machine").asLong(),
                node.has("gpu_share")
                        ? Optional.of(new Gpu(
                                node.path("gpu_share").asDouble(),
                                node.path("gpu_memory").asLong(),
                                node.path("gpu_memory_total").asLong()))
                        : Optional.empty());
    }
}
