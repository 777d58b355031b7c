package org.dinobench.ui.trainer.health;

import java.util.List;
import org.dinobench.ui.common.grid.Ellipsis;
import org.dinobench.ui.common.parts.CardCanvas;
import org.dinobench.ui.common.parts.TextLines;
import org.dinobench.ui.common.theme.Fonts;
import org.dinobench.ui.common.theme.Palette;
import org.dinobench.ui.trainer.chart.Course;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Composite;

/** Findings as cards: a mark, the value, its course, and what it means. */
final class HealthCards extends CardCanvas<Finding> {
    private static final int WIDTH = 270;
    private static final int HEIGHT = 148;
    private static final int PAD = 12;
    private static final int MARK = 10;
    private static final int COURSE = 34;

    private final Fonts fonts;

    HealthCards(Composite parent) {
        super(parent, WIDTH, HEIGHT);
        this.fonts = new Fonts(this);
    }

    @Override
    protected void paintCard(GC gc, Palette palette, Finding finding, Rectangle area) {
        int x = area.x + PAD;
        int y = area.y + PAD - 2;
        int width = area.width - 2 * PAD;
        Color colour = colour(palette, finding.level());
        gc.setFont(fonts.strong());
        int line = gc.getFontMetrics().getHeight();
        gc.setBackground(colour);
        gc.fillOval(x, y + (line - MARK) / 2, MARK, MARK);
        gc.setForeground(palette.text());
        Point value = gc.textExtent(finding.value());
        gc.drawText(Ellipsis.middle(gc, finding.measure().title(), width - MARK - value.x - 20), x + MARK + 8, y, true);
        gc.setForeground(finding.level() == Finding.Level.GOOD ? palette.text() : colour);
        gc.drawText(finding.value(), x + width - value.x, y, true);
        y += line + 8;
        Course.draw(gc, palette, finding.points(), new Rectangle(x, y, width, COURSE));
        y += COURSE + 8;
        gc.setFont(fonts.caption());
        gc.setForeground(palette.subtle());
        int height = gc.getFontMetrics().getHeight();
        int room = (area.y + area.height - PAD + 4 - y) / height;
        for (String words : TextLines.wrap(gc, finding.sentence(), width, Math.max(1, room))) {
            gc.drawText(words, x, y, true);
            y += height;
        }
    }

    private static Color colour(Palette palette, Finding.Level level) {
        return switch (level) {
            case GOOD -> palette.good();
            case LOOK -> palette.warning();
            case BAD -> palette.bad();
            case EARLY -> palette.subtle();
        };
    }

    @Override
    protected void opened(Finding card) {
        // a card says all there is; the chart view has the numbers
    }

    @Override
    protected void drawn(List<Finding> visible) {
        // nothing is read for cards
    }

    @Override
    protected IStructuredSelection selectionOf(Finding card) {
        return new StructuredSelection(card);
    }
}
