package org.dinobench.ui.curator.view;

import java.util.List;
import java.util.function.Consumer;
import org.dinobench.ui.common.grid.Ellipsis;
import org.dinobench.ui.common.parts.CardCanvas;
import org.dinobench.ui.common.parts.Words;
import org.dinobench.ui.common.theme.Fonts;
import org.dinobench.ui.common.theme.Palette;
import org.dinobench.ui.curator.Messages;
import org.dinobench.ui.curator.model.Cluster;
import org.dinobench.ui.curator.model.DatasetContent;
import org.dinobench.ui.curator.model.ImageElement;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Composite;

/** Clusters as cards: prototypes, size, and a bar with the mix of labels. */
final class ClusterCards extends CardCanvas<Cluster> {
    private static final int ROWS = 2;
    private static final int COLUMNS = 4;
    private static final int WANTED = 16;
    private static final int PICTURE = 66;
    private static final int PAD = 10;
    private static final int STEP = PICTURE + 6;
    private static final int WIDTH = COLUMNS * STEP - 6 + 2 * PAD;
    private static final int HEAD = 26;
    private static final int HEIGHT = PAD + HEAD + 2 * STEP + 40;

    private final Fonts fonts;
    private final PictureStrip pictures;
    private final Consumer<Cluster> onOpen;
    private DatasetContent content;

    ClusterCards(Composite parent, Consumer<Cluster> onOpen) {
        super(parent, WIDTH, HEIGHT);
        this.fonts = new Fonts(this);
        this.pictures = new PictureStrip(this, 96);
        this.onOpen = onOpen;
    }

    void show(DatasetContent newContent) {
        content = newContent;
        setCards(newContent.clusters());
    }

    @Override
    protected void paintCard(GC gc, Palette palette, Cluster cluster, Rectangle area) {
        int x = area.x + PAD;
        int y = area.y + PAD - 2;
        gc.setFont(fonts.strong());
        gc.setForeground(palette.text());
        gc.drawText(NLS.bind(Messages.Clusters_Title, cluster.number()), x, y, true);
        gc.setFont(fonts.caption());
        gc.setForeground(palette.subtle());
        String size =
                NLS.bind(Messages.Clusters_Images, Words.count(cluster.images().size()));
        Point extent = gc.textExtent(size);
        gc.drawText(size, area.x + area.width - PAD - extent.x, y + 1, true);
        y += HEAD;
        int inner = area.width - 2 * PAD;
        int columns = Math.max(COLUMNS, (inner + STEP - PICTURE) / STEP);
        // what the columns leave is spread between them, so that the last picture ends where the bar below ends
        double step = (inner - PICTURE) / (double) (columns - 1);
        for (int i = 0; i < Math.min(ROWS * columns, cluster.images().size()); i++) {
            int left = x + (int) Math.round((i % columns) * step);
            Rectangle box = new Rectangle(left, y + (i / columns) * STEP, PICTURE, PICTURE);
            pictures.paint(gc, palette, cluster.images().get(i), box, false);
        }
        mix(gc, palette, cluster, x, area.y + area.height - 36, area.width - 2 * PAD);
    }

    private void mix(GC gc, Palette palette, Cluster cluster, int x, int y, int width) {
        double from = 0;
        for (Cluster.LabelShare share : cluster.mix()) {
            int left = (int) Math.round(from * width);
            from += share.share();
            int right = (int) Math.round(from * width);
            gc.setBackground(palette.category(content.colorOf(share.label())));
            gc.fillRectangle(x + left, y, Math.max(1, right - left - 1), 5);
        }
        Cluster.LabelShare first = cluster.mix().get(0);
        String name = first.label().isEmpty() ? Messages.Thumbnails_Unlabelled : first.label();
        String text = NLS.bind(Messages.Clusters_Pure, Math.round(first.share() * 100), name);
        gc.setFont(fonts.caption());
        gc.setForeground(palette.subtle());
        gc.drawText(Ellipsis.middle(gc, text, width), x, y + 9, true);
    }

    @Override
    protected void opened(Cluster cluster) {
        onOpen.accept(cluster);
    }

    @Override
    protected void drawn(List<Cluster> visible) {
        pictures.want(
                visible.stream().flatMap(c -> c.images().stream().limit(WANTED)).toList());
    }

    @Override
    protected IStructuredSelection selectionOf(Cluster cluster) {
        List<ImageElement> images = cluster.images();
        return new StructuredSelection(images);
    }
}
