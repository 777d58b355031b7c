package org.dinobench.ui.common.grid;

/**
 * What a {@link ThumbnailGrid} shows. Asked on the UI thread for the visible cells only, so each answer must come from
 * memory.
 */
public interface GridModel {
    /** {@return number of cells} */
    int size();

    /**
     * The object that becomes the workbench selection.
     *
     * @param index 0 to size - 1
     * @return the element
     */
    Object element(int index);

    /**
     * The key by which the {@link ThumbnailLoader} finds the picture.
     *
     * @param index 0 to size - 1
     * @return a key with value equality
     */
    Object pictureKey(int index);

    /**
     * The line under the picture.
     *
     * @param index 0 to size - 1
     * @return the text, may be empty
     */
    String caption(int index);

    /**
     * The look of the cell.
     *
     * @param index 0 to size - 1
     * @return its marks
     */
    default CellMark mark(int index) {
        return CellMark.NONE;
    }

    /**
     * More about the element, for the preview under the mouse.
     *
     * @param index 0 to size - 1
     * @return lines of text
     */
    default String details(int index) {
        return caption(index);
    }

    /** A model without cells. */
    GridModel EMPTY = new GridModel() {
        @Override
        public int size() {
            return 0;
        }

        @Override
        public Object element(int index) {
            throw new IndexOutOfBoundsException(index);
        }

        @Override
        public Object pictureKey(int index) {
            throw new IndexOutOfBoundsException(index);
        }

        @Override
        public String caption(int index) {
            throw new IndexOutOfBoundsException(index);
        }
    };
}
