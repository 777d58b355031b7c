package org.dinobench.ui.evaluation.view;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.imaging.BrokenImageException;
import org.dinobench.imaging.ImageReader;
import org.dinobench.imaging.RgbImage;
import org.dinobench.ui.common.grid.Ellipsis;
import org.dinobench.ui.common.grid.ThumbnailPipeline;
import org.dinobench.ui.common.grid.ThumbnailPipeline.Request;
import org.dinobench.ui.common.theme.Fonts;
import org.dinobench.ui.common.theme.Palette;
import org.dinobench.ui.evaluation.Messages;
import org.dinobench.ui.evaluation.model.CellImages;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.PaletteData;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Display;

/** The images of the cell of the confusion matrix that was clicked. */
final class CellPictures extends ReportPart {
    private static final int SIDE = 96;
    private static final int STEP = SIDE + 10;
    private static final int HEAD = 24;
    private static final int LINE = SIDE + 26;
    private static final int MOST = 120;
    private static final long CACHE_BYTES = 32L << 20;

    private final Fonts fonts = new Fonts(this);
    private final Path evaluation;
    private final Runnable onSize;
    private final ThumbnailPipeline pipeline;
    private String words;
    private List<Path> files = List.of();

    CellPictures(Composite parent, Path evaluation, Runnable onSize) {
        super(parent);
        this.evaluation = evaluation;
        this.onSize = onSize;
        this.words = CellImages.listed(evaluation) ? Messages.Cell_Choose : Messages.Cell_NoPredictions;
        this.pipeline = new ThumbnailPipeline(getDisplay(), CellPictures::load, 1, CACHE_BYTES, () -> {
            if (!isDisposed()) {
                redraw();
            }
        });
        addListener(org.eclipse.swt.SWT.Dispose, e -> pipeline.close());
    }

    private static ImageData load(Object key, int size) throws IOException {
        try {
            RgbImage image = new ImageReader().readAtMost((Path) key, size);
            ImageData data = new ImageData(image.width(), image.height(), 24, new PaletteData(0xFF0000, 0xFF00, 0xFF));
            int row = image.width() * 3;
            for (int y = 0; y < image.height(); y++) {
                System.arraycopy(image.rgb(), y * row, data.data, y * data.bytesPerLine, row);
            }
            return data;
        } catch (BrokenImageException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    void show(String truth, String predicted) {
        if (!CellImages.listed(evaluation)) {
            return;
        }
        Display display = getDisplay();
        Job.createSystem(Messages.Cell_Choose, monitor -> {
                    List<Path> found = List.of();
                    String problem = ""; // $NON-NLS-1$
                    try {
                        found = CellImages.of(evaluation, truth, predicted);
                    } catch (IOException | BadInputException e) {
                        problem = e.getMessage();
                    }
                    List<Path> now = found;
                    String why = problem;
                    if (!display.isDisposed()) {
                        display.asyncExec(() -> fill(truth, predicted, now, why));
                    }
                    return Status.OK_STATUS;
                })
                .schedule();
    }

    private void fill(String truth, String predicted, List<Path> found, String problem) {
        if (isDisposed()) {
            return;
        }
        files = found.subList(0, Math.min(MOST, found.size()));
        words = !problem.isEmpty()
                ? problem
                : found.isEmpty()
                        ? Messages.Cell_None
                        : NLS.bind(Messages.Cell_Pictures, new Object[] {truth, predicted, found.size()});
        pipeline.want(files.stream().map(f -> new Request(f, SIDE)).toList());
        onSize.run();
        redraw();
    }

    List<Path> files() {
        return files;
    }

    @Override
    int heightFor(int width) {
        int columns = Math.max(1, width / STEP);
        return HEAD + (files.size() + columns - 1) / columns * LINE;
    }

    @Override
    void paint(GC gc, Palette palette, Rectangle area) {
        gc.setFont(fonts.body());
        gc.setForeground(palette.subtle());
        gc.drawText(words, 0, 2, true);
        int columns = Math.max(1, area.width / STEP);
        gc.setFont(fonts.caption());
        for (int i = 0; i < files.size(); i++) {
            int x = i % columns * STEP;
            int y = HEAD + i / columns * LINE;
            Image image = pipeline.get(new Request(files.get(i), SIDE));
            gc.setBackground(palette.card());
            gc.fillRoundRectangle(x, y, SIDE, SIDE, 6, 6);
            if (image != null) {
                Rectangle size = image.getBounds();
                double scale = Math.min((double) SIDE / size.width, (double) SIDE / size.height);
                int w = Math.max(1, (int) (size.width * scale));
                int h = Math.max(1, (int) (size.height * scale));
                gc.drawImage(image, 0, 0, size.width, size.height, x + (SIDE - w) / 2, y + (SIDE - h) / 2, w, h);
            }
            gc.setForeground(palette.subtle());
            gc.drawText(Ellipsis.middle(gc, files.get(i).getFileName().toString(), SIDE), x, y + SIDE + 3, true);
        }
    }
}
