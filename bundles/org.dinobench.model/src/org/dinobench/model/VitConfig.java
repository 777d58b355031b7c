package org.dinobench.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.dinobench.core.problem.BadInputException;

/**
 * The shape of a vision transformer (DINOv2 model code; names of the official configuration).
 *
 * @param name free text, for presets the architecture's name
 * @param width tokens' width
 * @param depth number of blocks
 * @param heads attention heads; divides {@code width}
 * @param mlpRatio hidden width of the feed-forward half over {@code width} (before SwiGLU's two thirds)
 * @param patch side of a patch in pixels
 * @param imageSize side in pixels of the square image that the position embedding is stored for; a multiple of
 *     {@code patch}
 * @param registers register tokens (0 for the first released models, 4 for the later ones)
 * @param ffn the feed-forward half
 * @param layerScale start of LayerScale's factors
 * @param qkvBias whether the attention's input projection has a bias
 * @param interpolateOffset added to the target grid before the scale is computed (0.1 in the first released models);
 *     0 uses the target size
 * @param interpolateAntialias whether position embeddings are shrunk with antialiasing
 * @param dropPath stochastic depth rate of the last block
 * @param dropPathUniform whether all blocks have the rate of the last (otherwise it grows linearly from 0)
 * @param channels input channels
 */
