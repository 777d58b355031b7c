package org.dinobench.ui.evaluation.view;

import java.util.function.BiConsumer;
import org.dinobench.ui.common.grid.Ellipsis;
import org.dinobench.ui.common.parts.Words;
import org.dinobench.ui.common.theme.Fonts;
import org.dinobench.ui.common.theme.Palette;
import org.dinobench.ui.evaluation.Messages;
import org.dinobench.ui.evaluation.model.Confusion;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.graphics.Transform;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;

/** A confusion matrix as a map of colours with counts; the tool tip says a cell in words. */
final class ConfusionCanvas extends ReportPart {
    private static final int NAMES = 190;
    private static final int MOST_HEAD = 96;
    private static final double SLANT = Math.sin(Math.toRadians(60));
    private static final int LEAST = 14;
    private static final int MOST = 46;

    private final Fonts fonts = new Fonts(this);
    private final Confusion matrix;
    private final int head;
    private BiConsumer<Integer, Integer> onCell = (row, column) -> {};
    private int hoverRow = -1;
    private int hoverColumn = -1;

    ConfusionCanvas(Composite parent, Confusion matrix) {
        super(parent);
        this.matrix = matrix;
        this.head = headHeight();
        addListener(SWT.MouseMove, this::hover);
        addListener(SWT.MouseDown, e -> {
            hover(e);
            if (hoverRow >= 0) {
                onCell.accept(hoverRow, hoverColumn);
            }
        });
        addListener(SWT.MouseExit, e -> {
            hoverRow = -1;
            redraw();
        });
    }

    /** Calls back with row and column of a cell that is clicked. */
    void onCell(BiConsumer<Integer, Integer> listener) {
        onCell = listener;
    }

    private int headHeight() {
        GC gc = new GC(this);
        gc.setFont(fonts.caption());
        int longest = matrix.classes().stream()
                .mapToInt(name -> gc.textExtent(name).x)
                .max()
                .orElse(0);
        gc.dispose();
        return Math.min(MOST_HEAD, (int) Math.round(longest * SLANT) + 20);
    }

    private int cell(int width) {
        int n = Math.max(1, matrix.classes().size());
        return Math.max(LEAST, Math.min(MOST, (width - NAMES) / n));
    }

    @Override
    int heightFor(int width) {
        return head + cell(width) * matrix.classes().size() + 8;
    }

    private void hover(Event e) {
        int cell = cell(getClientArea().width);
        int column = Math.floorDiv(e.x - NAMES, cell);
        int row = Math.floorDiv(e.y - head, cell);
        int n = matrix.classes().size();
        boolean inside = row >= 0 && column >= 0 && row < n && column < n;
        int newRow = inside ? row : -1;
        if (newRow != hoverRow || column != hoverColumn) {
            hoverRow = newRow;
            hoverColumn = column;
            setToolTipText(inside ? words(row, column) : null);
            redraw();
        }
    }

    private String words(int row, int column) {
        return NLS.bind(Messages.Cell_Hover, new Object[] {
            matrix.classes().get(row),
            matrix.classes().get(column),
            matrix.count(row, column),
            matrix.support(row),
            Words.percent(matrix.share(row, column))
        });
    }

    @Override
    void paint(GC gc, Palette palette, Rectangle area) {
        int n = matrix.classes().size();
        int cell = cell(area.width);
        gc.setFont(fonts.caption());
        names(gc, palette, cell);
        for (int row = 0; row < n; row++) {
            for (int column = 0; column < n; column++) {
                paintCell(gc, palette, row, column, cell);
            }
        }
        if (hoverRow >= 0) {
            gc.setForeground(palette.text());
            gc.setLineWidth(2);
            gc.drawRectangle(NAMES + hoverColumn * cell, head + hoverRow * cell, cell - 1, cell - 1);
            gc.setLineWidth(1);
        }
    }

    private void paintCell(GC gc, Palette palette, int row, int column, int cell) {
        double share = matrix.share(row, column);
        int x = NAMES + column * cell;
        int y = head + row * cell;
        Color full = row == column ? palette.accent() : palette.warning();
        Color ground = mix(palette.card(), full, share == 0 ? 0 : 0.15 + 0.85 * share);
        gc.setBackground(ground);
        gc.fillRectangle(x + 1, y + 1, cell - 2, cell - 2);
        int count = matrix.count(row, column);
        if (count > 0 && cell >= 24) {
            String text = Integer.toString(count);
            Point size = gc.textExtent(text);
            gc.setForeground(Palette.of(Palette.isDark(ground.getRGB())).text());
            gc.drawText(text, x + (cell - size.x) / 2, y + (cell - size.y) / 2, true);
        }
    }

    private void names(GC gc, Palette palette, int cell) {
        int height = gc.getFontMetrics().getHeight();
        for (int i = 0; i < matrix.classes().size(); i++) {
            String name = matrix.classes().get(i);
            gc.setForeground(i == hoverRow ? palette.accent() : palette.text());
            String row = Ellipsis.middle(gc, name, NAMES - 16);
            gc.drawText(row, NAMES - 8 - gc.textExtent(row).x, head + i * cell + (cell - height) / 2, true);
            Transform turn = new Transform(gc.getDevice());
            turn.translate(NAMES + i * cell + cell / 2f - height / 2f, head - 6);
            turn.rotate(-60);
            gc.setTransform(turn);
            gc.setForeground(hoverRow >= 0 && i == hoverColumn ? palette.accent() : palette.subtle());
            gc.drawText(Ellipsis.middle(gc, name, MOST_HEAD), 0, 0, true);
            gc.setTransform(null);
            turn.dispose();
        }
    }

    private static Color mix(Color from, Color to, double share) {
        return new Color(
                (int) Math.round(from.getRed() + share * (to.getRed() - from.getRed())),
                (int) Math.round(from.getGreen() + share * (to.getGreen() - from.getGreen())),
                (int) Math.round(from.getBlue() + share * (to.getBlue() - from.getBlue())));
    }
}
