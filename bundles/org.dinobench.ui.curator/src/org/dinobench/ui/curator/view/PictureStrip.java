package org.dinobench.ui.curator.view;

import java.util.ArrayList;
import java.util.List;
import org.dinobench.ui.common.grid.ThumbnailPipeline;
import org.dinobench.ui.common.grid.ThumbnailPipeline.Request;
import org.dinobench.ui.common.prefs.Settings;
import org.dinobench.ui.common.theme.Palette;
import org.dinobench.ui.curator.model.ImageElement;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Control;

/** Pictures in a row, for cards. */
final class PictureStrip {
    private static final long CACHE_BYTES = 64L << 20;

    private final ThumbnailPipeline pipeline;
    private final int decodeSize;

    PictureStrip(Control owner, int decodeSize) {
        this.decodeSize = decodeSize;
        this.pipeline = new ThumbnailPipeline(
                owner.getDisplay(), new DifferenceLoader(), Settings.threads(), CACHE_BYTES, () -> {
                    if (!owner.isDisposed()) {
                        owner.redraw();
                    }
                });
        owner.addListener(SWT.Dispose, e -> pipeline.close());
    }

    void paint(GC gc, Palette palette, ImageElement element, Rectangle box, boolean pale) {
        paint(gc, palette, element.pictureKey(), box, pale);
    }

    /** Draws the picture of a key, a {@code PictureKey} or a {@code DifferenceLoader.Key}. */
    void paint(GC gc, Palette palette, Object key, Rectangle box, boolean pale) {
        Image image = pipeline.get(new Request(key, decodeSize));
        if (image == null) {
            gc.setBackground(palette.canvas());
            gc.fillRoundRectangle(box.x, box.y, box.width, box.height, 6, 6);
            return;
        }
        Rectangle size = image.getBounds();
        double scale = Math.min((double) box.width / size.width, (double) box.height / size.height);
        int w = Math.max(1, (int) Math.round(size.width * scale));
        int h = Math.max(1, (int) Math.round(size.height * scale));
        gc.setAlpha(pale ? 90 : 255);
        gc.setInterpolation(SWT.LOW);
        gc.drawImage(
                image, 0, 0, size.width, size.height, box.x + (box.width - w) / 2, box.y + (box.height - h) / 2, w, h);
        gc.setAlpha(255);
    }

    void want(List<ImageElement> elements) {
        wantKeys(elements.stream().map(ImageElement::pictureKey).toList());
    }

    void wantKeys(List<?> keys) {
        List<Request> requests = new ArrayList<>();
        keys.forEach(key -> requests.add(new Request(key, decodeSize)));
        pipeline.want(requests);
    }

    boolean idle() {
        return pipeline.idle();
    }
}
