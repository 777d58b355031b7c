package org.dinobench.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.core.workspace.RunDirectory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code train} and {@code distill} at a terminal: what a run can start from and learn from, and what is refused. */
class TrainingCommandsTest {
    private static final List<String> SMALL = List.of(
            "student.arch=vit_micro",
            "crops.global_crops_size=32",
            "crops.local_crops_size=16",
            "crops.local_crops_number=2",
            "crops.image_size=40",
            "dino.head_n_prototypes=32",
            "dino.head_hidden_dim=32",
            "dino.head_bottleneck_dim=16",
            "ibot.head_n_prototypes=32",
            "ibot.head_hidden_dim=32",
            "ibot.head_bottleneck_dim=16",
            "train.batch_size_per_gpu=8",
            "train.num_workers=1",
            "train.eval_every=0",
            "train.minutes=",
            "optim.warmup_steps=1",
            "optim.steps=2");

    @TempDir
    static Path shared;

    @BeforeAll
    static void importAndTrain() throws IOException {
        DrawnPictures.draw(shared.resolve("images"), "a", 16);
        assertEquals(
                0,
                run("import", "--images", shared.resolve("images").toString(), "--dataset", "d")
                        .code());
        CommandLineRun trained = train("teacher", List.of());
        assertEquals(0, trained.code(), trained.said());
    }

