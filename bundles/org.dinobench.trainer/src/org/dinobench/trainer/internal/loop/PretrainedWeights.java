package org.dinobench.trainer.internal.loop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.train.ArchPreset;
import org.dinobench.model.Ffn;
import org.dinobench.model.LoadedModel;
import org.dinobench.model.ModelFiles;
import org.dinobench.model.VisionTransformer;
import org.dinobench.model.VitConfig;
import org.dinobench.torch.ParameterSpec;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Torch;
import org.dinobench.trainer.step.ModelShape;

/**
 * The backbone that a run goes on from instead of random weights ({@code student.pretrained_weights}). Student and
 * average begin with it; the heads stay random, since files seldom hold any and other images want other prototypes.
 *
 * <p>Position embeddings of another grid are interpolated as the source itself does for images of the student's size, so
 * that on global crops the student computes exactly what the source does.
 */
final class PretrainedWeights {
    private static final String KEY = "student.pretrained_weights";
    private static final String POSITIONS = "pos_embed";

    private final Path source;

    /** @param source anything that {@link ModelFiles#open} takes */
    PretrainedWeights(Path source) {
        this.source = source;
    }

    /**
     * Compares the weights with a student, from names and sizes alone.
     *
     * @throws BadInputException when there is no backbone, or one of another shape; the message names the tensor
     */
    void check(VitConfig student) throws IOException {
        check(source, ModelFiles.shape(source), student);
    }

    private static void check(Path file, VitConfig have, VitConfig want) {
        Optional<String> difference = difference(have, want);
        if (difference.isPresent()) {
            throw new BadInputException(KEY, file + ": " + difference.get(), remedy(have, want));
        }
    }

    /**
     * Copies the weights into a new model.
     *
     * @param log hears where they come from
     * @return the file that they lie in
     * @throws BadInputException when there is no backbone, or one of another shape; the message names the tensor
     */
    Path copyInto(TrainingState state, RunLog log) throws IOException {
        try (LoadedModel loaded = ModelFiles.open(source)) {
            VitConfig have = loaded.config();
            VitConfig want = state.networks().student().shape().backbone();
            check(loaded.source(), have, want);
            try (TensorScope scope = TensorScope.open();
                    Torch.GradSwitch off = Torch.noGrad()) {
                Map<String, Tensor> values = new HashMap<>(loaded.parameters().state());
                values.put(POSITIONS, loaded.network().positions(want.grid(), want.grid()));
                state.edit(network -> put(values, network));
            }
            log.line("The backbone begins with the weights of " + loaded.source()
                    + (have.grid() == want.grid()
                            ? ""
                            : "; its position embeddings were interpolated from " + have.grid() + " x " + have.grid()
                                    + " to " + want.grid() + " x " + want.grid() + " patches"));
            return loaded.source();
        }
    }

    private static void put(Map<String, Tensor> values, Map<String, Tensor> network) {
        String prefix = ModelShape.BACKBONE + ".";
        network.forEach((name, tensor) -> {
            if (name.startsWith(prefix)) {
                tensor.detach().copy_(values.get(name.substring(prefix.length())));
            }
        });
    }

    /** The first tensor that does not fit, in words; position grids may differ. */
    private static Optional<String> difference(VitConfig have, VitConfig want) {
        Map<String, List<Long>> there = shapes(have);
        Map<String, List<Long>> here = shapes(want);
        for (Map.Entry<String, List<Long>> entry : here.entrySet()) {
            String name = entry.getKey();
            List<Long> shape = there.get(name);
            if (shape == null) {
                return Optional.of("it has no tensor '" + name + "', which the student has");
            }
            boolean fits = name.equals(POSITIONS)
                    ? shape.get(2).equals(entry.getValue().get(2))
                    : shape.equals(entry.getValue());
            if (!fits) {
                return Optional.of(
                        "its tensor '" + name + "' has shape " + shape + " and the student's " + entry.getValue());
            }
        }
        return there.keySet().stream()
                .filter(name -> !here.containsKey(name))
                .findFirst()
                .map(name -> "it has a tensor '" + name + "' that the student lacks");
    }

    private static Map<String, List<Long>> shapes(VitConfig config) {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        for (ParameterSpec spec : VisionTransformer.layout(config)) {
            shapes.put(spec.name(), spec.shape());
        }
        return shapes;
    }

    private static String remedy(VitConfig have, VitConfig want) {
        if (have.width() != want.width() || have.depth() != want.depth()) {
            return ArchPreset.all().stream()
                    .filter(arch -> arch.width() == have.width() && arch.depth() == have.depth())
                    .findFirst()
                    .map(arch -> "set student.arch to " + arch.name())
                    .orElse("no architecture here is " + have.width() + " wide with " + have.depth()
                            + " blocks; name other weights");
        }
        if (have.patch() != want.patch()) {
            return "set student.patch_size to " + have.patch();
        }
        if (have.registers() != want.registers()) {
            return "set student.num_register_tokens to " + have.registers();
        }
        if (have.ffn() != want.ffn()) {
            return "set student.ffn_layer to " + (have.ffn() == Ffn.MLP ? "mlp" : "swiglufused");
        }
        return "name weights of a network that is built like the student";
    }
}
