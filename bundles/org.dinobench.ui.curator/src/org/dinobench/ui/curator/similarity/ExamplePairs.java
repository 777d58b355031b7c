package org.dinobench.ui.curator.similarity;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.dinobench.core.workspace.DatasetDirectory;
import org.dinobench.curator.dedup.StoredSimilarities;
import org.dinobench.ui.common.grid.ThumbnailPipeline;
import org.dinobench.ui.common.grid.ThumbnailPipeline.Request;
import org.dinobench.ui.common.parts.AccessibleName;
import org.dinobench.ui.common.prefs.Settings;
import org.dinobench.ui.common.theme.Fonts;
import org.dinobench.ui.common.theme.Palette;
import org.dinobench.ui.curator.Messages;
import org.dinobench.ui.curator.model.PictureKey;
import org.dinobench.ui.curator.model.PictureLoader;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;

/** Pairs of images that are about as alike as the threshold, in a row: the eye says whether they are copies. */
public final class ExamplePairs extends Canvas {
    private static final int SIDE = 72;
    private static final int BETWEEN = 3;
    private static final int GAP = 14;
    private static final int HEIGHT = SIDE + 22;
    private static final int DECODE = 96;
    private static final long CACHE_BYTES = 16L << 20;

    private final Fonts fonts = new Fonts(this);
    private final ThumbnailPipeline pipeline;
    private List<StoredSimilarities.Example> pairs = List.of();
    private DatasetDirectory dataset;
    private double threshold;

    /** An empty row. @param parent the parent */
    public ExamplePairs(Composite parent) {
        super(parent, SWT.DOUBLE_BUFFERED | SWT.NO_BACKGROUND);
        pipeline = new ThumbnailPipeline(getDisplay(), new PictureLoader(), Settings.threads(), CACHE_BYTES, () -> {
            if (!isDisposed()) {
                redraw();
            }
        });
        AccessibleName.set(this, () -> NLS.bind(Messages.Similarity_Examples, SimilarityCanvas.text(threshold)));
        addListener(SWT.Paint, e -> paint(e.gc));
        addListener(SWT.Dispose, e -> pipeline.close());
    }

    /**
     * Shows pairs, those nearest to the threshold, the less alike left.
     *
     * @param of the dataset that they belong to
     * @param examples pairs
     * @param around the threshold
     */
    public void show(DatasetDirectory of, List<StoredSimilarities.Example> examples, double around) {
        dataset = of;
        threshold = around;
        pairs = examples.stream()
                .sorted(Comparator.comparingDouble(p -> Math.abs(p.similarity() - around)))
                .toList();
        redraw();
    }

    @Override
    public Point computeSize(int width, int height, boolean changed) {
        return new Point(width == SWT.DEFAULT ? 4 * (2 * SIDE + GAP) : width, height == SWT.DEFAULT ? HEIGHT : height);
    }

    /** {@return number of pairs that are drawn, for tests} */
    public int shown() {
        return Math.min(pairs.size(), fitting());
    }

    private int fitting() {
        return Math.max(1, (getClientArea().width + GAP) / (2 * SIDE + BETWEEN + GAP));
    }

    private void paint(GC gc) {
        Palette palette = Palette.of(getParent());
        gc.setBackground(palette.canvas());
        gc.fillRectangle(getClientArea());
        List<StoredSimilarities.Example> seen = new ArrayList<>(pairs.subList(0, shown()));
        seen.sort(Comparator.comparingDouble(StoredSimilarities.Example::similarity));
        List<Request> wanted = new ArrayList<>();
        gc.setFont(fonts.caption());
        int x = 0;
        for (StoredSimilarities.Example pair : seen) {
            draw(gc, palette, request(pair.first(), wanted), x);
            draw(gc, palette, request(pair.second(), wanted), x + SIDE + BETWEEN);
            gc.setForeground(pair.similarity() >= threshold ? palette.accent() : palette.subtle());
            String text = NLS.bind(
                    pair.similarity() >= threshold ? Messages.Similarity_Copies : Messages.Similarity_Different,
                    SimilarityCanvas.text(pair.similarity()));
            gc.drawText(text, x, SIDE + 4, true);
            x += 2 * SIDE + BETWEEN + GAP;
        }
        pipeline.want(wanted);
    }

    private Request request(String path, List<Request> wanted) {
        Request request = new Request(new PictureKey(dataset, "", Path.of(path), false), DECODE); // $NON-NLS-1$
        wanted.add(request);
        return request;
    }

    private void draw(GC gc, Palette palette, Request request, int x) {
        Image image = pipeline.get(request);
        if (image == null) {
            gc.setBackground(palette.card());
            gc.fillRectangle(x, 0, SIDE, SIDE);
            return;
        }
        Rectangle size = image.getBounds();
        double scale = Math.min((double) SIDE / size.width, (double) SIDE / size.height);
        int w = Math.max(1, (int) Math.round(size.width * scale));
        int h = Math.max(1, (int) Math.round(size.height * scale));
        gc.drawImage(image, 0, 0, size.width, size.height, x + (SIDE - w) / 2, (SIDE - h) / 2, w, h);
    }
}
