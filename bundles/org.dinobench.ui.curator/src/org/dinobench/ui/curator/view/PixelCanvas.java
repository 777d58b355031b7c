package org.dinobench.ui.curator.view;

import java.util.function.Consumer;
import org.dinobench.imaging.RgbImage;
import org.dinobench.ui.common.parts.AccessibleName;
import org.dinobench.ui.common.theme.Palette;
import org.dinobench.ui.curator.Messages;
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
 * A picture at its pixels. The wheel, plus and minus zoom, dragging and the arrow keys move, 0 or a double click fits
 * the picture into the canvas, 1 shows a pixel of it as a pixel of the screen. Only what is in sight is drawn, so that
 * large pictures move as small ones do.
 */
final class PixelCanvas extends Canvas {
    private static final double MOST = 64;
    private static final double STEP = 1.25;
    private static final int GRID_FROM = 12;
    private static final int MOVE = 48;

    private final Consumer<String> onPixel;
    private PixelPyramid picture;
    private String name = ""; // $NON-NLS-1$
    private double zoom = 1;
    private double left;
    private double top;
    private boolean fit = true;
    private int pointedX = -1;
    private int pointedY = -1;
    private int dragX = -1;
    private int dragY;

    /** @param onPixel told in words what is under the pointer, empty for nothing */
    PixelCanvas(Composite parent, Consumer<String> onPixel) {
        super(parent, SWT.DOUBLE_BUFFERED | SWT.NO_BACKGROUND);
        this.onPixel = onPixel;
        AccessibleName.set(
                this,
                () -> NLS.bind(Messages.Inspector_Accessible, name, Math.round(zoom * 100) + " %")); // $NON-NLS-1$
        addListener(SWT.Paint, e -> paint(e.gc));
        addListener(SWT.Resize, e -> {
            if (fit) {
                fit();
            }
        });
        addListener(SWT.MouseVerticalWheel, e -> {
            zoomAt(e.x, e.y, e.count > 0 ? STEP : 1 / STEP);
            e.doit = false;
        });
        addListener(SWT.MouseDown, e -> {
            setFocus();
            dragX = e.x;
            dragY = e.y;
        });
        addListener(SWT.MouseUp, e -> dragX = -1);
        addListener(SWT.MouseDoubleClick, e -> fit());
        addListener(SWT.MouseMove, this::moved);
        addListener(SWT.MouseExit, e -> point(-1, -1));
        addListener(SWT.KeyDown, this::key);
        addListener(SWT.FocusIn, e -> redraw());
        addListener(SWT.FocusOut, e -> redraw());
        addListener(
                SWT.Traverse, e -> e.doit = e.detail == SWT.TRAVERSE_TAB_NEXT || e.detail == SWT.TRAVERSE_TAB_PREVIOUS);
    }

    /** Shows a picture, null for none. */
    void show(PixelPyramid shown, String called) {
        picture = shown;
        name = called;
        point(-1, -1);
        fit();
    }

    /** {@return pixels of the screen for a pixel of the picture} */
    double zoom() {
        return zoom;
    }

    /** Shows the whole picture, small ones not larger than four times. */
    void fit() {
        fit = true;
        if (picture != null) {
            Rectangle area = getClientArea();
            RgbImage full = picture.full();
            double whole = Math.min(area.width / (double) full.width(), area.height / (double) full.height());
            set(Math.max(1e-3, Math.min(4, whole)));
        }
        redraw();
    }

    /** Shows a pixel of the picture as a pixel of the screen. */
    void actual() {
        Rectangle area = getClientArea();
        zoomAt(area.width / 2, area.height / 2, 1 / zoom);
    }

    private void set(double to) {
        zoom = to;
        Rectangle area = getClientArea();
        left = (area.width - picture.full().width() * zoom) / 2;
        top = (area.height - picture.full().height() * zoom) / 2;
    }

    /** Zooms and leaves what is at a place where it is. */
    void zoomAt(int x, int y, double factor) {
        if (picture == null) {
            return;
        }
        fit = false;
        double next = Math.max(0.01, Math.min(MOST, zoom * factor));
        left = x - (x - left) * next / zoom;
        top = y - (y - top) * next / zoom;
        zoom = next;
        redraw();
    }

