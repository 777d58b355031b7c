package org.dinobench.trainer;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.train.TrainPresets;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.core.spec.train.TrainSpecResolver;
import org.dinobench.core.spec.train.TrainSpecs;
import org.dinobench.model.VitConfig;
import org.dinobench.torch.FlatParameters;
import org.dinobench.torch.Torch;
import org.dinobench.trainer.internal.loop.BackboneFiles;
import org.dinobench.trainer.step.ModelShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FittingStudentTest {
    @TempDir
    private Path folder;

    @Test
    void aStudentIsFittedToTheWeightsThatItContinues() throws Exception {
        Torch.start();
        TrainSpec made =
                TrainSpecs.reader().setAll(TrainPresets.of("quick").spec(), List.of("student.num_register_tokens=4"));
        VitConfig config = ModelShape.of(made).backbone();
        Path weights;
        try (FlatParameters parameters = BackboneFiles.weights(config, 3)) {
            weights = BackboneFiles.huggingFace(folder.resolve("hf"), config, parameters);
        }
        TrainSpec wanted = TrainSpecs.reader()
                .setAll(TrainPresets.of("continue").spec(), List.of("student.pretrained_weights=\"" + weights + "\""));
        List<String> keys = FittingStudent.continuing(wanted, weights);
        assertTrue(keys.containsAll(List.of("student.arch=vit_micro", "student.num_register_tokens=4")), keys + "");
        assertTrue(keys.contains("student.patch_size=8") && keys.contains("crops.global_crops_size=144"), keys + "");
        TrainSpec fitted = TrainSpecResolver.resolve(TrainSpecs.reader().setAll(wanted, keys), 500, 2)
                .spec();
        assertDoesNotThrow(() -> new Pretraining().check(fitted, "fitted"));
        TrainSpec unfitted = TrainSpecResolver.resolve(wanted, 500, 2).spec();
        assertThrows(BadInputException.class, () -> new Pretraining().check(unfitted, "as it was"));
        assertEquals(List.of(), FittingStudent.continuing(fitted, weights));
    }

    @Test
    void aStudentSharesPatchesAndPrototypesWithItsTeacher() {
        TrainSpec spec = TrainPresets.of("distill").spec();
        assertEquals(
                List.of(
                        "student.patch_size=16",
                        "crops.global_crops_size=224",
                        "crops.local_crops_size=96",
                        "dino.head_n_prototypes=1000"),
                FittingStudent.learningFrom(
                        spec, new TeacherFacts(16, OptionalInt.of(1000), OptionalInt.empty(), 384, 1)));
    }
}
