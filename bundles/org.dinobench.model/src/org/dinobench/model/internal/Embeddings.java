package org.dinobench.model.internal;

import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.InterpolateFuncOptions;
import org.bytedeco.pytorch.LongVector;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.bytedeco.pytorch.kBicubic;
import org.dinobench.model.CropBatch;
import org.dinobench.model.VitConfig;
import org.dinobench.torch.FlatParameters;
import org.dinobench.torch.MatrixProducts;

/** From pixels to tokens: patches, mask token, class token, positions, registers. */
public final class Embeddings {
    private final VitConfig config;
    private final Tensor classToken;
    private final Tensor positions;
    private final Tensor registers;
    private final Tensor maskToken;
    private final Tensor patchWeight;
    private final Tensor patchBias;

    /** Takes the parameters of the unit {@code embeddings}. */
    public Embeddings(FlatParameters.Module module, VitConfig config) {
        this.config = config;
        this.classToken = module.get("cls_token");
        this.positions = module.get("pos_embed");
        this.registers = config.registers() == 0 ? null : module.get("register_tokens");
        this.maskToken = module.get("mask_token");
        this.patchWeight = module.get("patch_embed.proj.weight");
        this.patchBias = module.get("patch_embed.proj.bias");
    }

    /** Tokens {@code [B, 1 + R + N, D]}: class token, registers, patches. */
    Tensor apply(CropBatch crops) {
        Tensor images = crops.images();
        long batch = images.size(0);
        long rows = images.size(2) / config.patch();
        long columns = images.size(3) / config.patch();
        Tensor patches = patches(images, rows, columns);
        if (crops.masks() != null) {
            patches = torch.where(
                    crops.masks().to(ScalarType.Bool).unsqueeze(-1), maskToken.view(1, 1, config.width()), patches);
        }
        Tensor position = positions(rows, columns);
        TensorVector tokens = new TensorVector();
        tokens.push_back(classToken.add(position.narrow(1, 0, 1)).expand(batch, 1, config.width()));
        if (registers != null) {
            tokens.push_back(registers.expand(batch, config.registers(), config.width()));
        }
        tokens.push_back(patches.add(position.narrow(1, 1, rows * columns)));
        return torch.cat(tokens, 1);
    }

    /** The convolution whose stride is its size, as one matrix product: {@code [B, N, D]}. */
    private Tensor patches(Tensor images, long rows, long columns) {
        int side = config.patch();
        Tensor flat = images.view(images.size(0), config.channels(), rows, side, columns, side)
                .permute(0, 2, 4, 1, 3, 5)
                .reshape(images.size(0), rows * columns, (long) config.channels() * side * side);
        return MatrixProducts.linear(flat, patchWeight.view(config.width(), -1), patchBias);
    }

    /**
     * Position embeddings for a grid, {@code [1, 1 + rows * columns, D]}: the stored ones, or those interpolated
     * bicubically when the grid is another. What the official code calls width is the height: rows come first in
     * both.
     */
    public Tensor positions(long rows, long columns) {
        int grid = config.grid();
        if (rows == grid && columns == grid) {
            return positions;
        }
        Tensor stored = positions
                .narrow(1, 1, (long) grid * grid)
                .view(1, grid, grid, config.width())
                .permute(0, 3, 1, 2);
        Tensor resized = config.interpolateAntialias()
                ? antialiased(stored, rows, columns)
                : torch.upsample_bicubic2d(stored, new long[] {rows, columns}, false, scale(rows), scale(columns));
        TensorVector both = new TensorVector();
        both.push_back(positions.narrow(1, 0, 1));
        both.push_back(resized.permute(0, 2, 3, 1).reshape(1, rows * columns, config.width()));
        return torch.cat(both, 1);
    }

    private DoubleOptional scale(long target) {
        double offset = config.interpolateOffset();
        return offset == 0 ? new DoubleOptional() : new DoubleOptional((target + offset) / config.grid());
    }

    private Tensor antialiased(Tensor stored, long rows, long columns) {
        InterpolateFuncOptions options = new InterpolateFuncOptions();
        options.mode().put(new kBicubic());
        options.antialias().put(true);
        options.align_corners().put(false);
        options.size().put(new LongVector(rows, columns));
        return torch.interpolate(stored, options);
    }
}
