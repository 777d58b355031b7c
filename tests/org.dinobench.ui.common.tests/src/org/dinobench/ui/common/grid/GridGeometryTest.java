package org.dinobench.ui.common.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eclipse.swt.graphics.Rectangle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GridGeometryTest {
    @ParameterizedTest
    @CsvSource({"1,100", "7,333", "1000,640", "100000,1280", "5,30"})
    void everyCellIsFoundAtItsOwnMiddleAndNoTwoOverlap(int count, int width) {
        GridGeometry g = new GridGeometry(count, 64, 18, 10, width);
        for (int i = 0; i < count; i += Math.max(1, count / 97)) {
            Rectangle r = g.cellAt(i);
            if (r.x + r.width / 2 < width) {
                assertEquals(i, g.indexAt(r.x + r.width / 2, r.y + r.height / 2));
            }
            if (i + 1 < count) {
                assertFalse(r.intersects(g.cellAt(i + 1)), "cells " + i + " and " + (i + 1) + " overlap");
            }
        }
    }

    @Test
    void theVisibleRangeHoldsExactlyTheCellsThatIntersectTheWindow() {
        GridGeometry g = new GridGeometry(1000, 64, 18, 10, 700);
        int top = 5 * g.rowHeight() + 7;
        int height = 300;
        int first = g.firstAt(top);
        int end = g.endAt(top + height);
        for (int i = 0; i < 1000; i++) {
            Rectangle r = g.cellAt(i);
            boolean visible = r.y + r.height > top && r.y < top + height;
            if (visible) {
                assertTrue(i >= first && i < end, "cell " + i + " is in sight and not in the range");
            }
        }
        assertTrue(end - first <= g.columns() * (height / g.rowHeight() + 2), "more rows than the window can show");
    }

    @Test
    void allColumnsLieInsideTheWidth() {
        for (int width = 80; width < 1500; width += 13) {
            GridGeometry g = new GridGeometry(50, 64, 0, 10, width);
            Rectangle last = g.cellAt(Math.min(49, g.columns() - 1));
            assertTrue(last.x + last.width <= width, "width " + width + ": " + last);
        }
    }

    @Test
    void anEmptyGridHasNoHeightAndNoCells() {
        GridGeometry g = new GridGeometry(0, 64, 18, 10, 700);
        assertEquals(0, g.height());
        assertEquals(-1, g.indexAt(10, 10));
        assertEquals(0, g.endAt(500));
    }
}
