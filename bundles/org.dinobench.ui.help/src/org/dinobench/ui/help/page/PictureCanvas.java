package org.dinobench.ui.help.page;

import org.dinobench.ui.common.parts.AccessibleName;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;

/** A picture that shrinks to the room there is, and never grows. */
final class PictureCanvas extends Canvas {
    private final Image image;

    /** @param image disposed with this control @param words what it shows */
    PictureCanvas(Composite parent, Image image, String words) {
        super(parent, SWT.DOUBLE_BUFFERED);
        this.image = image;
        setToolTipText(words);
        AccessibleName.set(this, () -> words);
        addListener(SWT.Dispose, e -> image.dispose());
        addListener(SWT.Paint, e -> {
            Rectangle from = image.getBounds();
            Point to = size(getClientArea().width);
            e.gc.setAdvanced(true);
            e.gc.setInterpolation(SWT.HIGH);
            e.gc.drawImage(image, 0, 0, from.width, from.height, 0, 0, to.x, to.y);
        });
    }

    private Point size(int width) {
        Rectangle bounds = image.getBounds();
        int wide = width <= 0 ? bounds.width : Math.min(bounds.width, width);
        return new Point(wide, bounds.height * wide / bounds.width);
    }

    @Override
    public Point computeSize(int wHint, int hHint, boolean changed) {
        return size(wHint);
    }
}