    private static CommandLineRun run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--workspace", shared.resolve("workspace").toString()));
        return CommandLineRun.of(all);
    }

    private static CommandLineRun train(String name, List<String> settings) {
        return call("train", name, List.of("--preset", "quick"), settings);
    }

    private static CommandLineRun call(String command, String name, List<String> options, List<String> settings) {
        List<String> arguments = new ArrayList<>(List.of(command, "--dataset", "d", "--out", name, "--json"));
        arguments.addAll(options);
        for (List<String> some : List.of(SMALL, settings)) {
            some.forEach(setting -> arguments.addAll(List.of("--set", setting)));
        }
        return run(arguments.toArray(String[]::new));
    }

    private static Path runFolder(String name) {
        return shared.resolve("workspace").resolve("runs").resolve(name);
    }

    @Test
    void trainingGoesOnFromARunNamedInTheWorkspace() throws IOException {
        ObjectNode result = train("continued", List.of("student.pretrained_weights=teacher"))
                .json();
        assertEquals(2, result.path("steps").asInt());
        TrainSpec spec = RunDirectory.open(runFolder("continued")).readSpec();
        assertEquals(
                runFolder("teacher").toString(),
                spec.student().pretrainedWeights().orElseThrow());
        String log = Files.readString(runFolder("continued").resolve("log.txt"));
        assertTrue(log.contains("begins with the weights of " + runFolder("teacher")), log);
    }

    @ParameterizedTest
    @CsvSource({"run, with the heads of its run", "hf, it has no heads", "pth, it has no heads"})
    void aStudentLearnsFromEveryKindOfTeacher(String kind, String says) throws IOException {
        String teacher = "teacher";
        if (!kind.equals("run")) {
            Path target = shared.resolve("exported." + kind);
            assertEquals(
                    0,
                    run("export", "--model", "teacher", "--format", kind, "--out", target.toString())
                            .code());
            teacher = target.toString();
        }
        CommandLineRun distilled = call("distill", "student-" + kind, List.of("--teacher", teacher), List.of());
        assertEquals(2, distilled.json().path("steps").asInt());
        assertTrue(distilled.said().contains("student.patch_size=8 (to fit the teacher)"), distilled.said());
        String log = Files.readString(runFolder("student-" + kind).resolve("log.txt"));
        assertTrue(log.contains(says), log);
        assertTrue(log.contains("unmasked and without stochastic depth"), log);
        assertTrue(Files.isRegularFile(runFolder("student-" + kind).resolve("teacher/model.safetensors")));
    }

    @Test
    void withoutATeacherNothingIsDistilled() {
        CommandLineRun refused = call("distill", "nobody", List.of(), List.of());
        assertRefused(refused, "nobody", "--teacher");
    }

    /** A pickle that asks for a call of os.system, a file cut in half, another network, a text, nothing at all. */
    @ParameterizedTest
    @CsvSource({
        "code.pth, posix.system",
        "cut.safetensors, cut.safetensors",
        "cut.pth, cut.pth",
        "text.pth, text.pth",
        "nothing.pth, nothing.pth",
    })
    void badModelsAreRefusedWithoutLeavingARun(String name, String says) throws IOException {
        Path file = shared.resolve("bad").resolve(name);
        Files.createDirectories(file.getParent());
        Path sound = runFolder("teacher").resolve("teacher/model.safetensors");
        switch (name) {
            case "code.pth" -> Files.write(file, pickleWithCode());
            case "cut.safetensors" -> cut(Files.copy(sound, file));
            case "cut.pth" -> {
                assertEquals(
                        0,
                        run("export", "--model", "teacher", "--format", "pth", "--out", file.toString())
                                .code());
                cut(file);
            }
            case "text.pth" -> Files.writeString(file, "hello");
            default -> assertFalse(Files.exists(file));
        }
        CommandLineRun weights = train("bad-weights", List.of("student.pretrained_weights=\"" + file + "\""));
        assertRefused(weights, "bad-weights", says);
        CommandLineRun teacher = call("distill", "bad-teacher", List.of("--teacher", file.toString()), List.of());
        assertRefused(teacher, "bad-teacher", says);
        Files.deleteIfExists(file);
    }

    @Test
    void modelsOfOtherShapesAreRefusedWithKeyAndRepair() {
        CommandLineRun weights = train("wider", List.of("student.pretrained_weights=teacher", "student.arch=vit_mini"));
        assertRefused(weights, "wider", "set student.arch to vit_micro");
        assertTrue(weights.said().contains("student.pretrained_weights"), weights.said());
        CommandLineRun teacher =
                call("distill", "finer", List.of("--teacher", "teacher"), List.of("student.patch_size=4"));
        assertRefused(teacher, "finer", "set it to 8");
        CommandLineRun prototypes =
                call("distill", "more", List.of("--teacher", "teacher"), List.of("dino.head_n_prototypes=64"));
        assertRefused(prototypes, "more", "dino.head_n_prototypes");
    }

    @ParameterizedTest
    @CsvSource({
        "cut, not complete",
        "pickle, safetensors",
        "other, spec.yaml",
    })
    void damagedCheckpointsAreRefusedOnResume(String damage, String says) throws IOException {
        String name = "resumed-" + damage;
        assertEquals(0, train(name, List.of()).code());
        RunDirectory run = RunDirectory.open(runFolder(name));
        Path shard = run.latestCheckpoint().orElseThrow().shard(0, 1);
        switch (damage) {
            case "cut" -> cut(shard);
            case "pickle" -> {
                // of the same size, so that the index does not give it away
                byte[] disguised = new byte[(int) Files.size(shard)];
                byte[] code = pickleWithCode();
                System.arraycopy(code, 0, disguised, 0, code.length);
                Files.write(shard, disguised);
            }
            default -> {
                Path spec = run.specFile();
                Files.writeString(spec, Files.readString(spec).replace("arch: vit_micro", "arch: vit_mini"));
            }
        }
        CommandLineRun refused = run("train", "--resume", "--out", name);
        assertEquals(CliApplication.BAD_INPUT, refused.code(), refused.said());
        assertTrue(refused.said().contains(says), refused.said());
        assertFalse(refused.said().contains("\tat "), "no stack trace for bad input: " + refused.said());
    }

    @Test
    void aRunIsGoneOnWithByAnotherBatchButNotAsAnotherNetwork() throws IOException {
        assertEquals(0, train("smaller", List.of("optim.steps=2")).code());
        RunDirectory run = RunDirectory.open(runFolder("smaller"));
        CommandLineRun refused = run("train", "--resume", "--out", "smaller", "--set", "student.arch=vit_mini");
        assertEquals(CliApplication.BAD_INPUT, refused.code(), refused.said());
        assertTrue(refused.said().contains("student.arch") && refused.said().contains("train.batch_size_per_gpu"));
        CommandLineRun wrong = run("train", "--resume", "--out", "smaller", "--set", "train.batch_size_per_gpu=1");
        assertEquals(CliApplication.BAD_INPUT, wrong.code(), wrong.said());
        assertEquals(8, run.readSpec().train().batchSizePerGpu(), "nothing changes when the wish is refused");
        CommandLineRun done = run("train", "--resume", "--out", "smaller", "--set", "train.batch_size_per_gpu=4");
        assertEquals(0, done.code(), done.said());
        assertEquals(4, run.readSpec().train().batchSizePerGpu());
        assertTrue(Files.readString(run.logFile()).contains("From here on 4 images a batch instead of 8"));
    }

    private static void assertRefused(CommandLineRun refused, String name, String says) {
        assertEquals(CliApplication.BAD_INPUT, refused.code(), refused.said());
        assertTrue(refused.said().contains(says), refused.said());
        assertFalse(refused.said().contains("\tat "), "no stack trace for bad input: " + refused.said());
        assertFalse(Files.exists(runFolder(name)), "nothing is left of a refused run");
    }

    private static void cut(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2);
        }
    }

    private static byte[] pickleWithCode() throws IOException {
        ByteArrayOutputStream pickle = new ByteArrayOutputStream();
        pickle.write(new byte[] {(byte) 0x80, 2});
        pickle.write("cposix\nsystem\n".getBytes(StandardCharsets.US_ASCII));
        pickle.write(new byte[] {'X', 4, 0, 0, 0, 't', 'r', 'u', 'e', (byte) 0x85, 'R', '.'});
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("archive/data.pkl"));
            zip.write(pickle.toByteArray());
        }
        return out.toByteArray();
    }
}
