package org.dinobench.ui.evaluation.look;

import java.util.function.Consumer;
import org.dinobench.evaluation.maps.ColourMap;
import org.dinobench.evaluation.maps.MapImages;
import org.dinobench.imaging.RgbImage;
import org.dinobench.ui.common.grid.Ellipsis;
import org.dinobench.ui.common.parts.AccessibleName;
import org.dinobench.ui.common.theme.Fonts;
import org.dinobench.ui.common.theme.Palette;
import org.dinobench.ui.evaluation.Messages;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;

/** An image with attention laid over it, large; a click, or the arrow keys, choose the patch that is asked. */
final class AttentionCanvas extends Canvas {
    private static final int HEAD = 26;
    private static final int PAD = 12;
    private static final double STRETCH = 99.5;

    private final Fonts fonts = new Fonts(this);
    private final Consumer<Query> onQuery;
    private String title = ""; // $NON-NLS-1$
    private String problem = ""; // $NON-NLS-1$
    private ImageLook look;
    private Query query = Query.CLASS;
    private int head = -1;
    private double cover = 0.7;
    private Image picture;

    AttentionCanvas(Composite parent, Consumer<Query> onQuery) {
        super(parent, SWT.DOUBLE_BUFFERED | SWT.NO_BACKGROUND);
        this.onQuery = onQuery;
        AccessibleName.set(this, () -> title + ": " + queryWords()); // $NON-NLS-1$
        addListener(SWT.Paint, e -> paint(e.gc));
        addListener(SWT.Resize, e -> redraw());
        addListener(SWT.Dispose, e -> drop());
        addListener(SWT.MouseDown, this::click);
        addListener(SWT.KeyDown, this::key);
        addListener(SWT.FocusIn, e -> redraw());
        addListener(SWT.FocusOut, e -> redraw());
        addListener(
                SWT.Traverse, e -> e.doit = e.detail == SWT.TRAVERSE_TAB_NEXT || e.detail == SWT.TRAVERSE_TAB_PREVIOUS);
    }

    void setTitle(String words) {
        title = words;
        redraw();
    }

    void show(ImageLook newLook, String newProblem) {
        look = newLook;
        problem = newProblem;
        change();
    }

    void ask(Query newQuery, int newHead, double newCover) {
        query = newQuery;
        head = newHead;
        cover = newCover;
        change();
    }

    ImageLook look() {
        return look;
    }

    String problem() {
        return problem;
    }

    private void change() {
        drop();
        redraw();
    }

    private void drop() {
        if (picture != null) {
            picture.dispose();
            picture = null;
        }
    }

    private Query fitting() {
        return query.isClass() || query.row() < look.rows() && query.column() < look.columns() ? query : Query.CLASS;
    }

    private Rectangle place() {
        Rectangle area = getClientArea();
        RgbImage image = look.image();
        double scale = Math.min(
                (area.width - 2.0 * PAD) / image.width(), (area.height - HEAD - (double) PAD) / image.height());
        int w = Math.max(1, (int) (image.width() * scale));
        int h = Math.max(1, (int) (image.height() * scale));
        return new Rectangle((area.width - w) / 2, HEAD + Math.max(0, (area.height - HEAD - PAD - h) / 2), w, h);
    }

    private void click(Event e) {
        setFocus();
        if (look == null) {
            return;
        }
        Rectangle r = place();
        if (r.contains(e.x, e.y)) {
            int row = Math.min(look.rows() - 1, (e.y - r.y) * look.rows() / r.height);
            int column = Math.min(look.columns() - 1, (e.x - r.x) * look.columns() / r.width);
            onQuery.accept(new Query(row, column));
        } else {
            onQuery.accept(Query.CLASS);
        }
    }

    private void key(Event e) {
        if (look == null) {
            return;
        }
        Query at = query.isClass() ? new Query(look.rows() / 2, look.columns() / 2) : query;
        switch (e.keyCode) {
            case SWT.ARROW_UP -> onQuery.accept(new Query(Math.max(0, at.row() - 1), at.column()));
            case SWT.ARROW_DOWN -> onQuery.accept(new Query(Math.min(look.rows() - 1, at.row() + 1), at.column()));
            case SWT.ARROW_LEFT -> onQuery.accept(new Query(at.row(), Math.max(0, at.column() - 1)));
            case SWT.ARROW_RIGHT -> onQuery.accept(new Query(at.row(), Math.min(look.columns() - 1, at.column() + 1)));
            case SWT.HOME -> onQuery.accept(Query.CLASS);
            default -> {
                // other keys are not for this picture
            }
        }
    }

    private void paint(GC gc) {
        Palette palette = Palette.of(getParent());
        Rectangle area = getClientArea();
        gc.setBackground(palette.canvas());
        gc.fillRectangle(area);
        gc.setAntialias(SWT.ON);
        gc.setFont(fonts.strong());
        gc.setForeground(palette.text());
        gc.drawText(Ellipsis.middle(gc, title, area.width - 2 * PAD), PAD, 4, true);
        if (look == null) {
            gc.setFont(fonts.body());
            gc.setForeground(problem.isEmpty() ? palette.subtle() : palette.bad());
            gc.drawText(problem.isEmpty() ? Messages.Look_Waiting : problem, PAD, HEAD + PAD, true);
            return;
        }
        if (area.height < HEAD + 40) {
            return;
        }
        if (picture == null) {
            RgbImage over = new MapImages(ColourMap.EMBER)
                    .over(look.image(), look.map(fitting(), head).stretched(STRETCH), 0.35 * cover, cover);
            picture = new Image(getDisplay(), Pixels.of(over));
        }
        Rectangle r = place();
        Rectangle size = picture.getBounds();
        gc.setInterpolation(SWT.HIGH);
        gc.drawImage(picture, 0, 0, size.width, size.height, r.x, r.y, r.width, r.height);
        if (!fitting().isClass()) {
            int x = r.x + query.column() * r.width / look.columns();
            int y = r.y + query.row() * r.height / look.rows();
            int w = Math.max(4, r.width / look.columns());
            int h = Math.max(4, r.height / look.rows());
            gc.setForeground(getDisplay().getSystemColor(SWT.COLOR_WHITE));
            gc.setLineWidth(2);
            gc.drawRectangle(x, y, w, h);
            gc.setLineWidth(1);
            gc.setForeground(getDisplay().getSystemColor(SWT.COLOR_BLACK));
            gc.drawRectangle(x - 2, y - 2, w + 4, h + 4);
        }
        caption(gc, palette, area);
    }

    private String queryWords() {
        return look == null || fitting().isClass()
                ? Messages.Look_OfClass
                : NLS.bind(Messages.Look_OfPatch, query.row() + 1, query.column() + 1);
    }

    private void caption(GC gc, Palette palette, Rectangle area) {
        gc.setFont(fonts.caption());
        gc.setForeground(palette.subtle());
        String words = queryWords();
        Point extent = gc.textExtent(words);
        gc.setFont(fonts.strong());
        if (gc.textExtent(title).x + extent.x + 3 * PAD < area.width) {
            gc.setFont(fonts.caption());
            gc.drawText(words, area.width - PAD - extent.x, 5, true);
        }
    }
}
