package org.dinobench.trainer.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.core.spec.SpecReader;
import org.dinobench.core.spec.train.OptimSpec;
import org.dinobench.core.spec.train.Precision;
import org.dinobench.losses.DinoLoss;
import org.dinobench.losses.DinoLossSpec;
import org.dinobench.losses.IbotLossSpec;
import org.dinobench.losses.IbotPatchLoss;
import org.dinobench.losses.KoLeoLoss;
import org.dinobench.losses.KoLeoLossSpec;
import org.dinobench.losses.LossContext;
import org.dinobench.losses.LossRegistry;
import org.dinobench.losses.Reduction;
import org.dinobench.losses.TeacherCenteringProvider;
import org.dinobench.model.DinoHeadConfig;
import org.dinobench.model.DropSource;
import org.dinobench.model.Ffn;
import org.dinobench.model.VitConfig;
import org.dinobench.torch.ComputeDevice;
import org.dinobench.torch.Parameter;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Torch;
import org.dinobench.trainer.GoldenFile;
import org.dinobench.trainer.mask.MaskBatch;
import org.dinobench.trainer.schedule.CosineSchedule;
import org.dinobench.trainer.schedule.StepRates;
import org.dinobench.trainer.schedule.TrainSchedules;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole training runs of the reference, recomputed: every loss, gradient norm and weight. */
class GoldenTrainingTest {
    private static final int IMAGES = 4;
    private static final double LOSS_TOLERANCE = 1e-5;
    private static final double WEIGHT_TOLERANCE = 1e-4;
    /** The learning rates of the eight steps sum to 0.0115: how far two free walks can be apart. */
    private static final double FREE = 0.023;

    @ParameterizedTest
    @CsvSource({
        "train_centering_shared_head, EFFICIENT, false",
        "train_centering_shared_head, IBOT, false",
        "train_centering_shared_head, EFFICIENT, true",
        "train_sinkhorn_separate_head_swiglu_reg4, EFFICIENT, false",
        "train_sinkhorn_separate_head_swiglu_reg4, IBOT, false",
        "train_droppath_recorded_perms, EFFICIENT, false",
        "train_droppath_recorded_perms, EFFICIENT, true",
    })
    void aRunGivesTheReferencesLossesAndWeights(String name, String mode, boolean checkpointing) throws IOException {
        StepMode steps = mode.equals("IBOT") ? StepMode.IBOT : StepMode.EFFICIENT;
        follow(name, steps.withCheckpointing(checkpointing));
    }

    private static void follow(String name, StepMode mode) throws IOException {
        JsonNode facts = GoldenFile.manifest("manifest_train.json").get(name);
        JsonNode settings = facts.get("hyper_parameters");
        GoldenFile golden = GoldenFile.open(name + ".safetensors");
        GoldenFile inputs = GoldenFile.open("train_inputs.safetensors");
        TrainSchedules schedules = schedules(settings);
        Torch.start();
        try (TensorScope scope = TensorScope.open();
                SelfSupervisedModel model =
                        SelfSupervisedModel.pretraining(shape(facts), Precision.FP32, ComputeDevice.CPU, 1)) {
            load(model.student(), golden, "init.");
            load(model.teacher(), golden, "init.");
            try (OptimizerState optimizer = OptimizerState.of(model, optim(settings))) {
                DinoTrainStep step = new DinoTrainStep(
                        model,
                        objective(settings, model.student().shape()),
                        optimizer,
                        mode,
                        DinoTrainStep.Settings.clipping(
                                settings.at("/optim/clip_grad").asDouble()));
                boolean first = true;
                for (JsonNode expected : facts.get("steps")) {
                    int number = expected.get("step").asInt();
                    StepRates rates = schedules.at(number);
                    checkRates(expected, rates);
                    StepReport report = step.run(i -> batch(inputs, number), rates, drops(golden, number, settings));
                    checkStep(expected, report);
                    if (first) {
                        checkFirstGradients(golden, model.student(), report, settings);
                        first = false;
                    }
                }
            }
            checkWeights(model.student(), golden, "final_student.");
            checkWeights(model.teacher(), golden, "final_teacher.");
        }
    }

