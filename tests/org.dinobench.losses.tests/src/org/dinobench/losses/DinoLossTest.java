package org.dinobench.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.dinobench.core.problem.BadInputException;
import org.junit.jupiter.api.Test;

class DinoLossTest extends ScopedTest {
    private static DinoLoss loss(int images, int locals) {
        return new DinoLoss(DinoLossSpec.DEFAULT, new LossContext(images, 2, locals, Reduction.NONE));
    }

    private static StepOutputs outputs(int images, int locals, Tensor logits, Tensor targets) {
        return new StepOutputs(images, 2, locals, null, logits, targets, null, null, null);
    }

    @Test
    void localCropsMatchTheReferenceInValueAndGradient() throws IOException {
        GoldenFile golden = GoldenFile.open("dino_loss.safetensors");
        Tensor locals = torch.cat(new TensorVector(
                        golden.tensor("student_0"), golden.tensor("student_1"), golden.tensor("student_2")))
                .requires_grad_(true);
        Tensor globals = torch.zeros(8, 16);
        Tensor targets = torch.cat(new TensorVector(golden.tensor("teacher_0"), golden.tensor("teacher_1")));

        List<LossValue> values =
                loss(4, 3).compute(outputs(4, 3, torch.cat(new TensorVector(locals, globals)), targets));

        // the golden value is the plain sum over the six pairs; ours divides by the 2 + 2*3 pairs of a step
        double pairs = 8;
        LossValue local = values.get(0);
        assertEquals(DinoLoss.LOCAL, local.name());
        double expected = golden.tensor("loss").item_double();
        assertEquals(expected, local.value().item_double() * pairs, 1e-5 * expected);
        local.value().mul(new org.bytedeco.pytorch.Scalar(pairs)).backward();
        for (int crop = 0; crop < 3; crop++) {
            Tensors.assertClose(
                    golden.tensor("student_" + crop + "_grad"), locals.grad().narrow(0, crop * 4L, 4), 1e-5);
        }
    }

    @Test
    void aGlobalCropMeetsTheOtherCropsTarget() {
        Random random = new Random(3);
        Tensor logits = Tensors.random(random, 1, 4, 5);
        Tensor targets = Tensors.randomTargets(random, 4, 5);

        List<LossValue> values = loss(2, 0).compute(outputs(2, 0, logits, targets));

        assertEquals(1, values.size(), "no local crops, no local loss");
        double expected = 0;
        for (int row = 0; row < 4; row++) {
            expected += crossEntropy(targets, (row + 2) % 4, logits, row) / 4;
        }
        assertEquals(expected, values.get(0).value().item_double(), 1e-12);
    }

    @Test
    void onePassEqualsTheSumOverPairs() {
        Random random = new Random(4);
        int images = 3;
        int locals = 4;
        Tensor logits = Tensors.random(random, 1, (locals + 2L) * images, 7);
        Tensor targets = Tensors.randomTargets(random, 2L * images, 7);

        LossValue local = loss(images, locals)
                .compute(outputs(images, locals, logits, targets))
                .get(0);

        double expected = 0;
        for (int crop = 0; crop < locals; crop++) {
            for (int teacher = 0; teacher < 2; teacher++) {
                for (int image = 0; image < images; image++) {
                    expected += crossEntropy(targets, teacher * images + image, logits, crop * images + image)
                            / images
                            / (2 + 2 * locals);
                }
            }
        }
        assertEquals(expected, local.value().item_double(), 1e-12);
    }

    @Test
    void gradientIsThatOfFiniteDifferences() {
        Random random = new Random(5);
        Tensor targets = Tensors.randomTargets(random, 4, 6);
        Tensors.checkGradient(Tensors.random(random, 0.3, 8, 6), logits -> {
            List<LossValue> values = loss(2, 2).compute(outputs(2, 2, logits, targets));
            return values.get(0).value().add(values.get(1).value());
        });
    }

    @Test
    void anotherNumberOfGlobalCropsIsRefusedWithTheKey() {
        BadInputException refused = assertThrows(
                BadInputException.class,
                () -> new DinoLoss(DinoLossSpec.DEFAULT, new LossContext(4, 3, 0, Reduction.NONE)));
        assertEquals("crops.global_crops_number", refused.where());
    }

    private static double crossEntropy(Tensor targets, int target, Tensor logits, int row) {
        double[] scores = new double[Math.toIntExact(logits.size(1))];
        double sum = 0;
        for (int k = 0; k < scores.length; k++) {
            scores[k] = element(logits, row, k) / 0.1;
            sum += Math.exp(scores[k]);
        }
        double result = 0;
        for (int k = 0; k < scores.length; k++) {
            result -= element(targets, target, k) * (scores[k] - Math.log(sum));
        }
        return result;
    }

    private static double element(Tensor matrix, int row, int column) {
        return matrix.to(ScalarType.Double)
                .narrow(0, row, 1)
                .narrow(1, column, 1)
                .item_double();
    }
}
