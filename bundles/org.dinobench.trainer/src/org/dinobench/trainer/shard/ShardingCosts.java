package org.dinobench.trainer.shard;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.dinobench.torch.ParameterSpec;
import org.dinobench.torch.collective.CollectiveOperation;
import org.dinobench.torch.collective.ShardLayout;
import org.dinobench.trainer.step.ModelShape;

/**
 * What sharding costs by formula, for a rank and a step (Rajbhandari et al. 2020, sections 5 and 7, with a teacher
 * added). With P parameters on W ranks a rank holds 16 P/W bytes for weights, gradients and moments and 4 P/W for the
 * average; a collection of all weights sends it s = P (W-1)/W elements, and so does the sum of the gradients. Exact to
 * the byte, padding included.
 *
 * @param units number of elements of each unit of the student, by module
 * @param ranks that share a copy
 * @param frozenTeacher the units of the larger network that a distillation learns from, which is kept and sent in float32;
 *     empty: the teacher is the average
 */
public record ShardingCosts(Map<String, List<Long>> units, int ranks, Optional<Map<String, List<Long>>> frozenTeacher) {
    /** Bytes of a parameter's state: weight, gradient, two moments, average, each in float32. */
    public static final int STATE_BYTES = 20;

    /** The costs of a network. */
    public static ShardingCosts of(ModelShape shape, int ranks) {
        return new ShardingCosts(units(shape), ranks, Optional.empty());
    }

    /** The same for learning from a frozen network. */
    public ShardingCosts withFrozenTeacher(ModelShape teacher) {
        return new ShardingCosts(units, ranks, Optional.of(units(teacher)));
    }

    private static Map<String, List<Long>> units(ModelShape shape) {
        Map<String, List<Long>> units = new LinkedHashMap<>();
        shape.layout().forEach((module, specs) -> {
            Map<String, Long> counts = new LinkedHashMap<>();
            for (ParameterSpec spec : specs) {
                counts.merge(spec.unit(), spec.count(), Long::sum);
            }
            units.put(module, List.copyOf(counts.values()));
        });
        return units;
    }

    /** Parameters, without padding. */
    public long parameters() {
        return units.values().stream()
                .flatMap(List::stream)
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Bytes of state on a rank between steps. */
    public long stateBytes() {
        return (STATE_BYTES * elements(true, true) + 4 * frozenElements()) / ranks;
    }

    /**
     * Bytes that a rank sends to collect the weights of a step: the teacher's once, the student's once; where weights
     * are freed between forward and backward pass, the blocks of the student for every forward pass and again for the backward pass.
     *
     * @param type in which weights are sent
     * @param sharding whether weights are kept
     * @param microBatches of the step
     * @param passes forward passes of the student in a micro-batch: one, or one for each size of crops
     */
    public long gatherBytes(ScalarType type, Sharding sharding, int microBatches, int passes) {
        int times = sharding.keepUntilBackward() ? 1 : microBatches;
        long teacher = frozenTeacher.isPresent()
                ? sent(frozenElements() * times) * width(ScalarType.Float)
                : sent(elements(true, true) * times) * width(type);
        return teacher + studentGatherBytes(type, sharding, microBatches, passes);
    }

    /** The student's part of {@link #gatherBytes}. */
    public long studentGatherBytes(ScalarType type, Sharding sharding, int microBatches, int passes) {
        long all = elements(true, true);
        // what is no block stays from its forward pass to the end of its backward pass
        long student = sharding.keepUntilBackward() ? all : (all + passes * blockElements()) * microBatches;
        return sent(student) * width(type);
    }

    private long frozenElements() {
        return frozenTeacher.stream()
                .flatMap(teacher -> teacher.values().stream())
                .flatMap(List::stream)
                .mapToLong(this::padded)
                .sum();
    }

    /** Bytes that a rank sends to sum the gradients of a step, however many micro-batches it has. */
    public long reduceBytes(Sharding sharding) {
        return sent(elements(true, false)) * width(sharding.backboneReduction())
                + sent(elements(false, true)) * width(sharding.headReduction());
    }

    /** Bytes that a rank of plain data parallelism sends: an all-reduce of all gradients in float32. */
    public long plainBytes() {
        return CollectiveOperation.ALL_REDUCE.bytesSent(ranks - 1, ranks, 0, parameters(), 4);
    }

    private long sent(long elements) {
        return elements / ranks * (ranks - 1);
    }

    private long elements(boolean backbone, boolean heads) {
        long sum = 0;
        for (Map.Entry<String, List<Long>> module : units.entrySet()) {
            if (module.getKey().equals(ModelShape.BACKBONE) ? backbone : heads) {
                sum += module.getValue().stream().mapToLong(this::padded).sum();
            }
        }
        return sum;
    }

    /** The backbone without its first unit, the embeddings, and its last, the final norm. */
    private long blockElements() {
        List<Long> backbone = units.get(ModelShape.BACKBONE);
        return backbone.subList(1, backbone.size() - 1).stream()
                .mapToLong(this::padded)
                .sum();
    }

    private long padded(long count) {
        return new ShardLayout(count, ranks).padded();
    }

    private static int width(ScalarType type) {
        return type == ScalarType.Float ? 4 : 2;
    }
}
