package org.dinobench.ui.evaluation.look;

/**
 * The token whose attention is shown: the class token, or that of a patch.
 *
 * @param row of the patch from the top, -1 for the class token
 * @param column of the patch from the left, -1 for the class token
 */
public record Query(int row, int column) {
    /** The class token. */
    public static final Query CLASS = new Query(-1, -1);

    /** {@return whether it is the class token} */
    public boolean isClass() {
        return row < 0;
    }
}
