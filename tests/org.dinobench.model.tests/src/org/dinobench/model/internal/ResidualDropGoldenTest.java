package org.dinobench.model.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.dinobench.model.DropSource;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Tensors;
import org.dinobench.torch.Torch;
import org.dinobench.torch.format.Safetensors;
import org.dinobench.torch.format.TensorFile;
import org.junit.jupiter.api.Test;

/** Stochastic depth on batch subsets against numbers of the official code, and the masked variant's arithmetic. */
class ResidualDropGoldenTest {
    private static Map<String, Tensor> golden() throws IOException {
        Torch.start();
        try (TensorFile file = Safetensors.open(
                Path.of(System.getProperty("dinobench.golden"), "stochastic_depth_batch_subset.safetensors"))) {
            return file.readAll();
        }
    }

    @Test
    void subset() throws IOException {
        try (TensorScope scope = TensorScope.open()) {
            Map<String, Tensor> golden = golden();
            Tensor x = golden.get("x").clone();
            x.set_requires_grad(true);
            DropSource recorded = new DropSource() {
                @Override
                public long[] permutation(int samples) {
                    assertEquals(7, samples);
                    return Tensors.longs(golden.get("perm"));
                }

                @Override
                public boolean[] keep(int samples, double probability) {
                    throw new AssertionError("not the masked variant");
                }
            };
            TokenStream stream = TokenStream.ofPacked(List.of(new Segment(7, 5, false)), x.view(35, 6));
            TokenStream after = ResidualDrop.subset(
                    stream, 0.3, recorded, false, (rows, segments) -> torch.tanh(rows.matmul(golden.get("W"))));
            Tensor out = after.packed().view(7, 5, 6);
            assertArrayEquals(Tensors.floats(golden.get("out")), Tensors.floats(out), 1e-6f);
            out.mul(golden.get("out_weight")).sum().backward();
            assertArrayEquals(Tensors.floats(golden.get("x_grad")), Tensors.floats(x.grad()), 1e-6f);
        }
    }

    @Test
    void maskedKeepsOrDropsWholeSamplesAndScalesByTheKeepRate() throws IOException {
        try (TensorScope scope = TensorScope.open()) {
            Map<String, Tensor> golden = golden();
            Tensor x = golden.get("x");
            boolean[] keep = {true, false, true, true, false, true, false};
            DropSource fixed = new DropSource() {
                @Override
                public long[] permutation(int samples) {
                    throw new AssertionError("not the subset variant");
                }

                @Override
                public boolean[] keep(int samples, double probability) {
                    assertEquals(0.75, probability);
                    return keep;
                }
            };
            TokenStream after = ResidualDrop.masked(
                    TokenStream.ofPacked(List.of(new Segment(7, 5, false)), x.view(35, 6)),
                    0.25,
                    fixed,
                    false,
                    (rows, segments) -> torch.tanh(rows));
            float[] before = Tensors.floats(x);
            float[] got = Tensors.floats(after.packed());
            for (int i = 0; i < got.length; i++) {
                double residual = keep[i / 30] ? Math.tanh(before[i]) / 0.75 : 0;
                assertEquals(before[i] + residual, got[i], 1e-5);
            }
        }
    }

    @Test
    void seededSourceRepeatsAndPermutes() {
        long[] first = DropSource.seeded(3).permutation(50);
        assertArrayEquals(first, DropSource.seeded(3).permutation(50));
        assertFalse(Arrays.equals(first, DropSource.seeded(4).permutation(50)));
        long[] sorted = first.clone();
        Arrays.sort(sorted);
        for (int i = 0; i < 50; i++) {
            assertEquals(i, sorted[i]);
        }
        int kept = 0;
        for (boolean keep : DropSource.seeded(3).keep(10_000, 0.7)) {
            kept += keep ? 1 : 0;
        }
        assertTrue(Math.abs(kept - 7000) < 200, "kept " + kept);
    }
}
