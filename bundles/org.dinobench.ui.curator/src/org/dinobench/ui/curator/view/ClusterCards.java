package org.dinobench.ui.curator.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
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
import org.dinobench.ui.curator.review.ClusterTitle;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;

/**
 * Clusters as cards: name, size, prototypes, a bar with the mix of labels, purity and spread. Ctrl and a click, or the
 * space key, mark several cards.
 */
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
    private final Set<Integer> marked = new TreeSet<>();
    private DatasetContent content;

    ClusterCards(Composite parent, Consumer<Cluster> onOpen) {
        super(parent, WIDTH, HEIGHT);
        this.fonts = new Fonts(this);
        this.pictures = new PictureStrip(this, 96);
        this.onOpen = onOpen;
    }

    void show(DatasetContent newContent) {
        content = newContent;
        Cluster before = chosen();
        List<Cluster> clusters = newContent.clusters();
        marked.retainAll(clusters.stream().map(Cluster::number).toList());
        setCards(clusters);
        if (before != null && chosen() == null) {
            for (int i = 0; i < clusters.size(); i++) {
                if (clusters.get(i).number() == before.number()) {
                    choose(i);
                }
            }
        }
    }

    /** {@return the marked cards, or else the chosen one; the chosen one first} */
    List<Cluster> picked() {
        Cluster first = chosen();
        List<Cluster> picked = new ArrayList<>();
        if (first != null) {
            picked.add(first);
        }
        cards().stream()
                .filter(c -> marked.contains(c.number()) && !c.equals(first))
                .forEach(picked::add);
        return picked;
    }

    /** Marks a card, or takes the mark away. */
    void mark(Cluster cluster) {
        if (!marked.remove(cluster.number())) {
            marked.add(cluster.number());
        }
        redraw();
        fire();
    }

    void unmarkAll() {
        marked.clear();
        redraw();
    }

    @Override
    protected void clicked(Cluster cluster, int x, int y, Event event) {
        if ((event.stateMask & SWT.MOD1) != 0) {
            mark(cluster);
        } else if (event.button == 1 && !marked.isEmpty()) {
            unmarkAll();
            fire();
        }
    }

    @Override
    protected void keyed(Cluster cluster, Event event) {
        if (event.character == ' ') {
            mark(cluster);
        } else if (event.character == SWT.ESC && !marked.isEmpty()) {
            unmarkAll();
            fire();
        }
    }

    @Override
    protected void paintCard(GC gc, Palette palette, Cluster cluster, Rectangle area) {
        if (marked.contains(cluster.number())) {
            markOf(gc, palette, area);
        }
        int x = area.x + PAD;
        int y = area.y + PAD - 2;
        gc.setFont(fonts.strong());
        gc.setForeground(palette.text());
        String title = ClusterTitle.of(cluster);
        gc.setFont(fonts.caption());
        String size =
                NLS.bind(Messages.Clusters_Images, Words.count(cluster.images().size()));
        Point extent = gc.textExtent(size);
        gc.setFont(fonts.strong());
        gc.drawText(Ellipsis.middle(gc, title, area.width - 3 * PAD - extent.x), x, y, true);
        gc.setFont(fonts.caption());
        gc.setForeground(palette.subtle());
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
        gc.setFont(fonts.caption());
        gc.setForeground(palette.subtle());
        String spread = cluster.spread().isPresent()
                ? NLS.bind(
                        Messages.Clusters_Spread,
                        String.format(Locale.ROOT, "%.2f", cluster.spread().getAsDouble())) // $NON-NLS-1$
                : ""; //$NON-NLS-1$
        Point extent = gc.textExtent(spread);
        gc.drawText(spread, x + width - extent.x, y + 9, true);
        String pure = cluster.purity().isPresent()
                ? NLS.bind(Messages.Clusters_Pure, Math.round(cluster.purity().getAsDouble() * 100), cluster.label())
                : Messages.Thumbnails_Unlabelled;
        gc.drawText(Ellipsis.middle(gc, pure, width - extent.x - PAD), x, y + 9, true);
    }

    private void markOf(GC gc, Palette palette, Rectangle area) {
        gc.setForeground(palette.accent());
        gc.setLineWidth(3);
        gc.drawRoundRectangle(area.x + 1, area.y + 1, area.width - 3, area.height - 3, 10, 10);
        gc.setLineWidth(1);
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
        List<ImageElement> images = new ArrayList<>(cluster.images());
        cards().stream()
                .filter(c -> marked.contains(c.number()) && !c.equals(cluster))
                .forEach(c -> images.addAll(c.images()));
        return new StructuredSelection(images);
    }
}
