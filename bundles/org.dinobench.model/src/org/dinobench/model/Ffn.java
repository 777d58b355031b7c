package org.dinobench.model;

/** The feed-forward half of a block. */
public enum Ffn {
    /** Two layers with GELU (erf form). */
    MLP,
    /** SwiGLU: {@code w3(silu(a) * b)} with {@code (a, b) = w12(x)}; two thirds of the width, rounded up to 8. */
    SWIGLU;

    /**
     * Width between the layers for a token width and ratio. Official {@code swiglufused} takes two thirds and rounds
     * up to a multiple of 8.
     */
    public int hidden(int width, double ratio) {
        int hidden = (int) (width * ratio);
        return this == MLP ? hidden : (int) (hidden * 2L / 3 + 7) / 8 * 8;
    }
}
