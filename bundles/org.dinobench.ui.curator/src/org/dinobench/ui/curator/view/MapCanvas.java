package org.dinobench.ui.curator.view;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import org.dinobench.ui.common.grid.Ellipsis;
import org.dinobench.ui.common.parts.AccessibleName;
import org.dinobench.ui.common.theme.Fonts;
import org.dinobench.ui.common.theme.Palette;
import org.dinobench.ui.curator.Messages;
import org.dinobench.ui.curator.model.ImageElement;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.PaletteData;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;

/**
 * Points of a plane. Dragging selects by a box or a lasso, the wheel zooms around the mouse, dragging with the middle or
 * right button or with Ctrl pans, a double click shows everything, Escape clears the selection.
 *
 * <p>Points are written as pixels into one picture, 100,000 of them in a few milliseconds; selecting draws over it.
 */
final class MapCanvas extends Canvas {
    private static final int PAD = 16;
    private static final int REACH = 7;
    private static final int PICTURE = 144;

    private final Fonts fonts = new Fonts(this);
    private final PictureStrip pictures;
    private final Consumer<BitSet> onSelect;
    private final List<int[]> path = new ArrayList<>();
    private MapPoints points;
    private Colouring.Colours colours;
    private BitSet selected = new BitSet();
    private boolean lasso;
    private double zoom = 1;
    private double left;
    private double top;
    private Image buffer;
    private int hover = -1;
    private int panX = -1;
    private int panY;

    MapCanvas(Composite parent, Consumer<BitSet> onSelect) {
        super(parent, SWT.DOUBLE_BUFFERED | SWT.NO_BACKGROUND);
        this.onSelect = onSelect;
        this.pictures = new PictureStrip(this, PICTURE);
        AccessibleName.set(
                this,
                () -> NLS.bind(Messages.Map_Accessible, points == null ? 0 : points.size(), selected.cardinality()));
        addListener(SWT.Paint, e -> paint(e.gc));
        addListener(SWT.Resize, e -> invalidate());
        addListener(SWT.Dispose, e -> drop());
        addListener(SWT.MouseDown, this::down);
        addListener(SWT.MouseMove, this::move);
        addListener(SWT.MouseUp, this::up);
        addListener(SWT.MouseExit, e -> hover(-1));
        addListener(SWT.MouseDoubleClick, e -> showAll());
        addListener(SWT.MouseVerticalWheel, this::wheel);
        addListener(SWT.KeyDown, this::key);
        addListener(
                SWT.Traverse, e -> e.doit = e.detail == SWT.TRAVERSE_TAB_NEXT || e.detail == SWT.TRAVERSE_TAB_PREVIOUS);
    }

    void setLasso(boolean free) {
        lasso = free;
    }

    void show(MapPoints newPoints, Colouring.Colours newColours) {
        boolean other = points == null || points.size() != newPoints.size();
        points = newPoints;
        colours = newColours;
        hover = -1;
        if (other) {
            selected = new BitSet();
            zoom = 1;
            left = 0;
            top = 0;
        }
        invalidate();
    }

    void mark(BitSet marked) {
        if (!marked.equals(selected)) {
            selected = (BitSet) marked.clone();
            invalidate();
        }
    }

    BitSet selected() {
        return (BitSet) selected.clone();
    }

    void showAll() {
        zoom = 1;
        left = 0;
        top = 0;
        invalidate();
    }

    /** Where a point is drawn, from the canvas' corner. */
    int screenX(int point) {
        return frame().x(point);
    }

    int screenY(int point) {
        return frame().y(point);
    }

    /** How points are drawn now; asking the window for its size once for each of 100,000 points would be slow. */
    private final class Frame {
        private final double scale = scale();
        private final double originX = getClientArea().width / 2.0 + left - scale / 2;
        private final double originY = getClientArea().height / 2.0 + top - scale / 2;

        int x(int point) {
            return (int) Math.round(originX + points.x()[point] * scale);
        }

        int y(int point) {
            return (int) Math.round(originY + points.y()[point] * scale);
        }
    }

    private Frame frame() {
        return new Frame();
    }

    /** Moves what is seen, in pixels. */
    void pan(int dx, int dy) {
        left += dx;
        top += dy;
        invalidate();
    }

    private double scale() {
        Rectangle area = getClientArea();
        return Math.max(1, Math.min(area.width, area.height) - 2 * PAD) * zoom;
    }

    private void wheel(Event e) {
        double factor = e.count > 0 ? 1.25 : 0.8;
        double next = Math.max(0.5, Math.min(400, zoom * factor));
        factor = next / zoom;
        double middleX = getClientArea().width / 2.0;
        double middleY = getClientArea().height / 2.0;
        left = (left - (e.x - middleX)) * factor + (e.x - middleX);
        top = (top - (e.y - middleY)) * factor + (e.y - middleY);
        zoom = next;
        invalidate();
        e.doit = false;
    }

