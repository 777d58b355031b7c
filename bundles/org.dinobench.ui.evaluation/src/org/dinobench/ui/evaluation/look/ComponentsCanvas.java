package org.dinobench.ui.evaluation.look;

import java.util.ArrayList;
import java.util.List;
import org.dinobench.ui.common.parts.AccessibleName;
import org.dinobench.ui.common.theme.Fonts;
import org.dinobench.ui.common.theme.Palette;
import org.dinobench.ui.evaluation.Messages;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;

/** Pairs of an image and its patch components; the same colour means the same feature in all of them. */
final class ComponentsCanvas extends Canvas {
    private static final int GAP = 4;
    private static final int BETWEEN = 18;
    private static final int MOST = 260;
    private static final int LEAST = 48;

    private final Fonts fonts = new Fonts(this);
    private final List<Image> images = new ArrayList<>();
    private final List<Image> components = new ArrayList<>();
    private String words = Messages.Look_Waiting;
    private boolean problem;

    ComponentsCanvas(Composite parent) {
        super(parent, SWT.DOUBLE_BUFFERED | SWT.NO_BACKGROUND);
        AccessibleName.set(this, () -> Messages.Look_Components);
        addListener(SWT.Paint, e -> paint(e.gc));
        addListener(SWT.Resize, e -> redraw());
        addListener(SWT.Dispose, e -> drop());
    }

    void show(List<ModelEye.Components> pairs) {
        drop();
        for (ModelEye.Components pair : pairs) {
            images.add(new Image(getDisplay(), Pixels.of(pair.image())));
            components.add(new Image(getDisplay(), Pixels.of(pair.components())));
        }
        redraw();
    }

    void say(String text, boolean isProblem) {
        drop();
        words = text;
        problem = isProblem;
        redraw();
    }

    int pairs() {
        return images.size();
    }

    private void drop() {
        images.forEach(Image::dispose);
        components.forEach(Image::dispose);
        images.clear();
        components.clear();
    }

    private int side(Rectangle area) {
        for (int side = MOST; side > LEAST; side -= 4) {
            int columns = Math.max(1, (area.width - BETWEEN) / (2 * side + GAP + BETWEEN));
            int rows = (images.size() + columns - 1) / columns;
            if (2 * side + GAP + 2 * BETWEEN <= area.width && rows * (side + BETWEEN) + BETWEEN <= area.height) {
                return side;
            }
        }
        return LEAST;
    }

    private void paint(GC gc) {
        Palette palette = Palette.of(getParent());
        Rectangle area = getClientArea();
        gc.setBackground(palette.canvas());
        gc.fillRectangle(area);
        if (images.isEmpty()) {
            gc.setFont(fonts.body());
            gc.setForeground(problem ? palette.bad() : palette.subtle());
            gc.drawText(words, BETWEEN, BETWEEN, true);
            return;
        }
        int side = side(area);
        int step = 2 * side + GAP + BETWEEN;
        int columns = Math.max(1, (area.width - BETWEEN) / step);
        for (int i = 0; i < images.size(); i++) {
            int x = BETWEEN + i % columns * step;
            int y = BETWEEN + i / columns * (side + BETWEEN);
            gc.setInterpolation(SWT.HIGH);
            draw(gc, images.get(i), x, y, side);
            // patches are what the network sees: their edges stay sharp
            gc.setInterpolation(SWT.NONE);
            draw(gc, components.get(i), x + side + GAP, y, side);
        }
    }

    private static void draw(GC gc, Image image, int x, int y, int side) {
        Rectangle size = image.getBounds();
        double scale = Math.min((double) side / size.width, (double) side / size.height);
        int w = Math.max(1, (int) Math.round(size.width * scale));
        int h = Math.max(1, (int) Math.round(size.height * scale));
        gc.drawImage(image, 0, 0, size.width, size.height, x + (side - w) / 2, y + (side - h) / 2, w, h);
    }
}
