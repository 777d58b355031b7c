package org.dinobench.model;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.torch.ParameterSpec;
import org.dinobench.torch.format.TensorEntry;
import org.dinobench.torch.format.TensorFile;

/**
 * Projection heads in files that hold whole networks: our checkpoints and official training dumps. Both name them
 * alike; of a student and a teacher (or an average) the latter is taken.
 */
public final class HeadFiles {
    private static final String FSDP = "_fsdp_wrapped_module.";
    private static final String DIRECTION = "last_layer.weight_v";

    private final String where;
    private final TensorFile file;
    private final String head;
    private final Map<String, String> names = new LinkedHashMap<>();

    private HeadFiles(String where, TensorFile file, String head, String prefix) {
        this.where = where;
        this.file = file;
        this.head = head;
        for (String name : file.entries().keySet()) {
            String plain = name.replace(FSDP, "");
            if (plain.startsWith(prefix)) {
                names.put(plain.substring(prefix.length()), name);
            }
        }
    }

    /**
     * Looks for a head.
     *
     * @param where the file, for error messages
     * @param file stays the caller's, and open as long as the result is used
     * @param head {@code dino_head} or {@code ibot_head}
     * @return empty when the file has no such head
     */
    public static Optional<HeadFiles> find(String where, TensorFile file, String head) {
        String ending = head + "." + DIRECTION;
        return file.entries().keySet().stream()
                .map(name -> name.replace(FSDP, ""))
                .filter(name -> name.equals(ending) || name.endsWith("." + ending))
                .min(Comparator.comparing((String name) -> !name.contains("teacher") && !name.contains("average"))
                        .thenComparing(String::length))
                .map(name -> new HeadFiles(where, file, head, name.substring(0, name.length() - DIRECTION.length())));
    }

    /**
     * The shape, from the shapes of the tensors.
     *
     * @throws BadInputException when tensors are missing or do not fit together
     */
    public DinoHeadConfig config() {
        List<Long> last = shape(DIRECTION);
        boolean single = names.containsKey("mlp.weight");
        List<Long> first = shape(single ? "mlp.weight" : "mlp.0.weight");
        int layers = single
                ? 1
                : (int) names.keySet().stream()
                        .filter(name -> name.matches("mlp\\.\\d{1,3}\\.weight"))
                        .count();
        DinoHeadConfig config = new DinoHeadConfig(
                size(first.get(1)), size(last.get(0)), size(first.get(0)), size(last.get(1)), layers);
        for (ParameterSpec spec : DinoHead.layout(config)) {
            TensorEntry entry = entry(spec.name());
            if (!entry.shape().equals(spec.shape())) {
                throw new BadInputException(
                        where,
                        "the tensor '" + entry.name() + "' has shape " + entry.shape() + " instead of " + spec.shape(),
                        "the file may be damaged");
            }
        }
        return config;
    }

    /** The values by parameter name within the head; they belong to the current scope. */
    public Map<String, Tensor> values() {
        Map<String, Tensor> values = new LinkedHashMap<>();
        DinoHead.layout(config())
                .forEach(spec ->
                        values.put(spec.name(), file.read(entry(spec.name()).name())));
        return values;
    }

    private List<Long> shape(String name) {
        List<Long> shape = entry(name).shape();
        if (shape.size() != 2) {
            throw new BadInputException(
                    where,
                    "the tensor '" + name + "' of its " + head + " has shape " + shape,
                    "two sizes are expected");
        }
        return shape;
    }

    private TensorEntry entry(String name) {
        String stored = names.get(name);
        if (stored == null) {
            throw new BadInputException(
                    where, "its " + head + " has no tensor '" + name + "'", "the file may be damaged");
        }
        return file.entries().get(stored);
    }

    private int size(long value) {
        if (value < 1 || value > Integer.MAX_VALUE) {
            throw new BadInputException(where, "a tensor has the size " + value, "the file may be damaged");
        }
        return (int) value;
    }
}
