package org.dinobench.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.dinobench.core.problem.BadInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KoLeoLossTest extends ScopedTest {
    private static Tensor compute(int images, int crops, Tensor features) {
        KoLeoLoss loss = new KoLeoLoss(KoLeoLossSpec.DEFAULT, new LossContext(images, crops, 0, Reduction.NONE));
        return loss.compute(new StepOutputs(images, crops, 0, features, null, null, null, null, null))
                .get(0)
                .value();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void matchesTheReferenceInValueAndGradient(int entry) throws IOException {
        GoldenFile golden = GoldenFile.open("koleo_loss.safetensors");
        Tensor features = golden.tensor(entry + "_in").requires_grad_(true);

        Tensor loss = compute(Math.toIntExact(features.size(0)), 1, features);

        double expected = golden.tensor(entry + "_loss").item_double();
        assertEquals(expected, loss.item_double(), 1e-5 * Math.max(1, Math.abs(expected)));
        loss.backward();
        Tensors.assertClose(golden.tensor(entry + "_grad"), features.grad(), 1e-5);
    }

    @Test
    void cropsAreTakenApartAndSummed() {
        Random random = new Random(7);
        Tensor first = Tensors.random(random, 1, 4, 6);
        Tensor second = Tensors.random(random, 1, 4, 6);
        double apart =
                compute(4, 1, first).item_double() + compute(4, 1, second).item_double();
        double together =
                compute(4, 2, torch.cat(new TensorVector(first, second))).item_double();
        assertEquals(apart, together, 1e-12);
    }

    @Test
    void gradientIsThatOfFiniteDifferences() {
        Tensors.checkGradient(Tensors.random(new Random(8), 1, 6, 4), features -> compute(3, 2, features));
    }

    @Test
    void duplicatesInABatchGiveAFiniteLossAndPullAtNothing() {
        Tensor one = Tensors.random(new Random(9), 1, 1, 8).to(torch.ScalarType.Float);
        Tensor features = one.expand(6, 8).clone().requires_grad_(true);
        Tensor loss = compute(6, 1, features);
        loss.backward();
        assertTrue(Double.isFinite(loss.item_double()));
        assertEquals(0, features.grad().abs().max().item_double(), "duplicates cannot be spread");
    }

    @Test
    void aBatchOfOneIsRefusedWithTheKey() {
        BadInputException refused = assertThrows(
                BadInputException.class,
                () -> new KoLeoLoss(KoLeoLossSpec.DEFAULT, new LossContext(1, 2, 0, Reduction.NONE)));
        assertTrue(refused.getMessage().contains("batch of 2 or more"), refused.getMessage());
    }
}
