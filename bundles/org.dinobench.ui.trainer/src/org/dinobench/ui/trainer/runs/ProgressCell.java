package org.dinobench.ui.trainer.runs;

import org.dinobench.core.run.RunStatus;
import org.dinobench.ui.common.parts.Words;
import org.dinobench.ui.common.theme.Palette;
import org.dinobench.ui.common.theme.Themes;
import org.dinobench.ui.common.workspace.WorkspaceItem;
import org.eclipse.jface.viewers.OwnerDrawLabelProvider;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.TableItem;

/** A bar for the share of steps done, with the number of steps beside it. */
final class ProgressCell extends OwnerDrawLabelProvider {
    private static final int BAR = 64;
    private static final int HEIGHT = 6;

    @Override
    protected void measure(Event event, Object element) {
        event.width = BAR + 90;
    }

    @Override
    protected void paint(Event event, Object element) {
        RunStatus status = ((WorkspaceItem) element).status().orElse(null);
        if (status == null) {
            return;
        }
        Palette palette = Palette.of(Themes.isDark());
        Rectangle cell = ((TableItem) event.item).getBounds(event.index);
        GC gc = event.gc;
        gc.setAntialias(SWT.ON);
        int x = cell.x + 6;
        int y = cell.y + (cell.height - HEIGHT) / 2;
        gc.setBackground(palette.line());
        gc.fillRoundRectangle(x, y, BAR, HEIGHT, HEIGHT, HEIGHT);
        int filled = (int) Math.round(BAR * status.share());
        if (filled > 0) {
            gc.setBackground(
                    switch (status.state()) {
                        case FINISHED -> palette.good();
                        case FAILED -> palette.bad();
                        case PAUSED -> palette.warning();
                        default -> palette.accent();
                    });
            gc.fillRoundRectangle(x, y, Math.max(HEIGHT, filled), HEIGHT, HEIGHT, HEIGHT);
        }
        String steps = Words.count(status.step())
                + (status.total() > 0 ? " / " + Words.count(status.total()) : ""); // $NON-NLS-1$ //$NON-NLS-2$
        gc.setForeground(palette.text());
        Point size = gc.textExtent(steps);
        gc.drawText(steps, x + BAR + 8, cell.y + (cell.height - size.y) / 2, true);
    }
}
