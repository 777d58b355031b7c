package org.dinobench.ui.common.grid;

import java.util.List;
import org.dinobench.ui.common.grid.ThumbnailPipeline.Request;
import org.dinobench.ui.common.theme.Fonts;
import org.dinobench.ui.common.theme.Palette;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Shell;

/** A larger picture with its details, beside the cell under the mouse. */
final class HoverPreview {
    private static final int PICTURE = 256;
    private static final int MARGIN = 10;

    private final ThumbnailGrid grid;
    private Shell shell;
    private int index = -1;

    HoverPreview(ThumbnailGrid grid) {
        this.grid = grid;
        grid.addListener(SWT.Dispose, e -> hide());
    }

    void show(int cell) {
        if (cell < 0 || cell == index || grid.cellSize() >= PICTURE) {
            return;
        }
        hide();
        index = cell;
        shell = new Shell(grid.getShell(), SWT.ON_TOP | SWT.TOOL | SWT.NO_FOCUS | SWT.DOUBLE_BUFFERED);
        Fonts fonts = new Fonts(shell);
        String details = grid.model().details(cell);
        GC measure = new GC(shell);
        measure.setFont(fonts.body());
        Point text = measure.textExtent(details);
        measure.dispose();
        int width = Math.max(PICTURE, Math.min(text.x, 2 * PICTURE)) + 2 * MARGIN;
        shell.setSize(width, PICTURE + text.y + 3 * MARGIN);
        place(cell);
        shell.addListener(SWT.Paint, e -> paint(e.gc, fonts, details));
        shell.setVisible(true);
        grid.redraw();
    }

    void addWanted(List<Request> wanted) {
        if (index >= 0) {
            wanted.add(new Request(grid.model().pictureKey(index), PICTURE));
        }
    }

    void hide() {
        index = -1;
        if (shell != null && !shell.isDisposed()) {
            shell.dispose();
        }
        shell = null;
    }

    void refresh() {
        if (shell != null && !shell.isDisposed()) {
            shell.redraw();
        }
    }

    private void place(int cell) {
        Rectangle r = grid.geometry().cellAt(cell);
        Rectangle screen = grid.getMonitor().getClientArea();
        Point corner = grid.toDisplay(r.x + r.width + 8, r.y - grid.top());
        Point size = shell.getSize();
        if (corner.x + size.x > screen.x + screen.width) {
            corner.x = grid.toDisplay(r.x - 8, 0).x - size.x;
        }
        corner.y = Math.max(screen.y, Math.min(corner.y, screen.y + screen.height - size.y));
        shell.setLocation(corner);
    }

    private void paint(GC gc, Fonts fonts, String details) {
        Palette palette = Palette.of(grid.getParent());
        Rectangle area = shell.getClientArea();
        gc.setBackground(palette.card());
        gc.fillRectangle(area);
        gc.setForeground(palette.line());
        gc.drawRectangle(0, 0, area.width - 1, area.height - 1);
        Image image = index < 0 ? null : picture();
        if (image != null) {
            Rectangle b = image.getBounds();
            double scale = Math.min((double) PICTURE / b.width, (double) PICTURE / b.height);
            int w = (int) Math.round(b.width * scale);
            int h = (int) Math.round(b.height * scale);
            gc.setInterpolation(scale > 2 ? SWT.NONE : SWT.HIGH);
            gc.drawImage(image, 0, 0, b.width, b.height, (area.width - w) / 2, MARGIN + (PICTURE - h) / 2, w, h);
        }
        gc.setFont(fonts.body());
        gc.setForeground(palette.text());
        gc.drawText(details, MARGIN, PICTURE + 2 * MARGIN, true);
    }

    private Image picture() {
        Object key = grid.model().pictureKey(index);
        Image image = grid.pipeline().get(new Request(key, PICTURE));
        return image != null ? image : grid.pipeline().get(new Request(key, grid.decodeSize()));
    }
}
