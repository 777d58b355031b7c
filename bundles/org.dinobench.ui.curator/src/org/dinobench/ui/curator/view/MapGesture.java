package org.dinobench.ui.curator.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.dinobench.ui.common.theme.Palette;
import org.eclipse.swt.graphics.GC;

/** A box or a lasso that is being drawn with the mouse. */
final class MapGesture {
    /** A hand that clicks moves the mouse by less than this, pixels. */
    private static final int STILL = 4;

    private final List<int[]> path = new ArrayList<>();
    private boolean lasso;

    /** Whether it follows the mouse freely; otherwise it is a box. */
    void setLasso(boolean free) {
        lasso = free;
    }

    void begin(int x, int y) {
        path.clear();
        path.add(new int[] {x, y});
    }

    void to(int x, int y) {
        path.add(new int[] {x, y});
    }

    void end() {
        path.clear();
    }

    boolean isActive() {
        return !path.isEmpty();
    }

    /** {@return whether the mouse has hardly moved} */
    boolean isClick() {
        int[] from = path.get(0);
        return path.stream().allMatch(p -> Math.abs(p[0] - from[0]) < STILL && Math.abs(p[1] - from[1]) < STILL);
    }

    /** {@return the points inside} */
    BitSet enclosed(MapFrame frame) {
        BitSet found = new BitSet();
        for (int i = 0; i < frame.points().size(); i++) {
            int x = frame.x(i);
            int y = frame.y(i);
            found.set(i, lasso ? inLasso(x, y) : inBox(x, y));
        }
        return found;
    }

    private boolean inBox(int x, int y) {
        int[] from = path.get(0);
        int[] to = path.get(path.size() - 1);
        return x >= Math.min(from[0], to[0])
                && x <= Math.max(from[0], to[0])
                && y >= Math.min(from[1], to[1])
                && y <= Math.max(from[1], to[1]);
    }

    /** By the even-odd rule. */
    private boolean inLasso(int x, int y) {
        boolean in = false;
        for (int i = 0, j = path.size() - 1; i < path.size(); j = i++) {
            int[] a = path.get(i);
            int[] b = path.get(j);
            if (a[1] > y != b[1] > y && x < (double) (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0]) {
                in = !in;
            }
        }
        return in;
    }

    void paint(GC gc, Palette palette) {
        if (path.size() < 2) {
            return;
        }
        int[] polygon = lasso ? path.stream().flatMapToInt(Arrays::stream).toArray() : box();
        gc.setBackground(palette.accent());
        gc.setForeground(palette.accent());
        gc.setAlpha(40);
        gc.fillPolygon(polygon);
        gc.setAlpha(255);
        gc.drawPolygon(polygon);
    }

    private int[] box() {
        int[] a = path.get(0);
        int[] b = path.get(path.size() - 1);
        return new int[] {a[0], a[1], b[0], a[1], b[0], b[1], a[0], b[1]};
    }
}
