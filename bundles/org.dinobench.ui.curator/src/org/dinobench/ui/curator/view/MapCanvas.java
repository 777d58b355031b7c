package org.dinobench.ui.curator.view;

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
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
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
    private final MapGesture gesture = new MapGesture();
    private MapPoints points;
    private Colouring.Colours colours;
    private BitSet selected = new BitSet();
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
        gesture.setLasso(free);
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

    private MapFrame frame() {
        Rectangle area = getClientArea();
        double scale = Math.max(1, Math.min(area.width, area.height) - 2 * PAD) * zoom;
        return new MapFrame(points, scale, area.width / 2.0 + left - scale / 2, area.height / 2.0 + top - scale / 2);
    }

    /** Moves what is seen, in pixels. */
    void pan(int dx, int dy) {
        left += dx;
        top += dy;
        invalidate();
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
            gesture.begin(e.x, e.y);
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
        } else if (gesture.isActive()) {
            gesture.to(e.x, e.y);
            redraw();
        } else {
            hover(nearest(e.x, e.y));
        }
    }

    private void up(Event e) {
        panX = -1;
        if (!gesture.isActive()) {
            return;
        }
        gesture.to(e.x, e.y);
        BitSet chosen = new BitSet();
        if (gesture.isClick()) {
            int one = nearest(e.x, e.y);
            if (one >= 0) {
                chosen.set(one);
            }
        } else {
            chosen = gesture.enclosed(frame());
        }
        gesture.end();
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

    private int nearest(int x, int y) {
        int best = -1;
        long reach = REACH * REACH + 1L;
        MapFrame frame = points == null ? null : frame();
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
            buffer = new Image(getDisplay(), new MapPicture(frame(), colours, selected, zoom).pixels(palette, area));
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
        gesture.paint(gc, palette);
        preview(gc, palette, area);
    }

    private void legend(GC gc, Palette palette, Rectangle area) {
        gc.setFont(fonts.caption());
        int line = gc.getFontMetrics().getHeight() + 2;
        int y = area.height - 6 - line * colours.names().size();
        for (int i = 0; i < colours.names().size(); i++) {
            gc.setBackground(colours.color(palette, i));
            gc.fillOval(10, y + line / 2 - 4, 8, 8);
            gc.setForeground(palette.subtle());
            gc.drawText(Ellipsis.middle(gc, colours.names().get(i), 130), 24, y, true);
            y += line;
        }
    }

    /** The image under the mouse, beside it. */
    private void preview(GC gc, Palette palette, Rectangle area) {
        if (hover < 0 || hover >= points.size() || gesture.isActive()) {
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
}
