package org.dinobench.ui.common.grid;

/**
 * How a cell stands out.
 *
 * @param category index of a colour of the palette for a bar under the picture, -1 for none
 * @param dimmed true for pictures that are dropped
 * @param badge a short text in the corner, empty for none
 */
public record CellMark(int category, boolean dimmed, String badge) {
    /** A plain cell. */
    public static final CellMark NONE = new CellMark(-1, false, ""); // $NON-NLS-1$
}
