package org.dinobench.core.spec.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.SpecKey;
import org.dinobench.core.spec.SpecProblem;
import org.dinobench.core.spec.SpecResult;
import org.dinobench.core.spec.SpecWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainSpecTest {
    @TempDir
    Path folder;

    @Test
    void everyPresetIsSoundAndSurvivesWritingAndReading() {
        for (TrainPreset preset : TrainPresets.all()) {
            TrainSpec spec = preset.spec();
            Map<String, String> toName = Map.of("distill", "distill.teacher", "continue", "student.pretrained_weights");
            if (toName.containsKey(preset.name())) {
                assertEquals(
                        List.of(toName.get(preset.name())),
                        TrainSpecValidator.problems(spec).stream()
                                .map(SpecProblem::key)
                                .toList());
            } else {
                assertEquals(List.of(), TrainSpecValidator.problems(spec), preset.name());
            }
            assertTrue(preset.description().length() > 80, preset.name());
            assertEquals(preset.name(), spec.preset());
            for (boolean comments : new boolean[] {false, true}) {
                String yaml = SpecWriter.write(spec, comments);
                SpecResult<TrainSpec> read = TrainSpecs.reader().readText("again", yaml, TrainSpecs.defaults());
                assertEquals(spec, read.spec());
                assertEquals(List.of(), read.ignored());
            }
        }
    }

    @Test
    void defaultsAreTheOfficialOnes() {
        TrainSpec spec = TrainSpecs.defaults();
        assertEquals("vit_large", spec.student().arch());
        assertEquals(0.3, spec.student().dropPathRate());
        assertEquals(65536, spec.dino().headNPrototypes().getAsInt());
        assertEquals(1250, spec.train().officialEpochLength().getAsInt());
        assertEquals(0.992, spec.teacher().momentumTeacher());
        assertEquals(Centering.CENTERING, spec.train().centering());
        assertEquals(0.1, spec.ibot().maskRatioMinMax().min());
        assertEquals(8, spec.crops().localCropsNumber());
    }

    @Test
    void vitg14HasThePaperValues() {
        TrainSpec spec = TrainPresets.of("vitg14").spec();
        assertEquals("vit_giant2", spec.student().arch());
        assertEquals(FfnLayer.SWIGLUFUSED, spec.student().ffnLayer());
        assertEquals(131072, spec.dino().headNPrototypes().getAsInt());
        assertEquals(12, spec.train().batchSizePerGpu());
        Resolution resolution = TrainSpecResolver.resolve(spec, 142_000_000, 16, 256);
        assertEquals(625_000, resolution.spec().optim().steps().getAsInt());
        assertEquals(100_000, resolution.spec().optim().warmupSteps().getAsInt());
        assertEquals(2e-4 * Math.sqrt(3), resolution.spec().optim().lr().getAsDouble(), 1e-12);
    }

    @Test
    void resolutionFillsEverythingOnceAndTellsIt() {
        Resolution first = TrainSpecResolver.resolve(TrainPresets.of("quick").spec(), 2000, 2);
        String yaml = SpecWriter.write(first.spec(), false);
        assertFalse(yaml.contains("auto"), yaml);
        assertEquals(31, first.spec().train().officialEpochLength().getAsInt());
        assertEquals(2, first.spec().train().threads().getAsInt());
        assertTrue(
                first.notes().stream()
                        .anyMatch(n -> n.startsWith("train.OFFICIAL_EPOCH_LENGTH = 31 (one pass over 2000")),
                first.notes().toString());
        Resolution second = TrainSpecResolver.resolve(first.spec(), 999_999, 64);
        assertEquals(first.spec(), second.spec());
        assertEquals(List.of(), second.notes());
    }

    @Test
    void automaticPrototypesFollowTheNumberOfImages() {
        TrainSpec spec =
                TrainSpecs.reader().setAll(TrainPresets.of("quick").spec(), List.of("dino.head_n_prototypes=auto"));
        assertEquals(1024, prototypes(spec, 100));
        assertEquals(4096, prototypes(spec, 5000));
        assertEquals(65536, prototypes(spec, 10_000_000));
    }

    private static int prototypes(TrainSpec spec, long images) {
        return TrainSpecResolver.resolve(spec, images, 2)
                .spec()
                .dino()
                .headNPrototypes()
                .getAsInt();
    }

    @Test
    void aBatchThatTheDataCannotFillIsRefused() {
        BadInputException e = assertThrows(
                BadInputException.class,
                () -> TrainSpecResolver.resolve(TrainPresets.of("quick").spec(), 20, 2));
        assertTrue(e.getMessage().contains("set it to at most 20"), e.getMessage());
    }

    @Test
    void anOfficialFileIsReadWithAListOfWhatWasLeftOut() throws Exception {
        Path file = Files.writeString(folder.resolve("official.yaml"), """
            MODEL:
              WEIGHTS: ''
            compute_precision:
              grad_scaler: true
              teacher:
                backbone:
                  sharding_strategy: SHARD_GRAD_OP
            dino:
              loss_weight: 1.0
              head_n_prototypes: 131072
            student:
              arch: vit_large
              pretrained_weights: ''
              qkv_bias: true
            train:
              dataset_path: ImageNet:split=TRAIN
              OFFICIAL_EPOCH_LENGTH: 1250
              cache_dataset: true
              centering: "sinkhorn_knopp" # or: centering
            optim:
              lr: 0. # will be set after applying scaling rule
              base_lr: 2.0e-04
              min_lr: 1.0e-06
            evaluation:
              eval_period_iterations: 12500
            """);
        SpecResult<TrainSpec> result = TrainSpecs.read(file);
        assertEquals(131072, result.spec().dino().headNPrototypes().getAsInt());
        assertEquals(Optional.empty(), result.spec().student().pretrainedWeights());
        assertEquals(Centering.SINKHORN_KNOPP, result.spec().train().centering());
        assertEquals(
                List.of("MODEL", "compute_precision", "student.qkv_bias", "train.dataset_path", "train.cache_dataset"),
                result.ignored().stream().map(k -> k.path()).toList());
        assertEquals(file + ":3", result.ignored().get(1).where());
        Resolution resolved = TrainSpecResolver.resolve(result.spec(), 1_000_000, 2, 32);
        assertEquals(2e-4 * Math.sqrt(2), resolved.spec().optim().lr().getAsDouble(), 1e-12);
    }

    @Test
    void aForeignKeyWhoseValueWouldMatterIsRefused() {
        BadInputException e = assertThrows(BadInputException.class, () -> TrainSpecs.reader()
                .readText("f.yaml", "student:\n  qkv_bias: false\n", TrainSpecs.defaults()));
        assertEquals("f.yaml:2", e.where());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "student.patch_size=14 | crops.local_crops_size | set it to 84 or 98",
                "crops.local_crops_size=240 | crops.local_crops_size | at most 224",
                "train.batch_size_per_gpu=1 | train.batch_size_per_gpu | koleo_loss_weight to 0",
                "ibot.mask_ratio_min_max=[0.1, 1.0] | ibot.mask_ratio_min_max | below 1",
                "ibot.mask_ratio_min_max=[0.001, 0.002] | ibot.mask_ratio_min_max | upper end",
                "ibot.mask_sample_probability=0 | ibot.mask_sample_probability | 0.5",
                "optim.warmup_epochs=200 | optim.warmup_epochs | tenth",
                "optim.lr=1e-9 | optim.min_lr | at most",
                "teacher.final_momentum_teacher=0.9 | teacher.final_momentum_teacher | 0.992",
                "distill.enabled=true | distill.teacher | --set distill.teacher=PATH",
                "distill.teacher=x.pth | distill.enabled | true",
                "crops.image_size=64 | crops.image_size | at least 224",
                "crops.global_crops_size=230 | crops.global_crops_size | set it to 224 or 240",
                "crops.local_crops_size=4 | crops.local_crops_size | set it to 16",
                "student.layerscale=0 | student.layerscale | 1e-5",
                "sharding.group_size=2 | sharding.group_size | hybrid_shard",
                "optim.freeze_last_layer_epochs=101 | optim.freeze_last_layer_epochs | less than the run",
            })
    void contradictionsNameTheKeyAndARepair(String assignment, String key, String remedy) {
        assertRefused(List.of(assignment), key, remedy);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dino.koleo_loss_weight=0; train.centering=sinkhorn_knopp; train.batch_size_per_gpu=1"
                        + " | train.batch_size_per_gpu | train.centering to centering",
                "student.patch_size=64; crops.global_crops_size=64; crops.local_crops_size=64"
                        + " | ibot.mask_ratio_min_max | ibot.loss_weight to 0",
                "optim.steps=10; optim.warmup_steps=11 | optim.warmup_steps | at most 10",
                "optim.steps=10; optim.freeze_last_layer_steps=11 | optim.freeze_last_layer_steps | less than",
                "high_resolution.epochs=10 | high_resolution.global_crops_size | set it to 512 or 528",
                "high_resolution.epochs=10; high_resolution.global_crops_size=224"
                        + " | high_resolution.global_crops_size | more than 224",
                "high_resolution.epochs=10; high_resolution.global_crops_size=448;"
                        + " high_resolution.local_crops_size=100 | high_resolution.local_crops_size | 96 or 112",
                "high_resolution.epochs=10; high_resolution.global_crops_size=448;"
                        + " high_resolution.local_crops_size=480 | high_resolution.local_crops_size | at most 448",
                "high_resolution.epochs=10; high_resolution.global_crops_size=448; crops.image_size=256"
                        + " | crops.image_size | at least 448",
                "high_resolution.epochs=101; high_resolution.global_crops_size=448 | high_resolution.epochs | part",
                "optim.steps=10; high_resolution.steps=11; high_resolution.global_crops_size=448"
                        + " | high_resolution.steps | part",
            })
    void contradictionsBetweenSeveralKeysAreFound(String assignments, String key, String remedy) {
        assertRefused(List.of(assignments.split(";\\s*")), key, remedy);
    }

    private static void assertRefused(List<String> assignments, String key, String remedy) {
        TrainSpec spec = TrainSpecs.reader().setAll(TrainSpecs.defaults(), assignments);
        List<SpecProblem> problems = TrainSpecValidator.problems(spec);
        assertEquals(1, problems.size(), problems.toString());
        assertEquals(key, problems.get(0).key());
        assertTrue(problems.get(0).remedy().contains(remedy), problems.get(0).remedy());
        BadInputException e = assertThrows(BadInputException.class, () -> TrainSpecValidator.check(spec, "a.yaml"));
        assertTrue(e.getMessage().startsWith("a.yaml, key " + key), e.getMessage());
    }

    @Test
    void contradictionsThatShowOnceLengthsAreKnownAreRefusedBeforeTheRunIsMade() {
        TrainSpec warmUp = TrainSpecs.reader()
                .setAll(
                        TrainSpecs.defaults(),
                        List.of("optim.epochs=1", "optim.warmup_epochs=0", "optim.warmup_steps=2000"));
        BadInputException e =
                assertThrows(BadInputException.class, () -> TrainSpecResolver.resolve(warmUp, 100_000, 2));
        assertTrue(e.getMessage().contains("optim.warmup_steps"), e.getMessage());
    }

    @Test
    void theLastPhaseIsFilledInFromEpochsAndSizes() {
        TrainSpec spec =
                TrainSpecs.reader().setAll(TrainPresets.of("vitl14").spec(), List.of("high_resolution.epochs=8"));
        TrainSpec resolved = TrainSpecResolver.resolve(spec, 1_000_000, 2, 96).spec();
        assertEquals(10_000, resolved.highResolution().steps().getAsInt());
        assertEquals(518, resolved.highResolution().globalCropsSize());
        assertEquals(224, resolved.highResolution().localCropsSize().getAsInt());
        TrainSpec without = TrainSpecResolver.resolve(TrainPresets.of("vitl14").spec(), 1_000_000, 2, 96)
                .spec();
        assertFalse(without.highResolution().enabled());
    }

    @Test
    void noLossAtAllIsRefusedUnlessAnotherBundleBringsOne() {
        TrainSpec none =
                TrainSpecs.reader().setAll(TrainSpecs.defaults(), List.of("dino.loss_weight=0", "ibot.loss_weight=0"));
        assertEquals(
                "dino.loss_weight", TrainSpecValidator.problems(none).get(0).key());
        TrainSpec other = TrainSpecs.reader().set(none, "losses={vicreg: {weight: 1.0}}");
        assertEquals(List.of(), TrainSpecValidator.problems(other));
    }

    @Test
    void aFileOverridesItsPresetAndAssignmentsOverrideTheFile() throws Exception {
        Path file = Files.writeString(
                folder.resolve("mine.yaml"), "preset: lesion_small\noptim:\n  epochs: 7\ntrain:\n  seed: 5\n");
        TrainSpec spec = TrainSpecs.load(Optional.empty(), Optional.of(file), List.of("train.seed=9"))
                .spec();
        assertEquals(AugmentationPreset.DERMOSCOPY, spec.crops().preset());
        assertEquals(7, spec.optim().epochs());
        assertEquals(9, spec.train().seed());
    }

    @Test
    void everyKeyExplainsItself() {
        for (String path : TrainSpecs.schema().paths()) {
            SpecKey key = TrainSpecs.schema().find(path).orElseThrow();
            assertTrue(key.doc().length() > 10 && key.doc().endsWith("."), path + ": " + key.doc());
        }
    }

    @Test
    void architecturesKnowTheirSlowSizes() {
        assertEquals(64, ArchPreset.of("vit_giant2").headWidth());
        assertEquals(List.of(), ArchPreset.of("vit_base").efficiencyRemarks());
        assertEquals(1, ArchPreset.of("vit_tiny").efficiencyRemarks().size());
        assertThrows(BadInputException.class, () -> ArchPreset.of("vit_huge"));
        assertEquals(
                ArchPreset.all().stream().map(ArchPreset::name).toList(),
                TrainSpecs.schema().find("student.arch").orElseThrow().choices());
    }
}