    private void key(Event e) {
        int step = 60;
        switch (e.keyCode) {
            case SWT.ARROW_LEFT -> pan(step, 0);
            case SWT.ARROW_RIGHT -> pan(-step, 0);
            case SWT.ARROW_UP -> pan(0, step);
            case SWT.ARROW_DOWN -> pan(0, -step);
            case SWT.HOME -> showAll();
            case SWT.ESC -> select(new BitSet());
            default -> zoomKey(e);
        }
    }

    private void zoomKey(Event e) {
        if (e.character == '+' || e.character == '-') {
            e.x = getClientArea().width / 2;
            e.y = getClientArea().height / 2;
            e.count = e.character == '+' ? 1 : -1;
            wheel(e);
        }
    }

    private void down(Event e) {
        setFocus();
        if (points == null) {
            return;
        }
        if (e.button == 1 && (e.stateMask & SWT.MOD1) == 0) {
            path.clear();
            path.add(new int[] {e.x, e.y});
        } else {
            panX = e.x;
            panY = e.y;
        }
    }

    private void move(Event e) {
        if (panX >= 0) {
            pan(e.x - panX, e.y - panY);
            panX = e.x;
            panY = e.y;
        } else if (!path.isEmpty()) {
            path.add(new int[] {e.x, e.y});
            redraw();
        } else {
            hover(nearest(e.x, e.y));
        }
    }

    private void up(Event e) {
        panX = -1;
        if (path.isEmpty()) {
            return;
        }
        path.add(new int[] {e.x, e.y});
        int[] from = path.get(0);
        BitSet chosen = new BitSet();
        if (path.stream().allMatch(p -> Math.abs(p[0] - from[0]) < 4 && Math.abs(p[1] - from[1]) < 4)) {
            int one = nearest(e.x, e.y);
            if (one >= 0) {
                chosen.set(one);
            }
        } else {
            chosen = inside();
        }
        path.clear();
        if ((e.stateMask & SWT.SHIFT) != 0) {
            chosen.or(selected);
        }
        select(chosen);
    }

    private void select(BitSet chosen) {
        selected = chosen;
        invalidate();
        onSelect.accept((BitSet) chosen.clone());
    }

    private BitSet inside() {
        BitSet found = new BitSet();
        int[] from = path.get(0);
        int[] to = path.get(path.size() - 1);
        Frame frame = frame();
        for (int i = 0; i < points.size(); i++) {
            int x = frame.x(i);
            int y = frame.y(i);
            boolean in = lasso
                    ? enclosed(x, y)
                    : x >= Math.min(from[0], to[0])
                            && x <= Math.max(from[0], to[0])
                            && y >= Math.min(from[1], to[1])
                            && y <= Math.max(from[1], to[1]);
            found.set(i, in);
        }
        return found;
    }

