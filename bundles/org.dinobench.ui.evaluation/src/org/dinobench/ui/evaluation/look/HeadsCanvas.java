package org.dinobench.ui.evaluation.look;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.dinobench.evaluation.maps.ColourMap;
import org.dinobench.evaluation.maps.MapImages;
import org.dinobench.ui.common.parts.AccessibleName;
import org.dinobench.ui.common.theme.Fonts;
import org.dinobench.ui.common.theme.Palette;
import org.dinobench.ui.evaluation.Messages;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;

/** The maps of all heads, and their mean, as small pictures; a click chooses one. */
final class HeadsCanvas extends Canvas {
    private static final int GAP = 8;
    private static final int CAPTION = 16;
    private static final int LEAST = 48;
    private static final int MAP = 96;

    private final Fonts fonts = new Fonts(this);
    private final IntConsumer onHead;
    private final List<Image> pictures = new ArrayList<>();
    private ImageLook look;
    private Query query = Query.CLASS;
    private int chosen = -1;

    HeadsCanvas(Composite parent, IntConsumer onHead) {
        super(parent, SWT.DOUBLE_BUFFERED | SWT.NO_BACKGROUND);
        this.onHead = onHead;
        AccessibleName.set(this, () -> chosen < 0 ? Messages.Look_Mean : NLS.bind(Messages.Look_Head, chosen + 1));
        addListener(SWT.Paint, e -> paint(e.gc));
        addListener(SWT.Resize, e -> redraw());
        addListener(SWT.Dispose, e -> drop());
        addListener(SWT.MouseDown, this::click);
    }

    void show(ImageLook newLook, Query newQuery, int head) {
        boolean same = newLook == look && newQuery.equals(query);
        look = newLook;
        query = newQuery;
        chosen = head;
        if (!same) {
            drop();
        }
        redraw();
    }

    private void drop() {
        pictures.forEach(Image::dispose);
        pictures.clear();
    }

    private int cells() {
        return look == null ? 0 : look.heads() + 1;
    }

    /** The largest square cells of which all fit. */
    private int side() {
        Rectangle area = getClientArea();
        int best = LEAST;
        for (int columns = 1; columns <= Math.max(1, cells()); columns++) {
            int rows = (cells() + columns - 1) / columns;
            int side = Math.min(
                    (area.width - GAP) / columns - GAP, (area.height - GAP) / Math.max(1, rows) - GAP - CAPTION);
            best = Math.max(best, side);
        }
        return Math.min(best, 220);
    }

    private int columns(int side) {
        return Math.max(1, (getClientArea().width - GAP) / (side + GAP));
    }

    private Rectangle place(int cell) {
        int side = side();
        int columns = columns(side);
        return new Rectangle(
                GAP + cell % columns * (side + GAP), GAP + cell / columns * (side + GAP + CAPTION), side, side);
    }

    private void click(Event e) {
        setFocus();
        for (int i = 0; i < cells(); i++) {
            if (place(i).contains(e.x, e.y)) {
                onHead.accept(i - 1);
            }
        }
    }

    private void fill() {
        MapImages painter = new MapImages(ColourMap.EMBER);
        Query asked =
                query.isClass() || query.row() < look.rows() && query.column() < look.columns() ? query : Query.CLASS;
        int width = MAP * look.columns() / Math.max(look.rows(), look.columns());
        int height = MAP * look.rows() / Math.max(look.rows(), look.columns());
        for (int head = -1; head < look.heads(); head++) {
            pictures.add(new Image(
                    getDisplay(),
                    Pixels.of(painter.plain(
                            look.map(asked, head).stretched(99.5), Math.max(1, width), Math.max(1, height)))));
        }
    }

    private void paint(GC gc) {
        Palette palette = Palette.of(getParent());
        gc.setBackground(palette.canvas());
        gc.fillRectangle(getClientArea());
        if (look == null) {
            return;
        }
        if (pictures.isEmpty()) {
            fill();
        }
        gc.setAntialias(SWT.ON);
        gc.setFont(fonts.caption());
        gc.setInterpolation(SWT.HIGH);
        for (int i = 0; i < pictures.size(); i++) {
            Rectangle r = place(i);
            Image image = pictures.get(i);
            Rectangle size = image.getBounds();
            double scale = Math.min((double) r.width / size.width, (double) r.height / size.height);
            int w = Math.max(1, (int) (size.width * scale));
            int h = Math.max(1, (int) (size.height * scale));
            gc.drawImage(image, 0, 0, size.width, size.height, r.x + (r.width - w) / 2, r.y + (r.height - h) / 2, w, h);
            boolean here = i - 1 == chosen;
            if (here) {
                gc.setForeground(palette.accent());
                gc.setLineWidth(2);
                gc.drawRectangle(r.x - 2, r.y - 2, r.width + 4, r.height + 4);
                gc.setLineWidth(1);
            }
            gc.setForeground(here ? palette.accent() : palette.subtle());
            gc.drawText(i == 0 ? Messages.Look_Mean : NLS.bind(Messages.Look_Head, i), r.x, r.y + r.height + 2, true);
        }
    }
}
