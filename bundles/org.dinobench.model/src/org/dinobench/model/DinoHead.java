package org.dinobench.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.dinobench.model.internal.Linear;
import org.dinobench.torch.FlatParameters;
import org.dinobench.torch.MatrixProducts;
import org.dinobench.torch.ParameterSpec;
import org.dinobench.torch.ParameterSpec.Initializer;
import org.dinobench.torch.Precision;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Tensors;
import org.dinobench.torch.Torch;

/**
 * The projection head of DINO and iBOT: an MLP with GELU, L2 normalisation, and a linear layer without bias whose rows
 * have a trained length ({@code weight_g}) and a trained direction ({@code weight_v}).
 */
public final class DinoHead {
    private static final String MLP = "mlp";
    private static final String LAST = "last_layer";

    private final DinoHeadConfig config;
    private final FlatParameters.Module module;
    private final List<Linear> layers = new ArrayList<>();
    private final Tensor length;
    private final Tensor direction;

    /** @param module parameters made from {@link #layout}, for example {@code parameters.module("dino_head")} */
    public DinoHead(DinoHeadConfig config, FlatParameters.Module module) {
        this.config = config;
        this.module = module;
        for (int i = 0; i < config.layers(); i++) {
            layers.add(new Linear(module, layer(config, i)));
        }
        this.length = module.get("last_layer.weight_g");
        this.direction = module.get("last_layer.weight_v");
    }

    /** Declarations of the parameters, with official names, in the units {@code mlp} and {@code last_layer}. */
    public static List<ParameterSpec> layout(DinoHeadConfig config) {
        List<ParameterSpec> specs = new ArrayList<>();
        for (int i = 0; i < config.layers(); i++) {
            long in = i == 0 ? config.input() : config.hidden();
            long out = i == config.layers() - 1 ? config.bottleneck() : config.hidden();
            specs.add(ParameterSpec.of(MLP, layer(config, i) + ".weight", Initializer.normal(0.02), out, in));
            specs.add(ParameterSpec.of(MLP, layer(config, i) + ".bias", Initializer.ZEROS, out));
        }
        specs.add(ParameterSpec.of(LAST, "last_layer.weight_g", Initializer.ONES, config.prototypes(), 1));
        specs.add(ParameterSpec.of(
                LAST,
                "last_layer.weight_v",
                Initializer.uniform(1 / Math.sqrt(config.bottleneck())),
                config.prototypes(),
                config.bottleneck()));
        return specs;
    }

    /** A single layer is called {@code mlp}, several are numbered with the activations between them. */
    private static String layer(DinoHeadConfig config, int index) {
        return config.layers() == 1 ? "mlp" : "mlp." + 2 * index;
    }

    /** The shape. */
    public DinoHeadConfig config() {
        return config;
    }

    /** The parameters. */
    public FlatParameters.Module module() {
        return module;
    }

    /**
     * Scores of tokens against the prototypes.
     *
     * @param tokens {@code [rows, input]}
     * @return {@code [rows, prototypes]}
     */
    public Tensor forward(Tensor tokens) {
        try (TensorScope scope = TensorScope.open()) {
            return scope.keep(scores(bottleneck(tokens), lastWeight()));
        }
    }

    /**
     * The last layer alone, for callers that use {@link #lastWeight} several times.
     *
     * @param units {@code [rows, bottleneck]} from {@link #bottleneck}
     * @param lastWeight from {@link #lastWeight}
     * @return {@code [rows, prototypes]}
     */
    public static Tensor scores(Tensor units, Tensor lastWeight) {
        return Torch.precision() == Precision.BF16
                ? MatrixProducts.linear(units, lastWeight, null)
                : MatrixProducts.plain(units, lastWeight, null);
    }

    /**
     * The part before the last layer: unit vectors.
     *
     * @param tokens {@code [rows, input]}
     * @return {@code [rows, bottleneck]}
     */
    public Tensor bottleneck(Tensor tokens) {
        if (tokens.dim() != 2 || tokens.size(1) != config.input()) {
            throw new IllegalArgumentException(
                    "Tokens must be [rows, " + config.input() + "], not " + Arrays.toString(Tensors.shape(tokens)));
        }
        module.enter(MLP);
        Tensor rows = tokens;
        for (int i = 0; i < layers.size(); i++) {
            rows = layers.get(i).apply(rows);
            if (i < layers.size() - 1) {
                rows = torch.gelu(rows);
            }
        }
        module.leave(MLP);
        rows = rows.to(direction.scalar_type());
        double epsilon = rows.scalar_type().intern() == torch.ScalarType.Half ? 1e-6 : 1e-12;
        return rows.div(norm(rows).clamp_min(new Scalar(epsilon)));
    }

    /** The last layer's weight: length times direction, {@code [prototypes, bottleneck]}. */
    public Tensor lastWeight() {
        module.enter(LAST);
        Tensor weight = direction.mul(length.div(norm(direction)));
        module.leave(LAST);
        return weight;
    }

    private static Tensor norm(Tensor rows) {
        return rows.norm(new ScalarOptional(new Scalar(2.0)), new long[] {1}, true);
    }
}
