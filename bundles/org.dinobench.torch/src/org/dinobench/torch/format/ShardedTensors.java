package org.dinobench.torch.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.torch.Parameter;
import org.dinobench.torch.ParameterUnit;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Tensors;

/**
 * The tensors of a checkpoint folder, whether one process wrote it or many. Of many, each has written its stretch of
 * every flat unit; here they are put together again, and parameters are cut out of them, so that readers see the same
 * names and shapes as of one process. One unit is in memory at a time.
 */
public final class ShardedTensors implements TensorFile {
    private static final String UNITS = "units";
    /** Units of a frozen teacher's heads, whose sizes are not the student's. */
    private static final String TEACHER_UNITS = "teacher_units";

    private static final String TEACHER = "teacher.";
    /** What precedes a parameter's name: its unit is stored under the same words. */
    private static final List<String> BY_PARAMETER = List.of("student.", "average.");

    private static final List<String> BY_UNIT = List.of("optimizer.exp_avg.", "optimizer.exp_avg_sq.");

    private final List<TensorFile> shards;
    private final Map<String, TensorEntry> entries = new LinkedHashMap<>();
    private final Map<String, Piece> pieces = new LinkedHashMap<>();
    private String unitRead = "";
    private Tensor unitValues;

    private record Piece(String unit, long offset) {}

    private ShardedTensors(Path folder, JsonNode index, List<TensorFile> shards) {
        this.shards = shards;
        for (JsonNode unit : index.path(UNITS)) {
            String name = unit.path("name").asText();
            long count = unit.path("count").asLong();
            for (String prefix : BY_PARAMETER) {
                addParameters(folder, prefix, unit);
            }
            BY_UNIT.forEach(prefix -> add(prefix + name, prefix + name, 0, List.of(count)));
        }
        index.path(TEACHER_UNITS).forEach(unit -> addParameters(folder, TEACHER, unit));
        boolean teacherDivided = index.has(TEACHER_UNITS);
        // what every process had alike was written by the first
        shards.get(0).entries().forEach((name, entry) -> {
            if (BY_PARAMETER.stream().noneMatch(name::startsWith)
                    && BY_UNIT.stream().noneMatch(name::startsWith)
                    && !(teacherDivided && name.startsWith(TEACHER))) {
                entries.put(name, entry);
            }
        });
    }

    private void addParameters(Path folder, String prefix, JsonNode unit) {
        String stored = prefix + unit.path("name").asText();
        for (JsonNode parameter : unit.path("parameters")) {
            List<Long> shape = new ArrayList<>();
            parameter.path("shape").forEach(size -> shape.add(size.asLong()));
            add(
                    prefix + parameter.path("name").asText(),
                    stored,
                    parameter.path("offset").asLong(),
                    shape);
        }
        checkLength(folder, stored, unit.path("count").asLong());
    }

    private void add(String name, String unit, long offset, List<Long> shape) {
        entries.put(name, new TensorEntry(name, TensorType.F32, shape));
        pieces.put(name, new Piece(unit, offset));
    }

    private void checkLength(Path folder, String unit, long count) {
        long there = 0;
        for (TensorFile shard : shards) {
            TensorEntry entry = shard.entries().get(unit);
            there += entry == null ? 0 : entry.count();
        }
        if (there != count) {
            throw new BadInputException(
                    folder.toString(),
                    "its files hold " + there + " of the " + count + " values of " + unit,
                    "resume from the checkpoint before");
        }
    }

    /**
     * Opens a checkpoint.
     *
     * @param folder {@code checkpoints/step-N}
     * @param index its {@code index.json}
     * @throws BadInputException when a file is missing or not as long as the index says
     */
    public static TensorFile open(Path folder, JsonNode index) throws IOException {
        int ranks = index.path("ranks").asInt(1);
        if (ranks < 1 || ranks > 1 << 20) {
            throw new BadInputException(folder.toString(), "it names " + ranks + " processes", "get it again");
        }
        List<TensorFile> shards = new ArrayList<>();
        try {
            for (int rank = 0; rank < ranks; rank++) {
                Path shard = folder.resolve("rank-" + rank + "-of-" + ranks + ".safetensors");
                long size =
                        index.path("files").path(shard.getFileName().toString()).asLong(-1);
                if (!Files.isRegularFile(shard) || Files.size(shard) != size) {
                    throw new BadInputException(
                            shard.toString(),
                            "the file is missing or not complete",
                            "remove the folder " + folder + " and resume from the checkpoint before");
                }
                shards.add(Safetensors.open(shard));
            }
            return index.has(UNITS) ? new ShardedTensors(folder, index, shards) : shards.get(0);
        } catch (IOException | RuntimeException e) {
            shards.forEach(TensorFile::close);
            throw e;
        }
    }

    /** Writes into an index how parameters lie in units. */
    public static void describe(ObjectNode index, Collection<ParameterUnit> units) {
        describe(index.putArray(UNITS), units);
    }

    /**
     * As {@link #describe(ObjectNode, Collection)}, with units of a frozen teacher, stored as {@code teacher.UNIT}.
     *
     * @param teacher may be empty
     */
    public static void describe(ObjectNode index, Collection<ParameterUnit> units, Collection<ParameterUnit> teacher) {
        describe(index, units);
        if (!teacher.isEmpty()) {
            describe(index.putArray(TEACHER_UNITS), teacher);
        }
    }

    private static void describe(ArrayNode list, Collection<ParameterUnit> units) {
        for (ParameterUnit unit : units) {
            ObjectNode node = list.addObject();
            node.put("name", unit.name());
            node.put(
                    "count",
                    unit.parameters().stream()
                            .mapToLong(parameter -> parameter.spec().count())
                            .sum());
            ArrayNode parameters = node.putArray("parameters");
            for (Parameter parameter : unit.parameters()) {
                ObjectNode entry = parameters.addObject();
                entry.put("name", parameter.name());
                entry.put("offset", parameter.offset());
                ArrayNode shape = entry.putArray("shape");
                parameter.spec().shape().forEach(shape::add);
            }
        }
    }

    @Override
    public Map<String, TensorEntry> entries() {
        return Collections.unmodifiableMap(entries);
    }

    @Override
    public Map<String, String> metadata() {
        return shards.get(0).metadata();
    }

    @Override
    public Tensor read(String name) {
        Piece piece = pieces.get(name);
        if (piece == null) {
            return shards.get(0).read(name);
        }
        TensorEntry entry = entries.get(name);
        return unit(piece.unit())
                .narrow(0, piece.offset(), entry.count())
                .clone()
                .view(entry.sizes());
    }

    private Tensor unit(String name) {
        if (!unitRead.equals(name)) {
            forget();
            try (TensorScope scope = TensorScope.open()) {
                List<Tensor> parts = shards.stream()
                        .filter(shard -> shard.entries().containsKey(name))
                        .map(shard -> shard.read(name))
                        .toList();
                if (parts.isEmpty()) {
                    throw new IllegalArgumentException("There is no unit '" + name + "'");
                }
                unitValues = scope.detach(parts.size() == 1 ? parts.get(0) : torch.cat(Tensors.vector(parts), 0));
                unitRead = name;
            }
        }
        return unitValues;
    }

    private void forget() {
        if (unitValues != null) {
            unitValues.close();
            unitValues = null;
            unitRead = "";
        }
    }

    @Override
    public void close() {
        forget();
        shards.forEach(TensorFile::close);
    }
}
