package org.dinobench.model;

import java.util.ArrayList;
import java.util.List;
import org.dinobench.torch.ParameterSpec;
import org.dinobench.torch.ParameterSpec.Initializer;

/** The parameters of a {@link VisionTransformer}: official names, official start, one unit a block. */
final class VitLayout {
    private VitLayout() {}

    static List<ParameterSpec> of(VitConfig config) {
        List<ParameterSpec> specs = new ArrayList<>();
        int width = config.width();
        long positions = 1 + (long) config.grid() * config.grid();
        String unit = "embeddings";
        specs.add(ParameterSpec.of(unit, "cls_token", Initializer.normal(1e-6), 1, 1, width));
        specs.add(ParameterSpec.of(unit, "pos_embed", Initializer.normal(0.02), 1, positions, width));
        if (config.registers() > 0) {
            specs.add(
                    ParameterSpec.of(unit, "register_tokens", Initializer.normal(1e-6), 1, config.registers(), width));
        }
        specs.add(ParameterSpec.of(unit, "mask_token", Initializer.ZEROS, 1, width));
        int side = config.patch();
        Initializer convolution = Initializer.uniform(1 / Math.sqrt((double) config.channels() * side * side));
        specs.add(ParameterSpec.of(unit, "patch_embed.proj.weight", convolution, width, config.channels(), side, side));
        specs.add(ParameterSpec.of(unit, "patch_embed.proj.bias", convolution, width));
        for (int i = 0; i < config.depth(); i++) {
            block(specs, config, "blocks." + i);
        }
        norm(specs, "norm", "norm", width);
        return specs;
    }

    private static void block(List<ParameterSpec> specs, VitConfig config, String unit) {
        int width = config.width();
        Initializer scale = Initializer.constant(config.layerScale());
        norm(specs, unit, unit + ".norm1", width);
        linear(specs, unit, unit + ".attn.qkv", width, 3L * width, config.qkvBias());
        linear(specs, unit, unit + ".attn.proj", width, width, true);
        specs.add(ParameterSpec.of(unit, unit + ".ls1.gamma", scale, width));
        norm(specs, unit, unit + ".norm2", width);
        int hidden = config.hidden();
        if (config.ffn() == Ffn.MLP) {
            linear(specs, unit, unit + ".mlp.fc1", width, hidden, true);
            linear(specs, unit, unit + ".mlp.fc2", hidden, width, true);
        } else {
            linear(specs, unit, unit + ".mlp.w12", width, 2L * hidden, true);
            linear(specs, unit, unit + ".mlp.w3", hidden, width, true);
        }
        specs.add(ParameterSpec.of(unit, unit + ".ls2.gamma", scale, width));
    }

    private static void norm(List<ParameterSpec> specs, String unit, String name, long width) {
        specs.add(ParameterSpec.of(unit, name + ".weight", Initializer.ONES, width));
        specs.add(ParameterSpec.of(unit, name + ".bias", Initializer.ZEROS, width));
    }

    private static void linear(List<ParameterSpec> specs, String unit, String name, long in, long out, boolean bias) {
        specs.add(ParameterSpec.of(unit, name + ".weight", Initializer.normal(0.02), out, in));
        if (bias) {
            specs.add(ParameterSpec.of(unit, name + ".bias", Initializer.ZEROS, out));
        }
    }
}