    private void key(Event e) {
        Rectangle area = getClientArea();
        switch (e.keyCode) {
            case SWT.ARROW_LEFT -> pan(MOVE, 0);
            case SWT.ARROW_RIGHT -> pan(-MOVE, 0);
            case SWT.ARROW_UP -> pan(0, MOVE);
            case SWT.ARROW_DOWN -> pan(0, -MOVE);
            default -> {
                switch (e.character) {
                    case '+' -> zoomAt(area.width / 2, area.height / 2, STEP);
                    case '-' -> zoomAt(area.width / 2, area.height / 2, 1 / STEP);
                    case '0' -> fit();
                    case '1' -> actual();
                    default -> {
                        // other keys belong to others
                    }
                }
            }
        }
    }

    private void pan(int dx, int dy) {
        fit = false;
        left += dx;
        top += dy;
        redraw();
    }

    private void moved(Event e) {
        if (dragX >= 0) {
            pan(e.x - dragX, e.y - dragY);
            dragX = e.x;
            dragY = e.y;
        }
        if (picture != null) {
            point((int) Math.floor((e.x - left) / zoom), (int) Math.floor((e.y - top) / zoom));
        }
    }

    private void point(int x, int y) {
        boolean inside = picture != null
                && x >= 0
                && y >= 0
                && x < picture.full().width()
                && y < picture.full().height();
        int nextX = inside ? x : -1;
        int nextY = inside ? y : -1;
        if (nextX == pointedX && nextY == pointedY) {
            return;
        }
        pointedX = nextX;
        pointedY = nextY;
        if (inside) {
            RgbImage full = picture.full();
            int r = full.value(x, y, 0);
            int g = full.value(x, y, 1);
            int b = full.value(x, y, 2);
            onPixel.accept(NLS.bind(Messages.Inspector_Pixel, new Object[] {
                x, y, r, g, b, String.format("#%02X%02X%02X", r, g, b) // $NON-NLS-1$
            }));
        } else {
            onPixel.accept(""); // $NON-NLS-1$
        }
        redraw();
    }

    private void paint(GC gc) {
        Palette palette = Palette.of(getParent());
        Rectangle area = getClientArea();
        if (picture == null || area.width < 1 || area.height < 1) {
            gc.setBackground(palette.canvas());
            gc.fillRectangle(area);
            return;
        }
        Image image = new Image(getDisplay(), visible(area, palette.canvas()));
        gc.drawImage(image, 0, 0);
        image.dispose();
        if (pointedX >= 0 && zoom >= GRID_FROM / 2.0) {
            gc.setForeground(palette.accent());
            int side = (int) Math.round(zoom);
            gc.drawRectangle(
                    (int) Math.round(left + pointedX * zoom), (int) Math.round(top + pointedY * zoom), side, side);
        }
        if (isFocusControl()) {
            gc.setForeground(palette.accent());
            gc.drawRectangle(0, 0, area.width - 1, area.height - 1);
        }
    }

    /** What is in sight, each pixel of the screen from the pixel of the picture below its middle. */
    private ImageData visible(Rectangle area, Color ground) {
        ImageData data = new ImageData(area.width, area.height, 24, new PaletteData(0xFF0000, 0xFF00, 0xFF));
        RgbImage full = picture.full();
        RgbImage from = picture.at(zoom);
        double scaleX = from.width() / (full.width() * zoom);
        double scaleY = from.height() / (full.height() * zoom);
        int[] columns = new int[area.width];
        for (int x = 0; x < area.width; x++) {
            columns[x] = (int) Math.floor((x + 0.5 - left) * scaleX);
        }
        for (int y = 0; y < area.height; y++) {
            int row = (int) Math.floor((y + 0.5 - top) * scaleY);
            int at = y * data.bytesPerLine;
            for (int x = 0; x < area.width; x++, at += 3) {
                int column = columns[x];
                if (row >= 0 && row < from.height() && column >= 0 && column < from.width()) {
                    System.arraycopy(from.rgb(), 3 * (row * from.width() + column), data.data, at, 3);
                } else {
                    data.data[at] = (byte) ground.getRed();
                    data.data[at + 1] = (byte) ground.getGreen();
                    data.data[at + 2] = (byte) ground.getBlue();
                }
            }
        }
        return data;
    }
}
