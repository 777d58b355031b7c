package org.dinobench.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.dinobench.torch.ActivationCheckpoint;
import org.dinobench.torch.ComputeDevice;
import org.dinobench.torch.FlatParameters;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Tensors;
import org.dinobench.torch.Torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The backbone against numbers of the official code. */
class VisionTransformerGoldenTest {
    private static final double TOLERANCE = 1e-5;

    private static VitConfig config(String file) {
        VitConfig base = new VitConfig("golden", 32, 3, 4, 4, 14, 56, 0, Ffn.MLP, 1e-5, true, 0.1, false, 0, true, 3);
        return file.equals("vit_mlp_r0")
                ? base
                : base.withRegisters(4).withFfn(Ffn.SWIGLU).withInterpolation(0, true);
    }

    private static FlatParameters parameters(Golden golden, VitConfig config, ScalarType type) {
        FlatParameters parameters =
                FlatParameters.create(Map.of("", VisionTransformer.layout(config)), type, ComputeDevice.CPU, 1);
        parameters.load(golden.under("param."));
        return parameters;
    }

    @ParameterizedTest
    @ValueSource(strings = {"vit_mlp_r0", "vit_swiglu_r4"})
    void outputsOfAllSizes(String file) throws IOException {
        try (TensorScope scope = TensorScope.open()) {
            Golden golden = Golden.read(file);
            VitConfig config = config(file);
            try (FlatParameters parameters = parameters(golden, config, ScalarType.Float);
                    Torch.GradSwitch off = Torch.noGrad()) {
                VisionTransformer vit = new VisionTransformer(config, parameters.module(""));
                for (String size : List.of("56x56", "84x84", "70x42", "28x28")) {
                    Tensor images = golden.get(size + ".x");
                    golden.check(
                            size + ".pos_embed",
                            vit.positions((int) images.size(2) / 14, (int) images.size(3) / 14),
                            TOLERANCE);
                    VitOutput output = vit.forward(images);
                    golden.check(size + ".cls", output.classToken(), TOLERANCE);
                    golden.check(size + ".patch", output.patchTokens(), TOLERANCE);
                    golden.check(size + ".prenorm", output.prenorm(), TOLERANCE);
                    if (config.registers() > 0) {
                        golden.check(size + ".reg", output.registerTokens(), TOLERANCE);
                    }
                    Tensor only = vit.forward(List.of(CropBatch.classToken(images)), ForwardOptions.EVALUATION)
                            .get(0)
                            .classToken();
                    golden.check(size + ".cls", only, TOLERANCE);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"vit_mlp_r0", "vit_swiglu_r4"})
    void masksIntermediateBlocksAndAttention(String file) throws IOException {
        try (TensorScope scope = TensorScope.open()) {
            Golden golden = Golden.read(file);
            VitConfig config = config(file);
            try (FlatParameters parameters = parameters(golden, config, ScalarType.Float);
                    Torch.GradSwitch off = Torch.noGrad()) {
                VisionTransformer vit = new VisionTransformer(config, parameters.module(""));
                Tensor images = golden.get("56x56.x");
                VitOutput masked = vit.forward(
                                List.of(CropBatch.masked(images, golden.get("56x56.masks"))), ForwardOptions.EVALUATION)
                        .get(0);
                golden.check("56x56.masked_cls", masked.classToken(), TOLERANCE);
                golden.check("56x56.masked_patch", masked.patchTokens(), TOLERANCE);
                List<VitOutput> last = vit.lastBlocks(images, 2);
                for (int i = 0; i < 2; i++) {
                    VitOutput output = last.get(i);
                    golden.check("56x56.inter" + i + "_cls", output.classToken(), TOLERANCE);
                    Tensor map = output.patchTokens()
                            .view(2, output.gridHeight(), output.gridWidth(), 32)
                            .permute(0, 3, 1, 2);
                    golden.check("56x56.inter" + i + "_patchmap", map, TOLERANCE);
                }
                golden.check("56x56.last_attention", vit.attention(images, -1), TOLERANCE);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vit_mlp_r0 plain",
                "vit_mlp_r0 explicit",
                "vit_mlp_r0 checkpoint",
                "vit_swiglu_r4 plain",
                "vit_swiglu_r4 checkpoint"
            })
    void gradients(String fileAndWay) throws IOException {
        String file = fileAndWay.substring(0, fileAndWay.indexOf(' '));
        try (TensorScope scope = TensorScope.open()) {
            Golden golden = Golden.read(file);
            VitConfig config = config(file);
            try (FlatParameters parameters = parameters(golden, config, ScalarType.Float)) {
                VisionTransformer vit = new VisionTransformer(config, parameters.module(""));
                Tensor images = golden.get("56x56.x").clone();
                images.set_requires_grad(true);
                ActivationCheckpoint checkpoint = new ActivationCheckpoint();
                ForwardOptions options = fileAndWay.endsWith("explicit")
                        ? ForwardOptions.ibot(null)
                        : ForwardOptions.EVALUATION.withCheckpoint(
                                fileAndWay.endsWith("checkpoint") ? checkpoint : null);
                VitOutput output =
                        vit.forward(List.of(CropBatch.of(images)), options).get(0);
                Tensor scalar = output.classToken()
                        .mul(golden.get("56x56.w_cls"))
                        .sum()
                        .add(output.patchTokens()
                                .mul(golden.get("56x56.w_patch"))
                                .sum());
                scalar.backward();
                checkpoint.backward();
                golden.check("56x56.x_grad", images.grad(), TOLERANCE);
                golden.under("grad.")
                        .keySet()
                        .forEach(name -> golden.check(
                                "grad." + name,
                                parameters.parameter(name).tensor().grad(),
                                TOLERANCE));
                // the leaves' gradients are views of the flat ones
                double squares = 0;
                for (Tensor gradient : golden.under("grad.").values()) {
                    for (double value : Tensors.doubles(gradient)) {
                        squares += value * value;
                    }
                }
                assertEquals(Math.sqrt(squares), parameters.gradientNorm(""), 1e-4 * Math.sqrt(squares));
            }
        }
    }
}
