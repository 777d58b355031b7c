package org.dinobench.model;

import java.io.IOException;
import java.util.List;
import org.dinobench.torch.AttentionKernel;
import org.dinobench.torch.FlatParameters;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Crops of two sizes as one packed sequence and one after the other, against the official packed forward. */
class PackingGoldenTest {
    private static final double TOLERANCE = 1e-5;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void packedAndSeparate(boolean packed) throws IOException {
        try (TensorScope scope = TensorScope.open()) {
            Golden weights = Golden.read("vit_mlp_r0");
            Golden golden = Golden.read("sequence_packing");
            VitConfig config =
                    new VitConfig("golden", 32, 3, 4, 4, 14, 56, 0, Ffn.MLP, 1e-5, true, 0.1, false, 0, true, 3);
            try (FlatParameters parameters = FlatParameters.create(VisionTransformer.layout(config));
                    Torch.GradSwitch off = Torch.noGrad()) {
                parameters.load(weights.under("param."));
                VisionTransformer vit = new VisionTransformer(config, parameters.module(""));
                ForwardOptions options = new ForwardOptions(
                        packed, AttentionKernel.FUSED, null, ForwardOptions.DropMode.BATCH_SUBSET, null);
                CropBatch global = CropBatch.masked(golden.get("global_x"), golden.get("global_masks"));
                List<VitOutput> both = vit.forward(List.of(global, CropBatch.of(golden.get("local_x"))), options);
                golden.check("global_cls", both.get(0).classToken(), TOLERANCE);
                golden.check("global_patch", both.get(0).patchTokens(), TOLERANCE);
                golden.check("local_cls", both.get(1).classToken(), TOLERANCE);
                golden.check("local_patch", both.get(1).patchTokens(), TOLERANCE);
                List<VitOutput> lean =
                        vit.forward(List.of(global, CropBatch.classToken(golden.get("local_x"))), options);
                golden.check("global_cls", lean.get(0).classToken(), TOLERANCE);
                golden.check("global_patch", lean.get(0).patchTokens(), TOLERANCE);
                golden.check("local_cls", lean.get(1).classToken(), TOLERANCE);
            }
        }
    }
}
