package org.dinobench.ui.curator.view;

import java.util.List;
import java.util.function.BiConsumer;
import org.dinobench.ui.common.grid.Ellipsis;
import org.dinobench.ui.common.parts.CardCanvas;
import org.dinobench.ui.common.theme.Fonts;
import org.dinobench.ui.common.theme.Palette;
import org.dinobench.ui.curator.Messages;
import org.dinobench.ui.curator.model.DatasetContent;
import org.dinobench.ui.curator.model.Duplicates;
import org.dinobench.ui.curator.model.ImageElement;
import org.dinobench.ui.curator.similarity.SimilarityCanvas;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;

/** Near-duplicate groups, one row each, their pictures side by side. */
final class DuplicateRows extends CardCanvas<Duplicates> {
    private static final String DOT = " \u00b7 "; // $NON-NLS-1$
    private static final int PICTURE = 100;
    private static final int PAD = 12;
    private static final int STEP = PICTURE + 8;
    private static final int SIDE = 116;
    private static final int HEIGHT = PICTURE + 2 * PAD + 34;

    private final Fonts fonts;
    private final PictureStrip pictures;
    private final BiConsumer<ImageElement, Boolean> onDecide;
    private DatasetContent content;
    private long pickedImage = -1;
    private boolean differences;

    DuplicateRows(Composite parent, BiConsumer<ImageElement, Boolean> onDecide) {
        super(parent, SIDE + 4 * STEP + PAD, HEIGHT);
        this.fonts = new Fonts(this);
        this.pictures = new PictureStrip(this, 128);
        this.onDecide = onDecide;
    }

    /** Shows groups of a dataset and keeps the chosen one. */
    void show(DatasetContent newContent, List<Duplicates> rows) {
        content = newContent;
        Duplicates before = chosen();
        setCards(rows);
        if (before != null && chosen() == null) {
            for (int i = 0; i < rows.size(); i++) {
                if (rows.get(i).number() == before.number()) {
                    choose(i);
                }
            }
        }
        // the workbench holds the images as they were before a decision
        fire();
    }

    /** Whether what differs from the image that stands for the group is drawn instead of the pictures. */
    void setDifferences(boolean show) {
        differences = show;
        redraw();
    }

    @Override
    public void choose(int index) {
        super.choose(index);
        Duplicates group = chosen();
        if (group != null && group.images().stream().noneMatch(i -> i.entry().id() == pickedImage)) {
            pick(group, 0);
        }
    }

    private void pick(Duplicates group, int place) {
        pickedImage = group.images().get(place).entry().id();
        redraw();
        fire();
    }

    @Override
    protected void paintCard(GC gc, Palette palette, Duplicates group, Rectangle area) {
        int x = area.x + PAD;
        int y = area.y + PAD;
        gc.setFont(fonts.strong());
        gc.setForeground(palette.text());
        gc.drawText(NLS.bind(Messages.Duplicates_Group, group.number()), x, y, true);
        gc.setFont(fonts.caption());
        gc.setForeground(palette.subtle());
        gc.drawText(NLS.bind(Messages.Thumbnails_Count, group.images().size()), x, y + 22, true);
        if (group.conflicting()) {
            Point size = gc.textExtent(Messages.Duplicates_Conflict);
            gc.setBackground(palette.warning());
            gc.fillRoundRectangle(x, y + 46, size.x + 14, size.y + 6, size.y + 6, size.y + 6);
            gc.setForeground(palette.canvas());
            gc.drawText(Messages.Duplicates_Conflict, x + 7, y + 49, true);
        }
        int fit = fitting(group, area);
        for (int i = 0; i < fit; i++) {
            picture(gc, palette, group, group.images().get(i), area.x + SIDE + i * STEP, y);
        }
        int more = group.images().size() - fit;
        if (more > 0) {
            gc.setForeground(palette.subtle());
            gc.drawText("+" + more, area.x + SIDE + fit * STEP, y + PICTURE / 2, true); // $NON-NLS-1$
        }
    }

