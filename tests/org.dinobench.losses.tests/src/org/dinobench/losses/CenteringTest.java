package org.dinobench.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Random;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CenteringTest extends ScopedTest {
    static Stream<JsonNode> sinkhornCases() throws IOException {
        JsonNode cases = GoldenFile.manifest("manifest_units.json").at("/sinkhorn_knopp/hyper_parameters/cases");
        assertFalse(cases.isEmpty());
        return Stream.iterate(0, i -> i < cases.size(), i -> i + 1).map(cases::get);
    }

    @ParameterizedTest
    @MethodSource("sinkhornCases")
    void sinkhornMatchesTheReference(JsonNode entry) throws IOException {
        GoldenFile golden = GoldenFile.open("sinkhorn_knopp.safetensors");
        String key = entry.get("key").asText();
        SinkhornKnopp centering = new SinkhornKnopp(entry.get("n_iterations").asInt(), Reduction.NONE);

        Tensor targets = centering.targets(
                golden.tensor(key + "_in"), entry.get("teacher_temp").asDouble());

        Tensors.assertClose(golden.tensor(key + "_out"), targets, 2e-6);
    }

    @Test
    void sinkhornSurvivesScoresThatOverflow() {
        Tensor scores = Tensors.random(new Random(1), 2, 8, 12);
        SinkhornKnopp centering = new SinkhornKnopp(3, Reduction.NONE);
        // far above 88 temperatures in fp32; double has room for exp(2/0.04 + 200) without any protection
        Tensor high = scores.add(new Scalar(8.0)).to(ScalarType.Float);
        Tensor exact = centering.targets(scores, 0.04);

        Tensors.assertClose(exact, centering.targets(high, 0.04), 2e-4);
    }

    @Test
    void sinkhornNeverGivesNaNWhenAPrototypeUnderflows() {
        Tensor scores = torch.zeros(4, 3);
        scores.narrow(1, 0, 1).fill_(new Scalar(50.0));
        Tensor targets = new SinkhornKnopp(3, Reduction.NONE).targets(scores, 0.04);
        assertTrue(torch.isfinite(targets).all().item_bool());
        Tensors.assertClose(torch.ones(4), targets.sum(1), 1e-5);
    }

    @Test
    void sinkhornOverTwoRanksEqualsOneBatch() {
        Tensor scores = Tensors.random(new Random(2), 1, 9, 5);
        Tensor whole = new SinkhornKnopp(3, Reduction.NONE).targets(scores, 0.1);
        TwoRanks ranks = new TwoRanks();
        Tensor[] parts = ranks.run(
                reduction -> new SinkhornKnopp(3, reduction).targets(scores.narrow(0, 0, 4), 0.1),
                reduction -> new SinkhornKnopp(3, reduction).targets(scores.narrow(0, 4, 5), 0.1));
        Tensors.assertClose(whole, torch.cat(new TensorVector(parts)), 1e-12);
    }

    @Test
    void aRankWithoutSamplesTakesPartInTheSums() {
        Tensor scores = Tensors.random(new Random(2), 1, 6, 5);
        Tensor whole = new SinkhornKnopp(3, Reduction.NONE).targets(scores, 0.1);
        Tensor[] parts = new TwoRanks()
                .run(
                        reduction -> new SinkhornKnopp(3, reduction).targets(scores, 0.1),
                        reduction -> new SinkhornKnopp(3, reduction).targets(scores.narrow(0, 0, 0), 0.1));
        Tensors.assertClose(whole, parts[0], 1e-12);
        assertEquals(0, parts[1].size(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dino", "ibot"})
    void softmaxCenteringMatchesTheReferenceOverSteps(String variant) throws IOException {
        GoldenFile golden = GoldenFile.open("softmax_centering.safetensors");
        SoftmaxCentering centering = new SoftmaxCentering(16, 0.9, Reduction.NONE);
        double[] temperatures = {0.04, 0.05, 0.07};
        for (int step = 0; step < 3; step++) {
            String key = variant + "_" + step;
            Tensor logits = golden.tensor(key + "_in").reshape(-1, 16);
            Tensors.assertClose(golden.tensor(key + "_out"), centering.targets(logits, temperatures[step]), 2e-6);
            Tensors.assertClose(
                    golden.tensor(key + "_center_after"), centering.state().get("centre"), 2e-6);
        }
    }

    @Test
    void targetsLeaveTheScoresAlone() {
        Tensor scores = Tensors.random(new Random(3), 1, 4, 6);
        Tensor before = scores.clone();
        new SinkhornKnopp(3, Reduction.NONE).targets(scores, 0.05);
        new SoftmaxCentering(6, 0.9, Reduction.NONE).targets(scores, 0.05);
        assertTrue(before.equal(scores));
    }
}
