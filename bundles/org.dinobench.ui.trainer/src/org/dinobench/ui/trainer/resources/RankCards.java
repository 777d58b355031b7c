package org.dinobench.ui.trainer.resources;

import java.util.List;
import org.dinobench.core.run.ResourceSample;
import org.dinobench.ui.common.chart.Points;
import org.dinobench.ui.common.grid.Ellipsis;
import org.dinobench.ui.common.parts.AccessibleName;
import org.dinobench.ui.common.parts.CardCanvas;
import org.dinobench.ui.common.theme.Fonts;
import org.dinobench.ui.common.theme.Palette;
import org.dinobench.ui.trainer.Messages;
import org.dinobench.ui.trainer.chart.Course;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Composite;

/** A card for each process: cores, memory and graphics processor, now and over the last minutes. */
final class RankCards extends CardCanvas<RankUse> {
    private static final int WIDTH = 300;
    private static final int HEIGHT = 206;
    private static final int PAD = 12;
    private static final int COURSE = 26;

    private final Fonts fonts;

    RankCards(Composite parent) {
        super(parent, WIDTH, HEIGHT);
        this.fonts = new Fonts(this);
        AccessibleName.set(
                this,
                () -> chosen() == null
                        ? Messages.Resources_Name
                        : chosen().title() + ". " + chosen().cores() + ". "
                                + chosen().memory() //$NON-NLS-1$ //$NON-NLS-2$
                                + ". " + chosen().gpu()); //$NON-NLS-1$
    }

    @Override
    protected void paintCard(GC gc, Palette palette, RankUse use, Rectangle area) {
        int x = area.x + PAD;
        int y = area.y + PAD - 2;
        int width = area.width - 2 * PAD;
        gc.setFont(fonts.strong());
        gc.setForeground(palette.text());
        gc.drawText(Ellipsis.middle(gc, use.title(), width), x, y, true);
        y += gc.getFontMetrics().getHeight() + 6;
        Rectangle place = new Rectangle(x, y, width, 0);
        ResourceSample now = use.now();
        row(
                gc,
                palette,
                place,
                Messages.Resources_Cpu,
                use.cores(),
                use.course(ResourceSample::cores),
                now.coresOfMachine());
        row(
                gc,
                palette,
                place,
                Messages.Resources_Memory,
                use.memory(),
                use.course(ResourceSample::memory),
                now.memoryOfMachine());
        row(
                gc,
                palette,
                place,
                Messages.Resources_Gpu,
                use.gpu(),
                use.course(s -> s.gpu().map(ResourceSample.Gpu::share).orElse(Double.NaN)),
                1);
    }

    private void row(GC gc, Palette palette, Rectangle place, String title, String value, Points points, double most) {
        gc.setFont(fonts.caption());
        gc.setForeground(palette.subtle());
        gc.drawText(title, place.x, place.y, true);
        gc.setForeground(palette.text());
        Point size = gc.textExtent(value);
        gc.drawText(value, place.x + place.width - size.x, place.y, true);
        place.y += size.y + 2;
        Course.draw(gc, palette, points, new Rectangle(place.x, place.y, place.width, COURSE), 0, Math.max(most, 1e-9));
        place.y += COURSE + 8;
    }

    @Override
    protected void opened(RankUse card) {
        // a card says all there is
    }

    @Override
    protected void drawn(List<RankUse> visible) {
        // nothing is read for cards
    }

    @Override
    protected IStructuredSelection selectionOf(RankUse card) {
        return new StructuredSelection(card);
    }
}
