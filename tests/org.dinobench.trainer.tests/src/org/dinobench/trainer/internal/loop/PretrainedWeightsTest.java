package org.dinobench.trainer.internal.loop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.provenance.Provenance;
import org.dinobench.core.spec.train.Precision;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.model.LoadedModel;
import org.dinobench.model.ModelFiles;
import org.dinobench.model.VisionTransformer;
import org.dinobench.model.VitConfig;
import org.dinobench.torch.ComputeDevice;
import org.dinobench.torch.FlatParameters;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Tensors;
import org.dinobench.torch.Torch;
import org.dinobench.trainer.Pretraining;
import org.dinobench.trainer.TinyRuns;
import org.dinobench.trainer.step.HeadedNetwork;
import org.dinobench.trainer.step.ModelShape;
import org.dinobench.trainer.step.OptimizerState;
import org.dinobench.trainer.step.SelfSupervisedModel;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PretrainedWeightsTest {
    private static final int IMAGES = 16;

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static List<Path> images;

    @BeforeAll
    static void draw() throws IOException {
        images = TinyRuns.draw(shared.resolve("images"), IMAGES);
    }

    private static VitConfig small(int imageSize) {
        return VitConfig.preset("test", "vit_micro", 8, imageSize);
    }

    private static TrainSpec spec(Path weights, String... more) {
        List<String> settings = new java.util.ArrayList<>(List.of(
                "student.pretrained_weights=\"" + weights + "\"",
                "teacher.momentum_teacher=1",
                "train.eval_every=0",
                "optim.lr=0.001"));
        settings.addAll(List.of(more));
        return TinyRuns.spec(IMAGES, 2, settings.toArray(String[]::new));
    }

    /** With a momentum of one the average stays what it began as, so that the export shows the beginning. */
    private float[] exported(String name, TrainSpec spec, long[] shape) throws IOException {
        Pretraining.Job job = TinyRuns.job(folder.resolve(name), spec, images, List.of());
        new Pretraining().run(job, JobMonitor.NONE);
        try (LoadedModel model = ModelFiles.open(job.run().folder())) {
            return output(model.network(), shape);
        }
    }

    private static float[] output(VisionTransformer network, long... shape) {
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            Tensor ramp = torch.arange(
                            new org.bytedeco.pytorch.Scalar(Arrays.stream(shape).reduce(1, (a, b) -> a * b)))
                    .to(torch.ScalarType.Float)
                    .mul_(new org.bytedeco.pytorch.Scalar(0.37))
                    .sin_()
                    .view(shape);
            return Tensors.floats(network.forward(ramp).classToken());
        }
    }

    private static final long[] GLOBAL = {2, 3, 32, 32};

    @ParameterizedTest
    @ValueSource(strings = {"hf", "hf-registers", "pth", "safetensors", "run", "checkpoint"})
    void trainingGoesOnFromEveryKindOfFile(String kind) throws IOException {
        VitConfig config =
                kind.equals("hf-registers") ? small(32).withRegisters(4).withInterpolation(0, true) : small(32);
        Path source = folder.resolve("source");
        float[] expected;
        if (kind.equals("run") || kind.equals("checkpoint")) {
            Pretraining.Job job = TinyRuns.job(source, TinyRuns.spec(IMAGES, 3), images, List.of());
            new Pretraining().run(job, JobMonitor.NONE);
            source = kind.equals("run")
                    ? source
                    : job.run().latestCheckpoint().orElseThrow().folder();
            try (LoadedModel model = ModelFiles.open(source)) {
                expected = output(model.network(), GLOBAL);
            }
        } else {
            try (FlatParameters weights = BackboneFiles.weights(config, 77)) {
                expected = output(new VisionTransformer(config, weights.module("")), GLOBAL);
                switch (kind) {
                    case "pth" -> BackboneFiles.trainingDump(source = folder.resolve("w.pth"), config, weights);
                    case "safetensors" ->
                        ModelFiles.write(
                                source = folder.resolve("w.safetensors"),
                                new VisionTransformer(config, weights.module("")),
                                java.util.Map.of());
                    default -> BackboneFiles.huggingFace(source, config, weights);
                }
            }
        }
        TrainSpec spec = spec(source, "student.num_register_tokens=" + config.registers());
        assertArrayEquals(expected, exported("next", spec, GLOBAL));
        assertTrue(Files.readString(folder.resolve("next/log.txt")).contains("begins with the weights of"));
        assertTrue(
                Provenance.read(folder.resolve("next/provenance.json")).inputs().stream()
                        .anyMatch(input -> input.name().equals("pretrained_weights")),
                "the record names the weights");
    }

    @Test
    void positionsOfAnotherGridAreInterpolatedSoThatGlobalCropsGiveTheSourcesFeatures() throws IOException {
        VitConfig larger = small(56);
        Path file = folder.resolve("w.pth");
        float[] expected;
        try (FlatParameters weights = BackboneFiles.weights(larger, 5)) {
            expected = output(new VisionTransformer(larger, weights.module("")), GLOBAL);
            BackboneFiles.trainingDump(file, larger, weights);
        }
        assertArrayEquals(expected, exported("next", spec(file), GLOBAL), 1e-6f);
        assertTrue(Files.readString(folder.resolve("next/log.txt")).contains("from 7 x 7 to 4 x 4"));
    }

    private static TrainingState state(ModelShape shape) {
        SelfSupervisedModel model = SelfSupervisedModel.pretraining(shape, Precision.BF16, ComputeDevice.CPU, 3);
        return new TrainingState.Local(
                model, OptimizerState.of(model, TinyRuns.spec(IMAGES, 2).optim()));
    }

    @Test
    void studentAndAverageBeginAlikeAndHeadsStayRandom() throws IOException {
        Path file = folder.resolve("w.pth");
        try (FlatParameters weights = BackboneFiles.weights(small(32), 5)) {
            BackboneFiles.trainingDump(file, small(32), weights);
        }
        ModelShape shape = ModelShape.of(TinyRuns.spec(IMAGES, 2));
        try (RunLog log = new RunLog(folder.resolve("log.txt"), JobMonitor.NONE);
                SelfSupervisedModel fresh =
                        SelfSupervisedModel.pretraining(shape, Precision.BF16, ComputeDevice.CPU, 3);
                TrainingState state = state(shape)) {
            SelfSupervisedModel begun = state.networks();
            new PretrainedWeights(file).copyInto(state, log);
            for (HeadedNetwork network : List.of(begun.student(), begun.teacher(), begun.average())) {
                assertTrue(same(network.parameters(), begun.master(), "backbone.blocks.3.attn.qkv.weight"));
            }
            assertFalse(same(begun.master(), fresh.master(), "backbone.blocks.3.attn.qkv.weight"));
            assertTrue(same(begun.master(), fresh.master(), "dino_head.mlp.0.weight"));
            assertTrue(same(begun.master(), fresh.master(), "ibot_head.last_layer.weight_v"));
        }
    }

    private static boolean same(FlatParameters a, FlatParameters b, String name) {
        try (TensorScope scope = TensorScope.open()) {
            return a.parameter(name)
                    .tensor()
                    .to(torch.ScalarType.BFloat16)
                    .equal(b.parameter(name).tensor().to(torch.ScalarType.BFloat16));
        }
    }

    @Test
    void aResumedRunDoesNotReadThemAgain() throws IOException {
        Path file = folder.resolve("w.pth");
        try (FlatParameters weights = BackboneFiles.weights(small(32), 5)) {
            BackboneFiles.trainingDump(file, small(32), weights);
        }
        TrainSpec spec = spec(file, "optim.steps=4", "train.checkpoint_every=2");
        Pretraining.Job job = TinyRuns.job(folder.resolve("run"), spec, images, List.of());
        java.util.concurrent.atomic.AtomicInteger steps = new java.util.concurrent.atomic.AtomicInteger();
        new Pretraining().run(job, new StopAfter(steps, 2));
        Files.delete(file);
        assertTrue(new Pretraining().run(job, JobMonitor.NONE).finished());
        assertEquals(
                1,
                Provenance.read(job.run().provenanceFile()).inputs().stream()
                        .filter(input -> input.name().equals("pretrained_weights"))
                        .count());
    }

    private record StopAfter(java.util.concurrent.atomic.AtomicInteger counted, int steps) implements JobMonitor {
        @Override
        public void begin(String stage, long total) {}

        @Override
        public void worked(long units) {
            counted.addAndGet((int) units);
        }

        @Override
        public void message(String text) {}

        @Override
        public boolean isStopped() {
            return counted.get() >= steps;
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "student.arch=vit_mini | 'cls_token' has shape [1, 1, 128] | student.arch to vit_micro",
                "student.patch_size=4 | 'patch_embed.proj.weight' has shape | student.patch_size to 8",
                "student.num_register_tokens=4 | no tensor 'register_tokens' | num_register_tokens to 0",
                "student.ffn_layer=swiglufused | no tensor 'blocks.0.mlp.w12.weight' | ffn_layer to mlp",
            })
    void aBackboneOfAnotherShapeIsRefusedWithTheTensorAndARepair(String setting, String says, String remedy)
            throws IOException {
        Path file = folder.resolve("w.pth");
        try (FlatParameters weights = BackboneFiles.weights(small(32), 5)) {
            BackboneFiles.trainingDump(file, small(32), weights);
        }
        BadInputException refused =
                assertThrows(BadInputException.class, () -> exported("next", spec(file, setting), GLOBAL));
        assertEquals("student.pretrained_weights", refused.where());
        assertTrue(refused.problem().contains(says), refused.getMessage());
        assertTrue(refused.remedy().contains(remedy), refused.getMessage());
    }

    @Test
    void aDeeperBackboneIsRefused() throws IOException {
        VitConfig tiny = VitConfig.preset("test", "vit_tiny", 8, 32);
        try (FlatParameters weights = BackboneFiles.weights(tiny, 5)) {
            BackboneFiles.huggingFace(folder.resolve("hf"), tiny, weights);
        }
        BadInputException refused = assertThrows(
                BadInputException.class,
                () -> exported("next", spec(folder.resolve("hf"), "student.arch=vit_mini"), GLOBAL));
        assertTrue(refused.problem().contains("'blocks.6."), refused.getMessage());
        assertTrue(refused.remedy().contains("vit_tiny"), refused.getMessage());
    }
}
