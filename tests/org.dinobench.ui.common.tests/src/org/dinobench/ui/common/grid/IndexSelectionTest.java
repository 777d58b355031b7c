package org.dinobench.ui.common.grid;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

class IndexSelectionTest {
    private final IndexSelection selection = new IndexSelection();

    @Test
    void extendingKeepsTheAnchorInBothDirections() {
        selection.only(5);
        selection.extendTo(8);
        assertArrayEquals(new int[] {5, 6, 7, 8}, selection.indices());
        selection.extendTo(3);
        assertArrayEquals(new int[] {3, 4, 5}, selection.indices());
        assertEquals(3, selection.focus());
    }

    @Test
    void togglingAddsAndRemovesOneCell() {
        selection.only(1);
        selection.toggle(4);
        assertArrayEquals(new int[] {1, 4}, selection.indices());
        selection.toggle(1);
        assertArrayEquals(new int[] {4}, selection.indices());
        assertFalse(selection.contains(1));
    }

    @Test
    void extendingWithoutAnAnchorSelectsOneCell() {
        selection.extendTo(7);
        assertArrayEquals(new int[] {7}, selection.indices());
    }
}