    private static int fitting(Duplicates group, Rectangle area) {
        int room = Math.max(1, (area.width - SIDE - PAD + STEP - PICTURE) / STEP);
        // the number of those that do not fit takes a picture's place
        return room >= group.images().size() ? group.images().size() : Math.max(1, room - 1);
    }

    private void picture(GC gc, Palette palette, Duplicates group, ImageElement image, int x, int y) {
        boolean kept = group.keeps(image);
        if (image.entry().id() == pickedImage) {
            gc.setForeground(palette.accent());
            gc.setLineWidth(2);
            gc.drawRoundRectangle(x - 4, y - 4, PICTURE + 8, PICTURE + 8, 8, 8);
            gc.setLineWidth(1);
        }
        pictures.paint(gc, palette, key(group, image), new Rectangle(x, y, PICTURE, PICTURE), false);
        gc.setBackground(palette.category(content.colorOf(image.entry().label())));
        gc.fillOval(x, y + PICTURE + 7, 8, 8);
        gc.setFont(fonts.caption());
        gc.setForeground(palette.text());
        String label =
                image.entry().label().isEmpty() ? image.name() : image.entry().label();
        gc.drawText(Ellipsis.middle(gc, label, PICTURE - 14), x + 12, y + PICTURE + 2, true);
        gc.setForeground(kept ? palette.good() : palette.bad());
        StringBuilder second = new StringBuilder(kept ? Messages.Duplicates_Kept : Messages.Duplicates_Dropped);
        if (group.similarityOf(image).isPresent() && image != group.images().get(0)) {
            second.append(DOT)
                    .append(SimilarityCanvas.text(group.similarityOf(image).getAsDouble()));
        }
        if (!image.entry().split().isEmpty()) {
            second.append(DOT).append(image.entry().split());
        }
        gc.drawText(Ellipsis.middle(gc, second.toString(), PICTURE), x + 12, y + PICTURE + 17, true);
    }

    private Object key(Duplicates group, ImageElement image) {
        ImageElement first = group.images().get(0);
        return differences && image != first
                ? new DifferenceLoader.Key(image.pictureKey(), first.pictureKey())
                : image.pictureKey();
    }

    @Override
    protected void clicked(Duplicates group, int x, int y, Event event) {
        int index = (x - SIDE) / STEP;
        pick(group, x >= SIDE && index < group.images().size() ? index : 0);
    }

    @Override
    protected boolean keyedInside(Duplicates group, Event event) {
        int step = event.keyCode == SWT.ARROW_LEFT ? -1 : event.keyCode == SWT.ARROW_RIGHT ? 1 : 0;
        if (step == 0) {
            return false;
        }
        for (int i = 0; i < group.images().size(); i++) {
            if (group.images().get(i).entry().id() == pickedImage) {
                pick(group, Math.max(0, Math.min(group.images().size() - 1, i + step)));
                return true;
            }
        }
        pick(group, 0);
        return true;
    }

    @Override
    protected void keyed(Duplicates group, Event event) {
        // where the key bindings of pictures are switched off, the keys work all the same
        if (event.character == 'k' || event.character == 'd') {
            boolean keep = event.character == 'k';
            group.images().stream()
                    .filter(i -> i.entry().id() == pickedImage)
                    .findFirst()
                    .ifPresent(i -> onDecide.accept(i, keep));
        }
    }

    @Override
    protected void opened(Duplicates group) {
        setFocus();
    }

    @Override
    protected void drawn(List<Duplicates> visible) {
        pictures.wantKeys(visible.stream()
                .flatMap(d -> d.images().stream().limit(12).map(i -> key(d, i)))
                .toList());
    }

    @Override
    protected IStructuredSelection selectionOf(Duplicates group) {
        List<ImageElement> picked = group.images().stream()
                .filter(i -> i.entry().id() == pickedImage)
                .toList();
        return new StructuredSelection(picked.isEmpty() ? group.images() : picked);
    }
}
