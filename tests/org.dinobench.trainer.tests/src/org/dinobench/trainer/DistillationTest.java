package org.dinobench.trainer;

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
import java.util.Map;
import java.util.OptionalInt;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.metrics.MetricsReader;
import org.dinobench.core.metrics.MetricsRow;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.core.workspace.RunDirectory;
import org.dinobench.model.DinoHead;
import org.dinobench.model.DinoHeadConfig;
import org.dinobench.model.LoadedModel;
import org.dinobench.model.ModelFiles;
import org.dinobench.model.VisionTransformer;
import org.dinobench.model.VitConfig;
import org.dinobench.torch.FlatParameters;
import org.dinobench.torch.ParameterSpec;
import org.dinobench.trainer.internal.loop.BackboneFiles;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DistillationTest {
    private static final int IMAGES = 24;

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static List<Path> images;
    private static Path teacherRun;
    private static Path teacherFile;

    @BeforeAll
    static void trainATeacher() throws IOException {
        images = TinyRuns.draw(shared.resolve("images"), IMAGES);
        teacherRun = shared.resolve("teacher-run");
        TrainSpec spec = TinyRuns.spec(IMAGES, 4, "student.arch=vit_mini");
        new Pretraining().run(TinyRuns.job(teacherRun, spec, images, List.of()), JobMonitor.NONE);
        teacherFile = shared.resolve("backbone.safetensors");
        Files.copy(teacherRun.resolve("teacher").resolve("model.safetensors"), teacherFile);
    }

    private static TrainSpec spec(Path teacher, int steps, String... more) {
        List<String> settings = new java.util.ArrayList<>(
                List.of("distill.enabled=true", "distill.teacher=" + teacher, "optim.lr=0.002", "train.eval_every=0"));
        settings.addAll(List.of(more));
        return TinyRuns.spec(IMAGES, steps, settings.toArray(String[]::new));
    }

    private List<MetricsRow> run(String name, TrainSpec spec) throws IOException {
        Pretraining.Job job = TinyRuns.job(folder.resolve(name), spec, images, List.of());
        new Pretraining().run(job, JobMonitor.NONE);
        return MetricsReader.read(job.run().metricsFile());
    }

    @Test
    void aRunOfOursTeachesWithItsOwnHeadsAndTheSpareAverageIsTheProduct() throws IOException {
        List<MetricsRow> rows = run("own", spec(teacherRun, 40));
        double first = rows.get(0).get("total_loss");
        double last = rows.get(rows.size() - 1).get("total_loss");
        assertTrue(last < first, "from " + first + " to " + last);
        assertTrue(Files.readString(folder.resolve("own").resolve("log.txt")).contains("heads of its run"));
        try (LoadedModel product = ModelFiles.open(folder.resolve("own"))) {
            assertEquals(128, product.config().width(), "the student's width, not the teacher's 192");
        }
    }

    @Test
    void aBareBackboneTeachesThroughPrototypesOfItsFeatures() throws IOException {
        List<MetricsRow> rows = run("bare", spec(teacherFile, 40));
        double first = rows.get(0).get("ibot_loss");
        double last = rows.get(rows.size() - 1).get("ibot_loss");
        assertTrue(last < 0.9 * first, "patches are learnt: from " + first + " to " + last);
        assertTrue(rows.get(0).get("teacher_entropy") < 0.95 * Math.log(64), "targets say something");
    }

    private static VitConfig teacherShape() {
        return VitConfig.preset("test", "vit_mini", 8, 32).withRegisters(4);
    }

    private void patchLossFalls(String name, TrainSpec spec) throws IOException {
        List<MetricsRow> rows = run(name, spec);
        double first = rows.get(0).get("ibot_loss");
        double last = rows.get(rows.size() - 1).get("ibot_loss");
        assertTrue(last < 0.98 * first, "patches are learnt: from " + first + " to " + last);
    }

    @Test
    void aFolderOfTheTransformersLibraryTeaches() throws IOException {
        try (FlatParameters weights = BackboneFiles.weights(teacherShape(), 12)) {
            BackboneFiles.huggingFace(folder.resolve("hf"), teacherShape(), weights);
        }
        TeacherFacts facts = TeacherFacts.of(folder.resolve("hf"));
        long backbone = parameters(VisionTransformer.layout(teacherShape()));
        assertEquals(new TeacherFacts(8, OptionalInt.empty(), OptionalInt.empty(), 192, backbone), facts);
        patchLossFalls("student", spec(folder.resolve("hf"), 20));
        assertTrue(Files.readString(folder.resolve("student/log.txt")).contains("it has no heads"));
    }

    private static long parameters(List<ParameterSpec> layout) {
        return layout.stream().mapToLong(ParameterSpec::count).sum();
    }

    @Test
    void aTrainingDumpTeachesWithItsOwnHeads() throws IOException {
        Path dump = folder.resolve("teacher_checkpoint.pth");
        DinoHeadConfig head = new DinoHeadConfig(192, 64, 48, 24, 3);
        try (FlatParameters weights = BackboneFiles.weights(teacherShape(), 12)) {
            BackboneFiles.trainingDump(dump, teacherShape(), weights, Map.of("dino_head", head, "ibot_head", head));
        }
        long all = parameters(VisionTransformer.layout(teacherShape())) + 2 * parameters(DinoHead.layout(head));
        assertEquals(new TeacherFacts(8, OptionalInt.of(64), OptionalInt.of(64), 192, all), TeacherFacts.of(dump));
        run("student", spec(dump, 2));
        String log = Files.readString(folder.resolve("student/log.txt"));
        assertTrue(log.contains("with the heads in") && log.contains("teacher_checkpoint.pth"), log);
        BadInputException prototypes =
                assertThrows(BadInputException.class, () -> run("a", spec(dump, 2, "dino.head_n_prototypes=128")));
        assertEquals("dino.head_n_prototypes", prototypes.where());
    }

    @Test
    void aCheckpointFolderTeachesAsItsRunDoes() throws IOException {
        Path checkpoint =
                RunDirectory.open(teacherRun).latestCheckpoint().orElseThrow().folder();
        assertEquals(TeacherFacts.of(teacherRun), TeacherFacts.of(checkpoint));
        assertEquals(totals(run("a", spec(teacherRun, 3))), totals(run("b", spec(checkpoint, 3))));
    }

    private static List<Double> totals(List<MetricsRow> rows) {
        return rows.stream().map(row -> row.get("total_loss")).toList();
    }

    @Test
    void nothingIsMaskedOrDroppedWhateverTheSpecSays() throws IOException {
        List<Double> plain =
                totals(run("a", spec(teacherRun, 3, "student.drop_path_rate=0", "ibot.mask_sample_probability=0.01")));
        List<Double> other =
                totals(run("b", spec(teacherRun, 3, "student.drop_path_rate=0.5", "ibot.mask_sample_probability=0.9")));
        assertEquals(plain, other);
    }

    @Test
    void theProductIsASpareAverageAndNotWhatIsTrained() throws IOException {
        String[] still = {"teacher.momentum_teacher=1", "optim.lr=0.002"};
        String[] stillFaster = {"teacher.momentum_teacher=1", "optim.lr=0.02"};
        run("slow", spec(teacherRun, 3, still));
        run("fast", spec(teacherRun, 3, stillFaster));
        assertArrayEquals(product("slow"), product("fast"), "an average that never follows stays the beginning");
        run("following", spec(teacherRun, 3, "teacher.momentum_teacher=0.5", "optim.lr=0.002"));
        assertFalse(Arrays.equals(product("slow"), product("following")));
    }

    private byte[] product(String name) throws IOException {
        return Files.readAllBytes(folder.resolve(name).resolve("teacher").resolve("model.safetensors"));
    }

    @Test
    void aResumedDistillationRepeatsAnUninterruptedOne() throws IOException {
        TrainSpec spec = spec(teacherFile, 5, "train.checkpoint_every=2");
        List<MetricsRow> whole = run("whole", spec);
        Pretraining.Job broken = TinyRuns.job(folder.resolve("broken"), spec, images, List.of());
        assertThrows(DyingMonitor.Death.class, () -> new Pretraining().run(broken, new DyingMonitor(3)));
        List<MetricsRow> resumed = run("broken", spec);
        assertEquals(
                whole.stream().map(row -> row.get("total_loss")).toList(),
                resumed.stream().map(row -> row.get("total_loss")).toList());
    }

    @Test
    void prototypesAndPatchesThatDoNotFitAreRefusedWithTheKey() {
        BadInputException prototypes = assertThrows(
                BadInputException.class, () -> run("a", spec(teacherRun, 2, "dino.head_n_prototypes=128")));
        assertEquals("dino.head_n_prototypes", prototypes.where());
        BadInputException patch =
                assertThrows(BadInputException.class, () -> run("b", spec(teacherFile, 2, "student.patch_size=4")));
        assertEquals("student.patch_size", patch.where());
        BadInputException missing =
                assertThrows(BadInputException.class, () -> run("c", spec(folder.resolve("nothing.pth"), 2)));
        assertTrue(missing.getMessage().contains("nothing.pth"), missing.getMessage());
    }
}
