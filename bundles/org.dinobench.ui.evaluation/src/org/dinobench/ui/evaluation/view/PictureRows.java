package org.dinobench.ui.evaluation.view;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dinobench.ui.common.grid.ThumbnailPipeline;
import org.dinobench.ui.common.grid.ThumbnailPipeline.Request;
import org.dinobench.ui.common.theme.Fonts;
import org.dinobench.ui.common.theme.Palette;
import org.dinobench.ui.evaluation.Messages;
import org.dinobench.ui.evaluation.model.EvaluationReport.PictureRow;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Composite;

/** Images with their attention and their patch components side by side. */
final class PictureRows extends ReportPart {
    private static final int SIDE = 148;
    private static final int GAP = 6;
    private static final int BETWEEN = 26;
    private static final int HEAD = 22;
    private static final int SIZE = 384;
    private static final int SET = 3 * SIDE + 2 * GAP;
    private static final long CACHE_BYTES = 64L << 20;

    private final Fonts fonts = new Fonts(this);
    private final List<PictureRow> rows;
    private final ThumbnailPipeline pipeline;

    PictureRows(Composite parent, List<PictureRow> rows) {
        super(parent);
        this.rows = rows;
        this.pipeline = new ThumbnailPipeline(getDisplay(), PictureRows::load, 1, CACHE_BYTES, () -> {
            if (!isDisposed()) {
                redraw();
            }
        });
        addListener(SWT.Dispose, e -> pipeline.close());
        List<Request> all = new ArrayList<>();
        for (PictureRow row : rows) {
            all.add(new Request(row.image(), SIZE));
            row.attention().ifPresent(p -> all.add(new Request(p, SIZE)));
            row.pca().ifPresent(p -> all.add(new Request(p, SIZE)));
        }
        pipeline.want(all);
    }

    private static ImageData load(Object key, int size) throws IOException {
        try (var in = Files.newInputStream((Path) key)) {
            return new ImageData(in);
        }
    }

    private static int columns(int width) {
        return Math.max(1, (width + BETWEEN) / (SET + BETWEEN));
    }

    @Override
    int heightFor(int width) {
        int lines = (rows.size() + columns(width) - 1) / columns(width);
        return HEAD + lines * (SIDE + 12);
    }

    @Override
    void paint(GC gc, Palette palette, Rectangle area) {
        int columns = columns(area.width);
        gc.setInterpolation(SWT.HIGH);
        gc.setFont(fonts.caption());
        for (int c = 0; c < Math.min(columns, rows.size()); c++) {
            int x = c * (SET + BETWEEN);
            gc.setForeground(palette.subtle());
            gc.drawText(Messages.Picture_Image, x, 2, true);
            gc.drawText(Messages.Picture_Attention, x + SIDE + GAP, 2, true);
            gc.drawText(Messages.Picture_Pca, x + 2 * (SIDE + GAP), 2, true);
        }
        for (int i = 0; i < rows.size(); i++) {
            int x = (i % columns) * (SET + BETWEEN);
            int y = HEAD + (i / columns) * (SIDE + 12);
            PictureRow row = rows.get(i);
            picture(gc, palette, Optional.of(row.image()), x, y);
            picture(gc, palette, row.attention(), x + SIDE + GAP, y);
            picture(gc, palette, row.pca(), x + 2 * (SIDE + GAP), y);
        }
    }

    private void picture(GC gc, Palette palette, Optional<Path> file, int x, int y) {
        Image image = file.map(f -> pipeline.get(new Request(f, SIZE))).orElse(null);
        if (image == null) {
            gc.setBackground(palette.card());
            gc.fillRoundRectangle(x, y, SIDE, SIDE, 6, 6);
            return;
        }
        Rectangle size = image.getBounds();
        double scale = Math.min((double) SIDE / size.width, (double) SIDE / size.height);
        int w = Math.max(1, (int) Math.round(size.width * scale));
        int h = Math.max(1, (int) Math.round(size.height * scale));
        gc.drawImage(image, 0, 0, size.width, size.height, x + (SIDE - w) / 2, y + (SIDE - h) / 2, w, h);
    }
}
