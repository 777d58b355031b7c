package org.dinobench.ui.curator.view;

import java.util.List;
import java.util.function.Consumer;
import org.dinobench.ui.common.grid.Ellipsis;
import org.dinobench.ui.common.parts.CardCanvas;
import org.dinobench.ui.common.theme.Fonts;
import org.dinobench.ui.common.theme.Palette;
import org.dinobench.ui.curator.model.DatasetContent;
import org.dinobench.ui.curator.model.ImageElement;
import org.dinobench.ui.curator.similarity.SimilarityCanvas;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Composite;

/** The images nearest to one in the embedding, the nearest first, with their similarity; opening one inspects it. */
final class NeighbourCards extends CardCanvas<NeighbourCards.Neighbour> {
    private static final int PICTURE = 64;
    private static final int PAD = 6;
    private static final int HEIGHT = PICTURE + 2 * PAD + 18;

    private final Fonts fonts = new Fonts(this);
    private final PictureStrip pictures = new PictureStrip(this, 96);
    private final Consumer<ImageElement> onOpen;
    private DatasetContent content;

    /**
     * An image and how near it is.
     *
     * @param image the image
     * @param similarity cosine
     */
    record Neighbour(ImageElement image, double similarity) {}

    NeighbourCards(Composite parent, Consumer<ImageElement> onOpen) {
        super(parent, PICTURE + 2 * PAD, HEIGHT);
        this.onOpen = onOpen;
    }

    void show(DatasetContent of, List<Neighbour> neighbours) {
        content = of;
        setCards(neighbours);
    }

    @Override
    protected void paintCard(GC gc, Palette palette, Neighbour neighbour, Rectangle area) {
        int x = area.x + (area.width - PICTURE) / 2;
        pictures.paint(
                gc,
                palette,
                neighbour.image(),
                new Rectangle(x, area.y + PAD, PICTURE, PICTURE),
                !neighbour.image().entry().keep());
        gc.setFont(fonts.caption());
        gc.setBackground(
                palette.category(content.colorOf(neighbour.image().entry().label())));
        gc.fillOval(x, area.y + PICTURE + PAD + 5, 8, 8);
        gc.setForeground(palette.text());
        String text = SimilarityCanvas.text(neighbour.similarity());
        gc.drawText(Ellipsis.middle(gc, text, PICTURE - 12), x + 12, area.y + PICTURE + PAD + 1, true);
    }

    @Override
    protected void opened(Neighbour neighbour) {
        onOpen.accept(neighbour.image());
    }

    @Override
    protected void drawn(List<Neighbour> visible) {
        pictures.want(visible.stream().map(Neighbour::image).toList());
    }

    @Override
    protected IStructuredSelection selectionOf(Neighbour neighbour) {
        return new StructuredSelection(neighbour.image());
    }
}
