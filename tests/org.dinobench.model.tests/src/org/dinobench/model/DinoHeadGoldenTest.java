package org.dinobench.model;

import java.io.IOException;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.torch.FlatParameters;
import org.dinobench.torch.TensorScope;
import org.junit.jupiter.api.Test;

/** The projection head against numbers of the official code. */
class DinoHeadGoldenTest {
    @Test
    void scoresAndGradients() throws IOException {
        try (TensorScope scope = TensorScope.open()) {
            Golden golden = Golden.read("dino_head");
            DinoHeadConfig config = new DinoHeadConfig(12, 20, 16, 8, 3);
            try (FlatParameters parameters = FlatParameters.create(DinoHead.layout(config))) {
                parameters.load(golden.under("param."));
                DinoHead head = new DinoHead(config, parameters.module(""));
                Tensor x = golden.get("x").clone();
                x.set_requires_grad(true);
                Tensor out = head.forward(x);
                golden.check("out", out, 1e-5);
                out.mul(golden.get("out_weight")).sum().backward();
                golden.check("x_grad", x.grad(), 1e-5);
                golden.under("grad.")
                        .keySet()
                        .forEach(name -> golden.check(
                                "grad." + name,
                                parameters.parameter(name).tensor().grad(),
                                1e-5));
            }
        }
    }
}
