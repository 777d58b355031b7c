package org.dinobench.evaluation.internal.script;

import java.util.Locale;
import org.dinobench.model.Ffn;
import org.dinobench.model.VitConfig;

/**
 * The vision transformer as source text of TorchScript. Parameters are attributes of nested modules under their official
 * names, so that the state_dict of the result is that of the official files. Needs PyTorch 2.0 or later for the fused
 * attention.
 */
final class VitScript {
    private final VitConfig config;
    private final int fixedSide;
    private final boolean attention;

    /**
     * @param fixedSide pixels of the only square that is taken; 0 for any size
     * @param attention whether the last block's attention is a result too
     */
    VitScript(VitConfig config, int fixedSide, boolean attention) {
        this.config = config;
        this.fixedSide = fixedSide;
        this.attention = attention;
    }

    String source() {
        return positions() + embed() + attentionHalf() + feedForward() + forward();
    }

    private String positions() {
        int grid = config.grid();
        StringBuilder out = new StringBuilder();
        line(out, 0, "def positions(self, rows: int, columns: int):");
        line(out, 1, "stored = self.pos_embed");
        line(out, 1, "if rows == %d and columns == %d:", grid, grid);
        line(out, 2, "return stored");
        line(out, 1, "grid = stored[:, 1:].reshape(1, %d, %d, %d).permute(0, 3, 1, 2)", grid, grid, config.width());
        String scales = config.interpolateOffset() == 0
                ? "None, None"
                : String.format(
                        Locale.ROOT,
                        "(rows + %s) / %d, (columns + %s) / %d",
                        config.interpolateOffset(),
                        grid,
                        config.interpolateOffset(),
                        grid);
        line(
                out,
                1,
                config.interpolateAntialias()
                        ? "grid = torch._upsample_bicubic2d_aa(grid, [rows, columns], False, None, None)"
                        : "grid = torch.upsample_bicubic2d(grid, [rows, columns], False, " + scales + ")");
        line(out, 1, "return torch.cat([stored[:, :1], grid.flatten(2).transpose(1, 2)], 1)");
        return out.append('\n').toString();
    }

    private String embed() {
        int patch = config.patch();
        StringBuilder out = new StringBuilder();
        line(out, 0, "def embed(self, pixel_values: Tensor):");
        line(out, 1, "height = pixel_values.size(2)");
        line(out, 1, "width = pixel_values.size(3)");
        if (fixedSide == 0) {
            line(
                    out,
                    1,
                    "assert height %% %d == 0 and width %% %d == 0, \"both sides must be multiples of %d pixels\"",
                    patch,
                    patch,
                    patch);
        } else {
            line(
                    out,
                    1,
                    "assert height == %d and width == %d, \"images must have %d x %d pixels\"",
                    fixedSide,
                    fixedSide,
                    fixedSide,
                    fixedSide);
        }
        line(
                out,
                1,
                "patches = torch.conv2d(pixel_values, self.patch_embed.proj.weight, self.patch_embed.proj.bias,"
                        + " [%d, %d])",
                patch,
                patch);
        line(out, 1, "patches = patches.flatten(2).transpose(1, 2)");
        line(out, 1, "position = self.positions(height // %d, width // %d)", patch, patch);
        line(out, 1, "first = (self.cls_token + position[:, :1]).expand(patches.size(0), -1, -1)");
        line(out, 1, "patches = patches + position[:, 1:]");
        line(
                out,
                1,
                config.registers() == 0
                        ? "return torch.cat([first, patches], 1)"
                        : "return torch.cat([first, self.register_tokens.expand(patches.size(0), -1, -1), patches],"
                                + " 1)");
        return out.append('\n').toString();
    }

    private String attentionHalf() {
        StringBuilder out = new StringBuilder();
        int heads = config.heads();
        int headWidth = config.headWidth();
        line(out, 0, "def heads(self, x: Tensor, weight: Tensor, bias: Optional[Tensor]):");
        line(out, 1, "joint = torch.linear(x, weight, bias)");
        line(out, 1, "joint = joint.reshape(x.size(0), x.size(1), 3, %d, %d).permute(2, 0, 3, 1, 4)", heads, headWidth);
        line(out, 1, "return joint[0], joint[1], joint[2]");
        out.append('\n');
        line(out, 0, "def attend(self, q: Tensor, k: Tensor, v: Tensor):");
        line(out, 1, "return torch.scaled_dot_product_attention(q, k, v).transpose(1, 2).flatten(2)");
        out.append('\n');
        line(out, 0, "def probabilities(self, q: Tensor, k: Tensor):");
        line(out, 1, "return torch.softmax(torch.matmul(q * %s, k.transpose(-2, -1)), -1)", 1 / Math.sqrt(headWidth));
        out.append('\n');
        line(out, 0, "def norm_of(self, x: Tensor, weight: Tensor, bias: Tensor):");
        line(out, 1, "return torch.layer_norm(x, [%d], weight, bias, 1e-06)", config.width());
        return out.append('\n').toString();
    }

    private String feedForward() {
        StringBuilder out = new StringBuilder();
        line(out, 0, "def feed_forward(self, x: Tensor, w1: Tensor, b1: Tensor, w2: Tensor, b2: Tensor):");
        line(out, 1, "inner = torch.linear(x, w1, b1)");
        if (config.ffn() == Ffn.MLP) {
            line(out, 1, "return torch.linear(torch.gelu(inner), w2, b2)");
        } else {
            line(out, 1, "halves = inner.chunk(2, -1)");
            line(out, 1, "return torch.linear(torch.silu(halves[0]) * halves[1], w2, b2)");
        }
        return out.append('\n').toString();
    }

    private String forward() {
        StringBuilder out = new StringBuilder();
        String first = config.ffn() == Ffn.MLP ? "fc1" : "w12";
        String second = config.ffn() == Ffn.MLP ? "fc2" : "w3";
        line(out, 0, "def forward(self, pixel_values: Tensor):");
        line(out, 1, "x = self.embed(pixel_values)");
        for (int i = 0; i < config.depth(); i++) {
            line(out, 1, "block = getattr(self.blocks, \"%d\")", i);
            line(out, 1, "h = self.norm_of(x, block.norm1.weight, block.norm1.bias)");
            line(
                    out,
                    1,
                    "q, k, v = self.heads(h, block.attn.qkv.weight, %s)",
                    config.qkvBias() ? "block.attn.qkv.bias" : "None");
            line(out, 1, "h = torch.linear(self.attend(q, k, v), block.attn.proj.weight, block.attn.proj.bias)");
            line(out, 1, "x = x + h * block.ls1.gamma");
            line(out, 1, "h = self.norm_of(x, block.norm2.weight, block.norm2.bias)");
            line(
                    out,
                    1,
                    "h = self.feed_forward(h, block.mlp.%s.weight, block.mlp.%s.bias, block.mlp.%s.weight,"
                            + " block.mlp.%s.bias)",
                    first,
                    first,
                    second,
                    second);
            line(out, 1, "x = x + h * block.ls2.gamma");
        }
        line(out, 1, "x = self.norm_of(x, self.norm.weight, self.norm.bias)");
        String tokens = "x[:, 0], x[:, " + (1 + config.registers()) + ":]";
        line(out, 1, "return %s", attention ? tokens + ", self.probabilities(q, k)" : tokens);
        return out.toString();
    }

    private static void line(StringBuilder out, int depth, String format, Object... values) {
        out.append("    ".repeat(depth))
                .append(values.length == 0 ? format : String.format(Locale.ROOT, format, values))
                .append('\n');
    }
}