public record VitConfig(
        String name,
        int width,
        int depth,
        int heads,
        double mlpRatio,
        int patch,
        int imageSize,
        int registers,
        Ffn ffn,
        double layerScale,
        boolean qkvBias,
        double interpolateOffset,
        boolean interpolateAntialias,
        double dropPath,
        boolean dropPathUniform,
        int channels) {
    /** Names of the presets, smallest first. */
    public static final List<String> PRESETS =
            List.of("vit_micro", "vit_mini", "vit_tiny", "vit_small", "vit_base", "vit_large", "vit_giant2");

    /** Checks the parts. */
    public VitConfig {
        require(!name.isBlank(), "name", name);
        require(width >= 1 && width <= 16384, "width", width);
        require(depth >= 1 && depth <= 1024, "depth", depth);
        require(heads >= 1 && width % heads == 0, "heads (must divide the width)", heads);
        require(mlpRatio > 0 && mlpRatio <= 64, "mlp_ratio", mlpRatio);
        require(patch >= 1 && patch <= 1024, "patch_size", patch);
        require(
                imageSize >= patch && imageSize <= 65536 && imageSize % patch == 0,
                "img_size (a multiple of the patch size)",
                imageSize);
        require(registers >= 0 && registers <= 1024, "num_register_tokens", registers);
        require(layerScale > 0, "layerscale", layerScale);
        require(interpolateOffset >= 0 && interpolateOffset < 1, "interpolate_offset", interpolateOffset);
        require(dropPath >= 0 && dropPath < 1, "drop_path_rate", dropPath);
        require(channels >= 1 && channels <= 1024, "in_chans", channels);
    }

    private static void require(boolean holds, String key, Object value) {
        if (!holds) {
            throw new BadInputException("model " + key, "the value " + value + " is not possible", "");
        }
    }

    /**
     * A preset with MLP (giant2: SwiGLU), no registers, LayerScale 1e-5 and no stochastic depth.
     *
     * @param where key or option for error messages
     * @param arch one of {@link #PRESETS}
     * @throws BadInputException when there is no such preset
     */
    public static VitConfig preset(String where, String arch, int patch, int imageSize) {
        int[] shape =
                switch (arch.toLowerCase(Locale.ROOT)) {
                    case "vit_micro" -> new int[] {128, 6, 2};
                    case "vit_mini" -> new int[] {192, 6, 3};
                    case "vit_tiny" -> new int[] {192, 12, 3};
                    case "vit_small" -> new int[] {384, 12, 6};
                    case "vit_base" -> new int[] {768, 12, 12};
                    case "vit_large" -> new int[] {1024, 24, 16};
                    case "vit_giant2" -> new int[] {1536, 40, 24};
                    default ->
                        throw new BadInputException(
                                where,
                                "unknown architecture '" + arch + "'",
                                "use one of " + String.join(", ", PRESETS));
                };
        return new VitConfig(
                arch.toLowerCase(Locale.ROOT),
                shape[0],
                shape[1],
                shape[2],
                4,
                patch,
                imageSize,
                0,
                shape[0] == 1536 ? Ffn.SWIGLU : Ffn.MLP,
                1e-5,
                true,
                0.1,
                false,
                0,
                true,
                3);
    }

    /** Width of one head. */
    public int headWidth() {
        return width / heads;
    }

    /** Width between the layers of the feed-forward half. */
    public int hidden() {
        return ffn.hidden(width, mlpRatio);
    }

    /** Side of the stored position grid in patches. */
    public int grid() {
        return imageSize / patch;
    }

    /** Stochastic depth rate of a block, from 0. */
    public double dropRate(int block) {
        return dropPathUniform || depth == 1 ? dropPath : dropPath * block / (depth - 1);
    }

    /** Remarks on shapes that run slower than they need to; empty when there are none. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (headWidth() % 64 != 0) {
            warnings.add("The width of a head (" + headWidth()
                    + ") is not a multiple of 64: attention kernels are fastest at multiples of 64 (DINOv2,"
                    + " section 5).");
        }
        if (width % 256 != 0) {
            warnings.add("The width (" + width
                    + ") is not a multiple of 256: matrix products are fastest at multiples of 256 (DINOv2,"
                    + " section 5).");
        }
        return warnings;
    }

    /** This shape with other register tokens. */
    public VitConfig withRegisters(int count) {
        return new VitConfig(
                name,
                width,
                depth,
                heads,
                mlpRatio,
                patch,
                imageSize,
                count,
                ffn,
                layerScale,
                qkvBias,
                interpolateOffset,
                interpolateAntialias,
                dropPath,
                dropPathUniform,
                channels);
    }

    /** This shape with another feed-forward half. */
    public VitConfig withFfn(Ffn kind) {
        return new VitConfig(
                name,
                width,
                depth,
                heads,
                mlpRatio,
                patch,
                imageSize,
                registers,
                kind,
                layerScale,
                qkvBias,
                interpolateOffset,
                interpolateAntialias,
                dropPath,
                dropPathUniform,
                channels);
    }

    /** This shape with another start of LayerScale. */
    public VitConfig withLayerScale(double start) {
        return new VitConfig(
                name,
                width,
                depth,
                heads,
                mlpRatio,
                patch,
                imageSize,
                registers,
                ffn,
                start,
                qkvBias,
                interpolateOffset,
                interpolateAntialias,
                dropPath,
                dropPathUniform,
                channels);
    }

    /** This shape with another stochastic depth. */
    public VitConfig withDropPath(double rate, boolean uniform) {
        return new VitConfig(
                name,
                width,
                depth,
                heads,
                mlpRatio,
                patch,
                imageSize,
                registers,
                ffn,
                layerScale,
                qkvBias,
                interpolateOffset,
                interpolateAntialias,
                rate,
                uniform,
                channels);
    }

    /** This shape with another way of interpolating position embeddings. */
    public VitConfig withInterpolation(double offset, boolean antialias) {
        return new VitConfig(
                name,
                width,
                depth,
                heads,
                mlpRatio,
                patch,
                imageSize,
                registers,
                ffn,
                layerScale,
                qkvBias,
                offset,
                antialias,
                dropPath,
                dropPathUniform,
                channels);
    }

    /** This shape with another image size of the stored position embedding, in pixels. */
    public VitConfig withImageSize(int size) {
        return new VitConfig(
                name,
                width,
                depth,
                heads,
                mlpRatio,
                patch,
                size,
                registers,
                ffn,
                layerScale,
                qkvBias,
                interpolateOffset,
                interpolateAntialias,
                dropPath,
                dropPathUniform,
                channels);
    }
}