    private static ModelShape shape(JsonNode facts) {
        JsonNode student = facts.at("/hyper_parameters/student");
        JsonNode model = facts.get("model");
        VitConfig backbone = new VitConfig(
                "vit_golden",
                model.get("embed_dim").asInt(),
                model.get("depth").asInt(),
                model.get("num_heads").asInt(),
                model.get("mlp_ratio").asDouble(),
                student.get("patch_size").asInt(),
                facts.at("/hyper_parameters/crops/global_crops_size").asInt(),
                student.get("num_register_tokens").asInt(),
                student.get("ffn_layer").asText().equals("mlp") ? Ffn.MLP : Ffn.SWIGLU,
                student.get("layerscale").asDouble(),
                student.get("qkv_bias").asBoolean(),
                student.get("interpolate_offset").asDouble(),
                student.get("interpolate_antialias").asBoolean(),
                student.get("drop_path_rate").asDouble(),
                student.get("drop_path_uniform").asBoolean(),
                3);
        JsonNode ibot = facts.at("/hyper_parameters/ibot");
        Optional<DinoHeadConfig> own =
                ibot.get("separate_head").asBoolean() ? Optional.of(head(ibot, backbone.width())) : Optional.empty();
        return new ModelShape(backbone, head(facts.at("/hyper_parameters/dino"), backbone.width()), own);
    }

    private static DinoHeadConfig head(JsonNode settings, int width) {
        return new DinoHeadConfig(
                width,
                settings.get("head_n_prototypes").asInt(),
                settings.get("head_hidden_dim").asInt(),
                settings.get("head_bottleneck_dim").asInt(),
                settings.get("head_nlayers").asInt());
    }

    private static OptimSpec optim(JsonNode settings) {
        JsonNode optim = settings.get("optim");
        SpecReader<OptimSpec> reader = SpecReader.of(OptimSpec.class);
        return reader.readTree(
                "golden",
                Map.of(
                        "layerwise_decay", optim.get("layerwise_decay").asDouble(),
                        "patch_embed_lr_mult", optim.get("patch_embed_lr_mult").asDouble(),
                        "adamw_beta1", optim.get("adamw_beta1").asDouble(),
                        "adamw_beta2", optim.get("adamw_beta2").asDouble()),
                org.dinobench.core.spec.SpecSchema.of(OptimSpec.class).defaults());
    }

    private static TrainSchedules schedules(JsonNode settings) {
        JsonNode optim = settings.get("optim");
        JsonNode teacher = settings.get("teacher");
        int epoch = settings.at("/train/OFFICIAL_EPOCH_LENGTH").asInt();
        int steps = optim.get("epochs").asInt() * epoch;
        return new TrainSchedules(
                steps,
                optim.get("freeze_last_layer_epochs").asInt() * epoch,
                new CosineSchedule(
                        optim.get("lr").asDouble(),
                        optim.get("min_lr").asDouble(),
                        steps,
                        optim.get("warmup_epochs").asInt() * epoch,
                        0,
                        0),
                CosineSchedule.of(
                        optim.get("weight_decay").asDouble(),
                        optim.get("weight_decay_end").asDouble(),
                        steps),
                CosineSchedule.of(
                        teacher.get("momentum_teacher").asDouble(),
                        teacher.get("final_momentum_teacher").asDouble(),
                        steps),
                CosineSchedule.ramp(
                        teacher.get("warmup_teacher_temp").asDouble(),
                        teacher.get("teacher_temp").asDouble(),
                        teacher.get("warmup_teacher_temp_epochs").asInt() * epoch));
    }

    private static Objective objective(JsonNode settings, ModelShape shape) {
        LossContext context = new LossContext(
                IMAGES, 2, settings.at("/crops/local_crops_number").asInt(), Reduction.NONE);
        TeacherCenteringProvider centering =
                LossRegistry.builtIn().centering(settings.at("/train/centering").asText());
        return new Objective(
                List.of(
                        new DinoLoss(
                                new DinoLossSpec(
                                        settings.at("/dino/loss_weight").asDouble(), 0.1),
                                context),
                        new KoLeoLoss(
                                new KoLeoLossSpec(
                                        settings.at("/dino/koleo_loss_weight").asDouble(), 1e-5),
                                context),
                        new IbotPatchLoss(new IbotLossSpec(
                                settings.at("/ibot/loss_weight").asDouble(), 0.1))),
                centering.create(shape.dinoHead().prototypes(), Reduction.NONE),
                centering.create(shape.patchHead().prototypes(), Reduction.NONE));
    }

    private static StepBatch batch(GoldenFile inputs, int step) {
        String key = "step" + step;
        boolean[] masks = inputs.booleans(key + ".masks");
        MaskBatch batch = MaskBatch.of(
                2 * IMAGES, masks.length / (2 * IMAGES), masks, (int) inputs.longs(key + ".upperbound")[0]);
        return new StepBatch(IMAGES, inputs.tensor(key + ".global"), inputs.tensor(key + ".local"), batch);
    }