    /** By the even-odd rule. */
    private boolean enclosed(int x, int y) {
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

    private int nearest(int x, int y) {
        int best = -1;
        long reach = REACH * REACH + 1L;
        Frame frame = points == null ? null : frame();
        for (int i = 0; frame != null && i < points.size(); i++) {
            long dx = frame.x(i) - x;
            long dy = frame.y(i) - y;
            if (dx * dx + dy * dy < reach) {
                reach = dx * dx + dy * dy;
                best = i;
            }
        }
        return best;
    }

    private void hover(int point) {
        if (point != hover) {
            hover = point;
            pictures.want(point < 0 ? List.of() : List.of(points.images().get(point)));
            redraw();
        }
    }

    void invalidate() {
        drop();
        redraw();
    }

    private void drop() {
        if (buffer != null) {
            buffer.dispose();
            buffer = null;
        }
    }

    private void paint(GC gc) {
        Palette palette = Palette.of(getParent());
        Rectangle area = getClientArea();
        if (points == null || area.width < 8 || area.height < 8) {
            gc.setBackground(palette.canvas());
            gc.fillRectangle(area);
            return;
        }
        if (buffer == null) {
            buffer = new Image(getDisplay(), pixels(palette, area));
        }
        gc.drawImage(buffer, 0, 0);
        gc.setAntialias(SWT.ON);
        if (hover >= 0 && hover < points.size()) {
            gc.setForeground(palette.text());
            gc.setLineWidth(2);
            gc.drawOval(screenX(hover) - 6, screenY(hover) - 6, 12, 12);
            gc.setLineWidth(1);
        }
        legend(gc, palette, area);
        gesture(gc, palette);
        preview(gc, palette, area);
    }

    private ImageData pixels(Palette palette, Rectangle area) {
        ImageData data = new ImageData(area.width, area.height, 24, new PaletteData(0xFF0000, 0xFF00, 0xFF));
        Color ground = palette.canvas();
        for (int y = 0; y < area.height; y++) {
            int at = y * data.bytesPerLine;
            for (int x = 0; x < area.width; x++) {
                set(data, at + 3 * x, ground);
            }
        }
        int radius = zoom > 6 || points.size() < 2000 ? 3 : points.size() < 30_000 || zoom > 2 ? 2 : 1;
        Color[] known = new Color[64];
        Color none = palette.category(-1);
        boolean some = !selected.isEmpty();
        Frame frame = frame();
        for (int pass = 0; pass < (some ? 2 : 1); pass++) {
            for (int i = 0; i < points.size(); i++) {
                boolean strong = !some || selected.get(i);
                if (some && strong != (pass == 1)) {
                    continue;
                }
                int index = colours.indices()[i];
                Color colour = none;
                if (index >= 0) {
                    int slot = index % known.length;
                    known[slot] = known[slot] == null ? palette.category(index) : known[slot];
                    colour = known[slot];
                }
                dot(data, area, frame.x(i), frame.y(i), strong && some ? radius + 1 : radius, colour, strong, ground);
            }
        }
        return data;
    }

    private static void dot(
            ImageData data, Rectangle area, int cx, int cy, int radius, Color colour, boolean strong, Color ground) {
        for (int y = Math.max(0, cy - radius); y <= Math.min(area.height - 1, cy + radius); y++) {
            for (int x = Math.max(0, cx - radius); x <= Math.min(area.width - 1, cx + radius); x++) {
                int dx = x - cx;
                int dy = y - cy;
                if (dx * dx + dy * dy <= radius * radius + 1) {
                    int at = y * data.bytesPerLine + 3 * x;
                    if (strong) {
                        set(data, at, colour);
                    } else {
                        data.data[at] = pale(colour.getRed(), ground.getRed());
                        data.data[at + 1] = pale(colour.getGreen(), ground.getGreen());
                        data.data[at + 2] = pale(colour.getBlue(), ground.getBlue());
                    }
                }
            }
        }
    }

    private static byte pale(int colour, int ground) {
        return (byte) ((colour + 4 * ground) / 5);
    }

    private static void set(ImageData data, int at, Color colour) {
        data.data[at] = (byte) colour.getRed();
        data.data[at + 1] = (byte) colour.getGreen();
        data.data[at + 2] = (byte) colour.getBlue();
    }

    private void legend(GC gc, Palette palette, Rectangle area) {
        gc.setFont(fonts.caption());
        int line = gc.getFontMetrics().getHeight() + 2;
        int y = area.height - 6 - line * colours.names().size();
        for (int i = 0; i < colours.names().size(); i++) {
            gc.setBackground(palette.category(i));
            gc.fillOval(10, y + line / 2 - 4, 8, 8);
            gc.setForeground(palette.subtle());
            gc.drawText(Ellipsis.middle(gc, colours.names().get(i), 130), 24, y, true);
            y += line;
        }
    }

    /** The image under the mouse, beside it. */
    private void preview(GC gc, Palette palette, Rectangle area) {
        if (hover < 0 || hover >= points.size() || !path.isEmpty()) {
            return;
        }
        ImageElement image = points.images().get(hover);
        gc.setFont(fonts.caption());
        int line = gc.getFontMetrics().getHeight();
        int w = PICTURE + 16;
        int h = PICTURE + 20 + 2 * line;
        int x = screenX(hover) + 14 + w > area.width ? screenX(hover) - 14 - w : screenX(hover) + 14;
        int y = Math.max(4, Math.min(area.height - h - 4, screenY(hover) - h / 2));
        gc.setBackground(palette.card());
        gc.fillRoundRectangle(x, y, w, h, 8, 8);
        gc.setForeground(palette.line());
        gc.drawRoundRectangle(x, y, w, h, 8, 8);
        pictures.paint(gc, palette, image, new Rectangle(x + 8, y + 8, PICTURE, PICTURE), false);
        gc.setForeground(palette.text());
        gc.drawText(Ellipsis.middle(gc, image.name(), PICTURE), x + 8, y + PICTURE + 12, true);
        gc.setForeground(palette.subtle());
        gc.drawText(Ellipsis.middle(gc, image.entry().label(), PICTURE), x + 8, y + PICTURE + 12 + line, true);
    }

    private void gesture(GC gc, Palette palette) {
        if (path.size() < 2) {
            return;
        }
        int[] polygon = lasso ? flat() : box();
        gc.setBackground(palette.accent());
        gc.setForeground(palette.accent());
        gc.setAlpha(40);
        gc.fillPolygon(polygon);
        gc.setAlpha(255);
        gc.drawPolygon(polygon);
    }

    private int[] flat() {
        return path.stream().flatMapToInt(java.util.Arrays::stream).toArray();
    }

    private int[] box() {
        int[] a = path.get(0);
        int[] b = path.get(path.size() - 1);
        return new int[] {a[0], a[1], b[0], a[1], b[0], b[1], a[0], b[1]};
    }
}
