package org.dinobench.ui.evaluation.view;

import java.util.List;
import org.dinobench.ui.common.grid.Ellipsis;
import org.dinobench.ui.common.parts.Words;
import org.dinobench.ui.common.theme.Fonts;
import org.dinobench.ui.common.theme.Palette;
import org.dinobench.ui.evaluation.Messages;
import org.dinobench.ui.evaluation.model.KnnRow;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Composite;

/** k-NN of the model and of its baselines, with bars; the model's row stands out. */
final class KnnTable extends ReportPart {
    private static final int ROW = 34;
    private static final int HEAD = 26;
    private static final int NAME = 250;
    private static final int NUMBER = 90;
    private static final int COUNT = 64;

    private final Fonts fonts = new Fonts(this);
    private final List<KnnRow> rows;

    KnnTable(Composite parent, List<KnnRow> rows) {
        super(parent);
        this.rows = rows;
    }

    @Override
    int heightFor(int width) {
        return HEAD + rows.size() * ROW + 4;
    }

    @Override
    void paint(GC gc, Palette palette, Rectangle area) {
        int bars = Math.max(80, area.width - NAME - 3 * NUMBER - 2 * COUNT - 20);
        String[] heads = {
            Messages.Column_Features,
            Messages.Column_Accuracy,
            "",
            Messages.Column_Balanced,
            Messages.Column_F1, // $NON-NLS-1$
            Messages.Column_Train,
            Messages.Column_Test
        };
        int[] at = {
            8,
            NAME,
            NAME + NUMBER,
            NAME + NUMBER + bars + 10,
            NAME + 2 * NUMBER + bars + 10,
            NAME + 3 * NUMBER + bars + 10,
            NAME + 3 * NUMBER + COUNT + bars + 10
        };
        gc.setFont(fonts.caption());
        gc.setForeground(palette.subtle());
        for (int i = 0; i < heads.length; i++) {
            gc.drawText(heads[i], at[i], 4, true);
        }
        double best = rows.stream().mapToDouble(KnnRow::accuracy).max().orElse(0);
        for (int i = 0; i < rows.size(); i++) {
            row(gc, palette, i, at, bars, area.width, best);
        }
    }

    private void row(GC gc, Palette palette, int i, int[] at, int bars, int width, double best) {
        KnnRow row = rows.get(i);
        int y = HEAD + i * ROW;
        boolean model = i == 0;
        if (model) {
            gc.setBackground(palette.selection());
            gc.fillRoundRectangle(0, y + 1, width, ROW - 2, 8, 8);
        }
        gc.setForeground(palette.text());
        gc.setFont(model ? fonts.strong() : fonts.body());
        int text = y + (ROW - gc.getFontMetrics().getHeight()) / 2;
        gc.drawText(Ellipsis.middle(gc, row.features(), NAME - 16), at[0], text, true);
        gc.setForeground(row.accuracy() == best ? palette.good() : palette.text());
        gc.drawText(Words.percent(row.accuracy()), at[1], text, true);
        gc.setBackground(palette.line());
        gc.fillRoundRectangle(at[2], y + ROW / 2 - 4, bars, 8, 8, 8);
        gc.setBackground(model ? palette.accent() : palette.category(-1));
        int filled = Double.isNaN(row.accuracy()) ? 0 : (int) Math.round(bars * row.accuracy());
        if (filled > 0) {
            gc.fillRoundRectangle(at[2], y + ROW / 2 - 4, Math.max(8, filled), 8, 8, 8);
        }
        gc.setForeground(palette.text());
        gc.drawText(Words.percent(row.balanced()), at[3], text, true);
        gc.drawText(Words.percent(row.macroF1()), at[4], text, true);
        gc.setForeground(palette.subtle());
        gc.drawText(Words.count(row.train()), at[5], text, true);
        gc.drawText(Words.count(row.test()), at[6], text, true);
    }
}
