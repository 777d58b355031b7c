package org.dinobench.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.dinobench.model.ForwardOptions.DropMode;
import org.dinobench.torch.ActivationCheckpoint;
import org.dinobench.torch.AttentionKernel;
import org.dinobench.torch.ComputeDevice;
import org.dinobench.torch.FlatParameters;
import org.dinobench.torch.Parameter;
import org.dinobench.torch.Precision;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Tensors;
import org.dinobench.torch.Torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VisionTransformerTest {
    private static final int SIDE = 4;

    private static VitConfig config(Ffn ffn, int registers) {
        return new VitConfig("test", 16, 3, 2, 2, SIDE, 12, registers, ffn, 0.3, true, 0.1, false, 0.4, true, 3);
    }

    private static FlatParameters parameters(VitConfig config, ScalarType type) {
        FlatParameters parameters =
                FlatParameters.create(Map.of("", VisionTransformer.layout(config)), type, ComputeDevice.CPU, 1);
        parameters.initialize(11);
        Random random = new Random(5);
        try (TensorScope scope = TensorScope.open()) {
            // away from the flat start, so that every gradient is well above rounding
            for (Parameter parameter : parameters.parameters()) {
                double[] noise = new double[(int) parameter.spec().count()];
                for (int i = 0; i < noise.length; i++) {
                    noise[i] = 0.3 * random.nextGaussian();
                }
                parameter
                        .tensor()
                        .detach()
                        .add_(Tensors.of(noise, parameter.spec().sizes()));
            }
        }
        return parameters;
    }

    private static Tensor images(ScalarType type, long batch, long height, long width) {
        Torch.seed(batch * 1000 + height + width);
        return torch.randn(batch, 3, height, width).to(type);
    }

    private static List<CropBatch> crops(ScalarType type) {
        boolean[] mask = new boolean[4 * 9];
        mask[3] = mask[20] = true;
        return List.of(
                CropBatch.masked(images(type, 4, 12, 12), Tensors.of(mask, 4, 9)),
                CropBatch.classToken(images(type, 5, 8, 8)));
    }

    private static Tensor loss(List<VitOutput> outputs) {
        return outputs.get(0)
                .classToken()
                .pow(new Scalar(2.0))
                .sum()
                .add(outputs.get(0).patchTokens().sin().sum())
                .add(outputs.get(1).classToken().cos().sum());
    }

    /** Both kinds of feed-forward, and the three ways in which position embeddings are resized. */
    @ParameterizedTest
    @CsvSource({"MLP, 0.1, false", "SWIGLU, 0.1, false", "MLP, 0, false", "MLP, 0, true"})
    void gradientsAgreeWithDifferencesInDoublePrecision(Ffn ffn, double offset, boolean antialias) {
        VitConfig config = config(ffn, 2).withInterpolation(offset, antialias);
        try (TensorScope scope = TensorScope.open();
                FlatParameters parameters = parameters(config, ScalarType.Double)) {
            VisionTransformer vit = new VisionTransformer(config, parameters.module(""));
            List<CropBatch> crops = crops(ScalarType.Double);
            loss(vit.forward(crops, ForwardOptions.training(DropSource.seeded(3))))
                    .backward();
            Random random = new Random(1);
            for (Parameter parameter : parameters.parameters()) {
                int index = random.nextInt((int) parameter.spec().count());
                double gradient = Tensors.doubles(parameter.tensor().grad())[index];
                double up = shifted(vit, crops, parameter, index, 1e-5);
                double down = shifted(vit, crops, parameter, index, -1e-5);
                assertEquals((up - down) / 2e-5, gradient, 1e-6 * Math.max(1, Math.abs(gradient)), parameter.name());
            }
        }
    }

    private static double shifted(
            VisionTransformer vit, List<CropBatch> crops, Parameter parameter, int index, double by) {
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            Tensor one = parameter.tensor().detach().view(-1).narrow(0, index, 1);
            Tensor before = one.clone();
            one.add_(new Scalar(by));
            double value = loss(vit.forward(crops, ForwardOptions.training(DropSource.seeded(3))))
                    .item_double();
            one.copy_(before);
            return value;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"separate", "explicit", "checkpoint", "checkpoint with drop", "masked drop"})
    void otherWaysGiveTheSameValuesAndGradients(String way) {
        VitConfig config = config(Ffn.MLP, 1);
        try (TensorScope scope = TensorScope.open();
                FlatParameters parameters = parameters(config, ScalarType.Double)) {
            VisionTransformer vit = new VisionTransformer(config, parameters.module(""));
            List<CropBatch> crops = crops(ScalarType.Double);
            boolean drops = way.endsWith("drop");
            DropMode mode = way.startsWith("masked") ? DropMode.MASKED : DropMode.BATCH_SUBSET;
            ForwardOptions plain =
                    new ForwardOptions(true, AttentionKernel.FUSED, drops ? DropSource.seeded(9) : null, mode, null);
            ActivationCheckpoint checkpoint = new ActivationCheckpoint();
            ForwardOptions other = new ForwardOptions(
                    !way.equals("separate"),
                    way.equals("explicit") ? AttentionKernel.EXPLICIT : AttentionKernel.FUSED,
                    drops ? DropSource.seeded(9) : null,
                    mode,
                    way.startsWith("checkpoint") || way.startsWith("masked") ? checkpoint : null);
            Tensor expected = loss(vit.forward(crops, plain));
            expected.backward();
            double[][] gradients = gradients(parameters);
            parameters.zeroGradients();
            Tensor got = loss(vit.forward(crops, other));
            got.backward();
            checkpoint.backward();
            assertEquals(expected.item_double(), got.item_double(), 1e-9);
            double[][] again = gradients(parameters);
            for (int i = 0; i < again.length; i++) {
                assertArrayEquals(gradients[i], again[i], 1e-9);
            }
        }
    }

    private static double[][] gradients(FlatParameters parameters) {
        return parameters.units().stream()
                .map(unit -> Tensors.doubles(unit.gradient()))
                .toArray(double[][]::new);
    }

    @Test
    void evaluationDropsNothingAndBatchesAreIndependent() {
        VitConfig config = config(Ffn.SWIGLU, 0);
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad();
                FlatParameters parameters = parameters(config, ScalarType.Double)) {
            VisionTransformer vit = new VisionTransformer(config, parameters.module(""));
            Tensor images = images(ScalarType.Double, 3, 12, 8);
            VitOutput all = vit.forward(images);
            assertEquals(3, all.gridHeight());
            assertEquals(2, all.gridWidth());
            VitOutput alone = vit.forward(images.narrow(0, 1, 1).contiguous());
            assertArrayEquals(
                    Tensors.doubles(all.classToken().narrow(0, 1, 1)), Tensors.doubles(alone.classToken()), 1e-12);
            Tensor attention = vit.attention(images, 0);
            assertArrayEquals(new long[] {3, 2, 7, 7}, Tensors.shape(attention));
            for (double sum : Tensors.doubles(attention.sum(-1))) {
                assertEquals(1, sum, 1e-12);
            }
        }
    }

    @Test
    void roundedProductsStayClose() {
        VitConfig config = VitConfig.preset("test", "vit_micro", 8, 64).withLayerScale(0.5);
        try (TensorScope scope = TensorScope.open();
                FlatParameters parameters = FlatParameters.create(VisionTransformer.layout(config))) {
            parameters.initialize(4);
            VisionTransformer vit = new VisionTransformer(config, parameters.module(""));
            List<CropBatch> crops = List.of(
                    CropBatch.of(images(ScalarType.Float, 3, 64, 64)),
                    CropBatch.classToken(images(ScalarType.Float, 4, 32, 32)));
            double[] exact = run(vit, parameters, crops);
            Torch.setPrecision(Precision.FAST);
            double[] fast;
            try {
                fast = run(vit, parameters, crops);
            } finally {
                Torch.setPrecision(Precision.FP32);
            }
            assertTrue(exact[0] != fast[0], "products are rounded");
            assertEquals(exact[0], fast[0], 5e-3 * Math.abs(exact[0]));
            assertEquals(exact[1], fast[1], 2e-2 * exact[1]);
            assertArrayEquals(exact, run(vit, parameters, crops), 1e-4 * exact[1], "back in float32");
        }
    }

    private static double[] run(VisionTransformer vit, FlatParameters parameters, List<CropBatch> crops) {
        parameters.zeroGradients();
        Tensor loss = loss(vit.forward(crops, ForwardOptions.training(null)));
        assertEquals(ScalarType.Float, loss.scalar_type().intern());
        loss.backward();
        return new double[] {loss.item_double(), parameters.gradientNorm("")};
    }

    @Test
    void wrongInputIsRefusedBeforeNativeCodeSeesIt() {
        VitConfig config = config(Ffn.MLP, 0);
        try (TensorScope scope = TensorScope.open();
                FlatParameters parameters = parameters(config, ScalarType.Float)) {
            VisionTransformer vit = new VisionTransformer(config, parameters.module(""));
            for (Tensor wrong : List.of(
                    torch.zeros(1, 3, 12, 13),
                    torch.zeros(1, 1, 12, 12),
                    torch.zeros(3, 12, 12),
                    torch.zeros(0, 3, 12, 12),
                    torch.zeros(1, 3, 0, 12),
                    torch.zeros(1, 3, 12, 12).to(ScalarType.Double))) {
                assertThrows(IllegalArgumentException.class, () -> vit.forward(wrong));
            }
            Tensor images = torch.zeros(2, 3, 12, 12);
            CropBatch masks = CropBatch.masked(images, torch.zeros(2, 8));
            assertThrows(IllegalArgumentException.class, () -> vit.forward(List.of(masks), ForwardOptions.EVALUATION));
            assertThrows(IllegalArgumentException.class, () -> vit.forward(List.of(), ForwardOptions.EVALUATION));
            assertThrows(IllegalArgumentException.class, () -> vit.lastBlocks(images, 4));
            assertThrows(IllegalArgumentException.class, () -> vit.attention(images, 3));
            assertThrows(IllegalArgumentException.class, () -> vit.positions(0, 1));
        }
    }

    @Test
    void repeatedStepsDoNotGrowTheProcess() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            System.out.println("No /proc on this platform: memory over repeated steps is not checked");
            return;
        }
        VitConfig config = VitConfig.preset("test", "vit_micro", 8, 32).withDropPath(0.2, true);
        try (FlatParameters parameters = FlatParameters.create(VisionTransformer.layout(config))) {
            parameters.initialize(1);
            VisionTransformer vit = new VisionTransformer(config, parameters.module(""));
            DropSource drop = DropSource.seeded(1);
            steps(vit, drop, 30);
            System.gc();
            long before = residentKiB(status);
            steps(vit, drop, 60);
            System.gc();
            long growth = residentKiB(status) - before;
            // a step's activations are about 25 MB: keeping even one in twenty would show
            assertTrue(growth < 40_000, "grew by " + growth + " KiB over 60 steps");
        }
    }

    private static void steps(VisionTransformer vit, DropSource drop, int count) {
        for (int i = 0; i < count; i++) {
            try (TensorScope scope = TensorScope.open()) {
                vit.module().parameters().zeroGradients();
                loss(vit.forward(
                                List.of(
                                        CropBatch.of(images(ScalarType.Float, 8, 32, 32)),
                                        CropBatch.classToken(images(ScalarType.Float, 16, 16, 16))),
                                ForwardOptions.training(drop)))
                        .backward();
            }
        }
    }

    private static long residentKiB(Path status) throws IOException {
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
