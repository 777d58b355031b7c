package org.dinobench.model.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.model.CheckpointNames;
import org.dinobench.model.VisionTransformer;
import org.dinobench.model.VitConfig;
import org.dinobench.torch.FlatParameters;
import org.dinobench.torch.ParameterSpec;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Tensors;
import org.dinobench.torch.Torch;
import org.dinobench.torch.format.TensorEntry;
import org.dinobench.torch.format.TensorFile;
import org.dinobench.torch.format.TensorType;

/** A backbone's weights out of an open file, whatever their names are there. */
public final class BackboneLoader {
    private static final Set<TensorType> FLOATING =
            EnumSet.of(TensorType.F64, TensorType.F32, TensorType.F16, TensorType.BF16);

    private final String where;
    private final TensorFile file;
    private final Map<String, CheckpointNames.Source> sources;

    /**
     * @param where the file, for error messages
     * @param file stays the caller's
     * @throws BadInputException when it holds no backbone
     */
    public BackboneLoader(String where, TensorFile file) {
        this.where = where;
        this.file = file;
        this.sources = CheckpointNames.official(file.entries().keySet());
        if (sources.isEmpty()) {
            throw new BadInputException(
                    where, "it holds no vision transformer (no class token)", "give a backbone's weights");
        }
    }

    /** Sizes by official name, as they will be once parts are put together. */
    public Map<String, List<Long>> shapes() {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        sources.forEach((name, source) -> {
            List<Long> shape = null;
            for (String part : source.names()) {
                TensorEntry entry = file.entries().get(part);
                if (shape == null) {
                    shape = new ArrayList<>(entry.shape());
                } else if (!shape.isEmpty() && !entry.shape().isEmpty()) {
                    shape.set(0, shape.get(0) + entry.shape().get(0));
                }
            }
            shapes.put(name, shape);
        });
        return shapes;
    }

    /**
     * Compares names, sizes and types with a shape.
     *
     * @throws BadInputException when a tensor is missing or does not fit, or holds whole numbers, or when types are mixed
     */
    public void check(VitConfig config) {
        Map<String, List<Long>> shapes = shapes();
        for (ParameterSpec spec : VisionTransformer.layout(config)) {
            List<Long> shape = shapes.get(spec.name());
            if (shape == null ? filler(spec.name()) == null : !spec.shape().equals(shape)) {
                throw new BadInputException(
                        where,
                        shape == null
                                ? "it has no tensor '" + spec.name() + "'"
                                : "its tensor '" + spec.name() + "' has shape " + shape + " instead of " + spec.shape(),
                        "the weights do not belong to this configuration");
            }
        }
        checkTypes(config);
    }

    /**
     * Files of one type, whichever it is, are read as fp32. A mixture is refused: in one state_dict it comes from a
     * conversion that stopped half-way, and nobody could say which of the values are rounded.
     */
    private void checkTypes(VitConfig config) {
        TensorEntry first = null;
        for (ParameterSpec spec : VisionTransformer.layout(config)) {
            CheckpointNames.Source source = sources.get(spec.name());
            for (String name : source == null ? List.<String>of() : source.names()) {
                TensorEntry entry = file.entries().get(name);
                if (!FLOATING.contains(entry.type())) {
                    throw new BadInputException(
                            where,
                            "its tensor '" + name + "' holds " + entry.type() + " values, which are no weights",
                            "export the model again in floating point");
                }
                if (first == null) {
                    first = entry;
                } else if (first.type() != entry.type()) {
                    throw new BadInputException(
                            where,
                            "it mixes precisions: '" + first.name() + "' is " + first.type() + ", '" + name + "' is "
                                    + entry.type(),
                            "save all of its tensors in one type, such as float32");
                }
            }
        }
    }

    /**
     * Reads the weights. Models without LayerScale (DINO of 2021) get factors of one, files without a mask token one of
     * zeros: both leave results as they are.
     *
     * @throws BadInputException when a tensor is missing or does not fit the shape
     */
    public VisionTransformer load(VitConfig config) {
        List<ParameterSpec> layout = VisionTransformer.layout(config);
        check(config);
        FlatParameters parameters = FlatParameters.createFrozen(layout);
        try {
            for (ParameterSpec spec : layout) {
                fill(parameters, spec);
            }
        } catch (RuntimeException e) {
            parameters.close();
            throw e;
        }
        return new VisionTransformer(config, parameters.module(""));
    }

    private void fill(FlatParameters parameters, ParameterSpec spec) {
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            Tensor target = parameters.parameter(spec.name()).tensor();
            CheckpointNames.Source source = sources.get(spec.name());
            if (source == null) {
                target.fill_(new Scalar(filler(spec.name())));
                return;
            }
            Tensor value = source.names().size() == 1
                    ? file.read(source.names().get(0))
                    : torch.cat(
                            Tensors.vector(
                                    source.names().stream().map(file::read).toList()),
                            0);
            if (!Arrays.equals(Tensors.shape(value), spec.sizes())) {
                throw new BadInputException(where, "the parts of '" + spec.name() + "' do not fit together", "");
            }
            target.copy_(value);
            if (!target.isfinite().all().item_bool()) {
                throw new BadInputException(
                        where, "its tensor '" + spec.name() + "' holds NaN or infinity", "take an earlier checkpoint");
            }
        }
    }

    private static Double filler(String name) {
        if (name.endsWith(".gamma")) {
            return 1.0;
        }
        return name.equals("mask_token") ? Double.valueOf(0.0) : null;
    }
}
