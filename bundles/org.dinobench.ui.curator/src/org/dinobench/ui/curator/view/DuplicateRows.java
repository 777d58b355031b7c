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
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;

/** Near-duplicate groups, one row each, their pictures side by side. */
final class DuplicateRows extends CardCanvas<Duplicates> {
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

    DuplicateRows(Composite parent, BiConsumer<ImageElement, Boolean> onDecide) {
        super(parent, SIDE + 4 * STEP + PAD, HEIGHT);
        this.fonts = new Fonts(this);
        this.pictures = new PictureStrip(this, 128);
        this.onDecide = onDecide;
    }

    void show(DatasetContent newContent, boolean onlyConflicts) {
        content = newContent;
        Duplicates before = chosen();
        List<Duplicates> rows = newContent.duplicates().stream()
                .filter(d -> !onlyConflicts || d.conflicting())
                .toList();
        setCards(rows);
        if (before != null && chosen() == null) {
            for (int i = 0; i < rows.size(); i++) {
                if (rows.get(i).number() == before.number()) {
                    choose(i);
                }
            }
        }
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
            picture(gc, palette, group.images().get(i), area.x + SIDE + i * STEP, y);
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

    private void picture(GC gc, Palette palette, ImageElement image, int x, int y) {
        boolean kept = image.entry().keep();
        if (image.entry().id() == pickedImage) {
            gc.setForeground(palette.accent());
            gc.setLineWidth(2);
            gc.drawRoundRectangle(x - 4, y - 4, PICTURE + 8, PICTURE + 8, 8, 8);
            gc.setLineWidth(1);
        }
        pictures.paint(gc, palette, image, new Rectangle(x, y, PICTURE, PICTURE), false);
        gc.setBackground(palette.category(content.colorOf(image.entry().label())));
        gc.fillOval(x, y + PICTURE + 7, 8, 8);
        gc.setFont(fonts.caption());
        gc.setForeground(palette.text());
        String label =
                image.entry().label().isEmpty() ? image.name() : image.entry().label();
        gc.drawText(Ellipsis.middle(gc, label, PICTURE - 14), x + 12, y + PICTURE + 2, true);
        gc.setForeground(kept ? palette.good() : palette.bad());
        String state = kept ? Messages.Duplicates_Kept : Messages.Duplicates_Dropped;
        String split = image.entry().split();
        String second = split.isEmpty() ? state : state + " \u00b7 " + split; // $NON-NLS-1$
        gc.drawText(second, x + 12, y + PICTURE + 17, true);
    }

    @Override
    protected void clicked(Duplicates group, int x, int y, Event event) {
        int index = (x - SIDE) / STEP;
        boolean inside = x >= SIDE && index < group.images().size();
        pickedImage = inside ? group.images().get(index).entry().id() : -1;
        redraw();
        fire();
    }

    @Override
    protected void keyed(Duplicates group, Event event) {
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
        pictures.want(
                visible.stream().flatMap(d -> d.images().stream().limit(12)).toList());
    }

    @Override
    protected IStructuredSelection selectionOf(Duplicates group) {
        List<ImageElement> picked = group.images().stream()
                .filter(i -> i.entry().id() == pickedImage)
                .toList();
        return new StructuredSelection(picked.isEmpty() ? group.images() : picked);
    }
}
