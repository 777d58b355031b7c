package org.dinobench.ui.common.grid;

import org.eclipse.swt.graphics.Rectangle;

/**
 * Where the cells of a grid lie: pure arithmetic, without a widget.
 *
 * <p>The grid fills its width with as many columns as fit, and spreads what is left evenly between them. All lengths
 * are SWT points; y counts from the top of the whole content, not of what is visible.
 *
 * @param count number of cells, at least 0
 * @param cell edge of the square for the picture, at least 1
 * @param caption height of the caption under it, 0 for none; negative for cells that are lower than wide
 * @param gap space between cells and around them, at least 0
 * @param width width of the grid, at least 0
 */
public record GridGeometry(int count, int cell, int caption, int gap, int width) {
    /** Rejects lengths that would give no columns or negative rows. */
    public GridGeometry {
        if (count < 0 || cell < 1 || cell + caption < 1 || gap < 0) {
            throw new IllegalArgumentException("count=" + count + " cell=" + cell + " caption=" + caption //$NON-NLS-1$
                    + " gap=" + gap); //$NON-NLS-1$
        }
    }

    /** {@return number of columns, at least 1} */
    public int columns() {
        return Math.max(1, (width - gap) / (cell + gap));
    }

    /** {@return number of rows, 0 without cells} */
    public int rows() {
        return (count + columns() - 1) / columns();
    }

    /** {@return height of one row with the gap above it} */
    public int rowHeight() {
        return gap + cell + caption;
    }

    /** {@return height of the whole content} */
    public int height() {
        return rows() == 0 ? 0 : rows() * rowHeight() + gap;
    }

    /**
     * The place of a cell: picture and caption, without the gap.
     *
     * @param index 0 to count - 1
     * @return the rectangle in content coordinates
     */
    public Rectangle cellAt(int index) {
        int columns = columns();
        int stride = Math.max(cell, (width - gap) / columns);
        int x = gap / 2 + (index % columns) * stride + (stride - cell) / 2;
        int y = gap + (index / columns) * rowHeight();
        return new Rectangle(x, y, cell, cell + caption);
    }

    /**
     * The cell under a point.
     *
     * @param x from the left
     * @param y from the top of the content
     * @return the index, or -1 between cells and outside
     */
    public int indexAt(int x, int y) {
        if (x < 0 || y < 0 || x >= width || count == 0) {
            return -1;
        }
        int columns = columns();
        int stride = Math.max(cell, (width - gap) / columns);
        int column = Math.min(columns - 1, Math.max(0, (x - gap / 2) / stride));
        long index = (long) (y / rowHeight()) * columns + column;
        return index < count && cellAt((int) index).contains(x, y) ? (int) index : -1;
    }

    /**
     * The first cell of the row at a height.
     *
     * @param y from the top of the content
     * @return index, at most {@code count}
     */
    public int firstAt(int y) {
        return (int) Math.min(count, (long) Math.max(0, y / rowHeight()) * columns());
    }

    /**
     * One past the last cell that begins above a height.
     *
     * @param y from the top of the content
     * @return index, at most {@code count}
     */
    public int endAt(int y) {
        return y < 0 ? 0 : (int) Math.min(count, (long) (y / rowHeight() + 1) * columns());
    }
}