    /** The permutations that the reference drew; asking for any other number of samples is an error. */
    private static DropSource drops(GoldenFile golden, int step, JsonNode settings) {
        if (settings.at("/student/drop_path_rate").asDouble() == 0) {
            return DropSource.seeded(1);
        }
        Iterator<String> names = golden.names("perm.step" + step + ".").iterator();
        return new DropSource() {
            @Override
            public long[] permutation(int samples) {
                long[] recorded = golden.longs(names.next());
                assertEquals(samples, recorded.length);
                return recorded;
            }

            @Override
            public boolean[] keep(int samples, double probability) {
                throw new AssertionError("The reference takes subsets");
            }
        };
    }

    private static void load(HeadedNetwork network, GoldenFile golden, String prefix) {
        Map<String, Tensor> state = new java.util.HashMap<>();
        for (String name : golden.names(prefix)) {
            state.put(name.substring(prefix.length()), golden.tensor(name));
        }
        network.parameters().load(state);
    }

    private static void checkRates(JsonNode expected, StepRates rates) {
        assertEquals(expected.get("lr").asDouble(), rates.learningRate(), 1e-12);
        assertEquals(expected.get("last_layer_lr").asDouble(), rates.lastLayerRate(), 1e-12);
        assertEquals(expected.get("wd").asDouble(), rates.weightDecay(), 1e-12);
        assertEquals(expected.get("momentum").asDouble(), rates.momentum(), 1e-12);
        assertEquals(expected.get("teacher_temp").asDouble(), rates.teacherTemperature(), 1e-12);
    }

    private static void checkStep(JsonNode expected, StepReport report) {
        String step = "step " + expected.get("step") + " ";
        assertTrue(report.applied());
        for (String key : List.of("dino_local_crops_loss", "dino_global_crops_loss", "koleo_loss", "ibot_loss")) {
            double reference = expected.get(key).asDouble();
            assertEquals(reference, report.losses().get(key), LOSS_TOLERANCE * Math.abs(reference), step + key);
        }
        expected.get("grad_norm_before_clip").properties().forEach(entry -> {
            double reference = entry.getValue().asDouble();
            double actual = report.gradientNorms().get(entry.getKey());
            assertEquals(reference, actual, 1e-4 * reference, step + "gradient norm of " + entry.getKey());
        });
    }

    private static void checkFirstGradients(
            GoldenFile golden, HeadedNetwork student, StepReport report, JsonNode settings) {
        double largest = settings.at("/optim/clip_grad").asDouble();
        for (String name : golden.names("grad0.")) {
            Parameter parameter = student.parameters().parameter(name.substring("grad0.".length()));
            double norm = report.gradientNorms().get(parameter.unit().module());
            double clipped = Math.min(1, largest / (norm + 1e-6));
            Tensor expected = golden.tensor(name).mul(new org.bytedeco.pytorch.Scalar(clipped));
            assertClose(name, expected, parameter.tensor().grad(), 1e-5);
        }
    }

    private static void checkWeights(HeadedNetwork network, GoldenFile golden, String prefix) {
        List<String> names = golden.names(prefix);
        assertEquals(network.parameters().parameters().size(), names.size());
        for (String name : names) {
            Tensor actual = network.parameters()
                    .parameter(name.substring(prefix.length()))
                    .tensor()
                    .detach();
            Tensor expected = golden.tensor(name);
            if (name.endsWith(".attn.qkv.bias")) {
                // Attention does not change with the key's bias: softmax forgets what all keys of a query share. Its
                // gradient is zero plus rounding, which AdamW blows up to whole steps in directions that hang on the
                // order of sums. So its values are bounded by the lengths of the steps only.
                long width = expected.size(0) / 3;
                assertClose(name + " (key)", expected.narrow(0, width, width), actual.narrow(0, width, width), FREE);
                assertClose(
                        name + " (query)", expected.narrow(0, 0, width), actual.narrow(0, 0, width), WEIGHT_TOLERANCE);
                expected = expected.narrow(0, 2 * width, width);
                actual = actual.narrow(0, 2 * width, width);
            }
            assertClose(name, expected, actual, WEIGHT_TOLERANCE);
        }
    }

    private static void assertClose(String name, Tensor expected, Tensor actual, double tolerance) {
        double difference = expected.sub(actual).abs().max().item_double();
        assertTrue(difference <= tolerance, name + " differs by " + difference);
    }
}
