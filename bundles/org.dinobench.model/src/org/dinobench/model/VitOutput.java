package org.dinobench.model;

import org.bytedeco.pytorch.Tensor;

/**
 * What the network says about one {@link CropBatch}. Tensors are views of the network's last activations and belong to
 * the scope in which they were computed.
 *
 * @param classToken normalised, {@code [B, D]}
 * @param registerTokens normalised, {@code [B, R, D]}; null without registers or when only the class token was wanted
 * @param patchTokens normalised, {@code [B, N, D]} in row-major order; null when only the class token was wanted
 * @param prenorm all tokens before the final norm, {@code [B, 1 + R + N, D]}; null when only the class token was wanted
 * @param gridHeight rows of patches
 * @param gridWidth columns of patches
 */
public record VitOutput(
        Tensor classToken, Tensor registerTokens, Tensor patchTokens, Tensor prenorm, int gridHeight, int gridWidth) {}
