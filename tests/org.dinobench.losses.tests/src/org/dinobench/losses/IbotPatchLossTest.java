package org.dinobench.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class IbotPatchLossTest extends ScopedTest {
    private static LossValue compute(int images, Tensor logits, Tensor targets, Tensor weights) {
        StepOutputs outputs = new StepOutputs(images, 2, 0, null, null, null, logits, targets, weights);
        return new IbotPatchLoss(IbotLossSpec.DEFAULT).compute(outputs).get(0);
    }

    @Test
    void matchesTheReferenceInValueAndGradient() throws IOException {
        GoldenFile golden = GoldenFile.open("ibot_loss.safetensors");
        Tensor student = golden.tensor("student").requires_grad_(true);
        // the reference's buffer has padding rows behind the masked patches; we have none
        long masked = golden.tensor("masks").sum().item_long();

        // four crops in the golden batch: two images of two crops
        LossValue loss =
                compute(2, student.narrow(0, 0, masked), golden.tensor("teacher"), golden.tensor("masks_weight"));

        double expected = golden.tensor("loss").item_double();
        assertEquals(expected, loss.value().item_double(), 1e-5 * expected);
        loss.value().backward();
        Tensors.assertClose(golden.tensor("student_grad"), student.grad(), 1e-6);
    }

    @Test
    void equalsTheReferenceOnFullMapsWhenMaskedPatchesAreGathered() throws IOException {
        GoldenFile golden = GoldenFile.open("ibot_loss.safetensors");
        Tensor masks = golden.tensor("masks");
        Tensor student = golden.tensor("full_student").requires_grad_(true);
        Tensor index = torch.nonzero(masks.flatten()).flatten();
        Tensor weights = masks.sum(new long[] {1}, true, new org.bytedeco.pytorch.ScalarTypeOptional())
                .clamp_min(new org.bytedeco.pytorch.Scalar(1.0))
                .reciprocal()
                .expand_as(masks)
                .flatten()
                .index_select(0, index);

        LossValue loss = compute(
                2,
                student.flatten(0, 1).index_select(0, index),
                golden.tensor("full_teacher").flatten(0, 1).index_select(0, index),
                weights);

        double expected = golden.tensor("full_loss").item_double();
        assertEquals(expected, loss.value().item_double(), 1e-5 * expected);
        loss.value().backward();
        Tensors.assertClose(golden.tensor("full_student_grad"), student.grad(), 1e-6);
    }

    @Test
    void gradientIsThatOfFiniteDifferences() {
        Random random = new Random(6);
        Tensor targets = Tensors.randomTargets(random, 5, 6);
        Tensor weights = Tensors.random(random, 1, 5).abs();
        Tensors.checkGradient(Tensors.random(random, 0.3, 5, 6), logits -> compute(2, logits, targets, weights)
                .value());
    }

    @Test
    void aStepWithoutAnyMaskHasNoPatchLoss() {
        LossValue loss = compute(2, torch.zeros(0, 6), torch.zeros(0, 6), torch.zeros(0));
        assertEquals(0, Math.abs(loss.value().item_double()));
    }
}
