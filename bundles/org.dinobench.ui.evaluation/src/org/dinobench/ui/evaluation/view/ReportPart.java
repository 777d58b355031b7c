package org.dinobench.ui.evaluation.view;

import org.dinobench.ui.common.theme.Palette;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;

/** A drawn part of the report on the page's ground. */
abstract class ReportPart extends Canvas {
    ReportPart(Composite parent) {
        super(parent, SWT.DOUBLE_BUFFERED);
        addListener(SWT.Paint, e -> {
            Palette palette = Palette.of(getParent());
            e.gc.setAntialias(SWT.ON);
            e.gc.setBackground(getParent().getBackground());
            e.gc.fillRectangle(getClientArea());
            paint(e.gc, palette, getClientArea());
        });
    }

    abstract void paint(GC gc, Palette palette, Rectangle area);

    abstract int heightFor(int width);

    @Override
    public Point computeSize(int wHint, int hHint, boolean changed) {
        int width = wHint == SWT.DEFAULT ? 600 : wHint;
        return new Point(width, hHint == SWT.DEFAULT ? heightFor(width) : hHint);
    }
}
