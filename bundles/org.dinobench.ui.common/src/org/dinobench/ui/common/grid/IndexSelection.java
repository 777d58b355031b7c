package org.dinobench.ui.common.grid;

import java.util.BitSet;

/** The selected cells of a grid, its focus cell and the anchor of a range; pure state, without a widget. */
public final class IndexSelection {
    private final BitSet selected = new BitSet();
    private int focus = -1;
    private int anchor = -1;

    /** {@return the selected indices; a copy} */
    public int[] indices() {
        return selected.stream().toArray();
    }

    /** {@return number of selected cells} */
    public int count() {
        return selected.cardinality();
    }

    /** {@return the cell that the keyboard moves from, or -1} */
    public int focus() {
        return focus;
    }

    /**
     * Whether a cell is selected.
     *
     * @param index the cell
     * @return true when it is
     */
    public boolean contains(int index) {
        return index >= 0 && selected.get(index);
    }

    /**
     * Selects one cell alone.
     *
     * @param index the cell
     */
    public void only(int index) {
        selected.clear();
        selected.set(index);
        focus = index;
        anchor = index;
    }

    /**
     * Adds or removes one cell.
     *
     * @param index the cell
     */
    public void toggle(int index) {
        selected.flip(index);
        focus = index;
        anchor = index;
    }

    /**
     * Selects everything between the anchor and a cell, and nothing else.
     *
     * @param index the cell
     */
    public void extendTo(int index) {
        int from = anchor < 0 ? index : anchor;
        selected.clear();
        selected.set(Math.min(from, index), Math.max(from, index) + 1);
        focus = index;
        anchor = from;
    }

    /**
     * Selects all cells.
     *
     * @param count number of cells
     */
    public void all(int count) {
        selected.set(0, count);
        focus = count == 0 ? -1 : Math.max(0, focus);
    }

    /** Selects nothing. */
    public void clear() {
        selected.clear();
        focus = -1;
        anchor = -1;
    }
}
