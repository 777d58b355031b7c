package org.dinobench.ui.common.grid;

import org.dinobench.ui.common.grid.ThumbnailPipeline.Request;
import org.dinobench.ui.common.theme.Fonts;
import org.dinobench.ui.common.theme.Palette;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;

/** Draws the visible cells of a grid. */
final class GridPainter {
    private static final int ROUND = 6;
    private static final int BAR = 3;

    private final ThumbnailGrid grid;
    private final ThumbnailPipeline pipeline;
    private final Fonts fonts;
    private int captionHeight;

    GridPainter(ThumbnailGrid grid, ThumbnailPipeline pipeline) {
        this.grid = grid;
        this.pipeline = pipeline;
        this.fonts = new Fonts(grid);
    }

    int captionHeight() {
        if (captionHeight == 0) {
            GC gc = new GC(grid);
            gc.setFont(fonts.caption());
            captionHeight = gc.getFontMetrics().getHeight() + 6;
            gc.dispose();
        }
        return captionHeight;
    }

    void paint(GC gc, Palette palette, GridGeometry g, int first, int end) {
        Rectangle area = grid.getClientArea();
        gc.setBackground(palette.canvas());
        gc.fillRectangle(area);
        gc.setAntialias(SWT.ON);
        gc.setInterpolation(SWT.LOW);
        gc.setFont(fonts.caption());
        for (int i = first; i < end; i++) {
            Rectangle cell = g.cellAt(i);
            cell.y -= grid.top();
            paintCell(gc, palette, g, i, cell);
        }
    }

    private void paintCell(GC gc, Palette palette, GridGeometry g, int index, Rectangle cell) {
        CellMark mark = grid.model().mark(index);
        boolean selected = grid.isSelected(index);
        Rectangle frame = new Rectangle(cell.x - 4, cell.y - 4, cell.width + 8, cell.height + 8);
        if (selected || index == grid.hover()) {
            gc.setBackground(selected ? palette.selection() : palette.cardHover());
            gc.fillRoundRectangle(frame.x, frame.y, frame.width, frame.height, ROUND * 2, ROUND * 2);
        }
        paintPicture(gc, palette, index, new Rectangle(cell.x, cell.y, g.cell(), g.cell()), mark);
        if (mark.category() >= 0) {
            gc.setBackground(palette.category(mark.category()));
            gc.fillRoundRectangle(cell.x + 4, cell.y + g.cell() - BAR - 3, g.cell() - 8, BAR, BAR, BAR);
        }
        if (!mark.badge().isEmpty()) {
            paintBadge(gc, palette, mark, cell);
        }
        if (g.caption() > 0) {
            gc.setForeground(mark.dimmed() ? palette.subtle() : palette.text());
            String text = Ellipsis.middle(gc, grid.model().caption(index), g.cell());
            Point extent = gc.textExtent(text);
            gc.drawText(text, cell.x + (g.cell() - extent.x) / 2, cell.y + g.cell() + 3, true);
        }
        if (index == grid.focusCell() && grid.isFocusControl()) {
            gc.setForeground(palette.accent());
            gc.setLineWidth(2);
            gc.drawRoundRectangle(frame.x, frame.y, frame.width, frame.height, ROUND * 2, ROUND * 2);
            gc.setLineWidth(1);
        }
    }

    private void paintPicture(GC gc, Palette palette, int index, Rectangle box, CellMark mark) {
        Object key = grid.model().pictureKey(index);
        Request request = new Request(key, grid.decodeSize());
        Image image = pipeline.get(request);
        if (image == null) {
            image = otherSize(key);
        }
        if (image == null) {
            gc.setBackground(palette.card());
            gc.fillRoundRectangle(box.x, box.y, box.width, box.height, ROUND, ROUND);
            if (pipeline.broken(request)) {
                paintBroken(gc, palette, box);
            }
            return;
        }
        Rectangle size = image.getBounds();
        double scale = Math.min((double) box.width / size.width, (double) box.height / size.height);
        int w = Math.max(1, (int) Math.round(size.width * scale));
        int h = Math.max(1, (int) Math.round(size.height * scale));
        gc.setAlpha(mark.dimmed() ? 90 : 255);
        gc.drawImage(
                image, 0, 0, size.width, size.height, box.x + (box.width - w) / 2, box.y + (box.height - h) / 2, w, h);
        gc.setAlpha(255);
    }

    private Image otherSize(Object key) {
        for (int bucket : ThumbnailGrid.buckets()) {
            Image image = pipeline.get(new Request(key, bucket));
            if (image != null) {
                return image;
            }
        }
        return null;
    }

    private static void paintBroken(GC gc, Palette palette, Rectangle box) {
        gc.setForeground(palette.bad());
        gc.setLineWidth(2);
        int r = Math.min(box.width, box.height) / 8;
        int x = box.x + box.width / 2;
        int y = box.y + box.height / 2;
        gc.drawLine(x - r, y - r, x + r, y + r);
        gc.drawLine(x - r, y + r, x + r, y - r);
        gc.setLineWidth(1);
    }

    private static void paintBadge(GC gc, Palette palette, CellMark mark, Rectangle cell) {
        Point extent = gc.textExtent(mark.badge());
        int w = Math.max(extent.x + 10, extent.y + 4);
        int x = cell.x + cell.width - w - 3;
        gc.setBackground(mark.dimmed() ? palette.bad() : palette.accent());
        gc.fillRoundRectangle(x, cell.y + 3, w, extent.y + 4, extent.y, extent.y);
        gc.setForeground(palette.canvas());
        gc.drawText(mark.badge(), x + (w - extent.x) / 2, cell.y + 5, true);
    }
}
