package org.dinobench.ui.common.parts;

import java.util.List;
import java.util.Objects;
import org.dinobench.ui.common.grid.GridGeometry;
import org.dinobench.ui.common.theme.Palette;
import org.eclipse.core.runtime.ListenerList;
import org.eclipse.jface.viewers.ISelection;
import org.eclipse.jface.viewers.ISelectionChangedListener;
import org.eclipse.jface.viewers.ISelectionProvider;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.viewers.SelectionChangedEvent;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;

/**
 * A scrolling field of cards of one size, of which only those in sight are drawn. Arrow keys move, Enter and a double
 * click open, and the chosen card is the selection.
 *
 * @param <T> what a card shows
 */
public abstract class CardCanvas<T> extends Canvas implements ISelectionProvider {
    private static final int GAP = 12;

    private final ListenerList<ISelectionChangedListener> listeners = new ListenerList<>();
    private final int cardWidth;
    private final int cardHeight;
    private List<T> cards = List.of();
    private int top;
    private int chosen = -1;
    private int hover = -1;

    /**
     * Makes an empty field.
     *
     * @param parent the parent
     * @param cardWidth least width of a card in points; cards grow until their columns fill the field
     * @param cardHeight height of a card in points
     */
    protected CardCanvas(Composite parent, int cardWidth, int cardHeight) {
        super(parent, SWT.V_SCROLL | SWT.DOUBLE_BUFFERED | SWT.NO_BACKGROUND);
        this.cardWidth = cardWidth;
        this.cardHeight = cardHeight;
        addListener(SWT.Paint, e -> paint(e.gc));
        addListener(SWT.Resize, e -> relayout());
        getVerticalBar()
                .addListener(SWT.Selection, e -> scrollTo(getVerticalBar().getSelection()));
        addListener(SWT.MouseMove, e -> hover(indexAt(e)));
        addListener(SWT.MouseExit, e -> hover(-1));
        addListener(SWT.MouseDown, e -> {
            setFocus();
            int index = indexAt(e);
            choose(index);
            if (index >= 0) {
                Rectangle r = place(index);
                clicked(cards.get(index), e.x - r.x, e.y - r.y, e);
            }
        });
        addListener(SWT.MouseDoubleClick, e -> open(indexAt(e)));
        addListener(SWT.KeyDown, this::key);
        addListener(SWT.FocusIn, e -> redraw());
        addListener(SWT.FocusOut, e -> redraw());
        addListener(
                SWT.Traverse, e -> e.doit = e.detail == SWT.TRAVERSE_TAB_NEXT || e.detail == SWT.TRAVERSE_TAB_PREVIOUS);
    }

    /**
     * Draws the inside of a card; its ground and border are drawn already.
     *
     * @param gc to draw with
     * @param palette the colours
     * @param card what it shows
     * @param area where it lies
     */
    protected abstract void paintCard(GC gc, Palette palette, T card, Rectangle area);

    /**
     * Called when a card is opened by Enter or a double click.
     *
     * @param card the card
     */
    protected abstract void opened(T card);

    /**
     * Called after each drawing.
     *
     * @param visible the cards that were drawn and one page beyond
     */
    protected abstract void drawn(List<T> visible);

    /**
     * What the workbench gets as selection for a card.
     *
     * @param card the card
     * @return the selected elements
     */
    protected abstract IStructuredSelection selectionOf(T card);

    /**
     * Called for a click inside a card, after the card was chosen.
     *
     * @param card the card
     * @param x from the card's left
     * @param y from the card's top
     * @param event the event
     */
    protected void clicked(T card, int x, int y, Event event) {
        // cards have no inner parts unless a subclass says so
    }

    /**
     * Called for every key before it moves to another card.
     *
     * @param card the chosen card
     * @param event the event
     * @return whether the key did something inside the card
     */
    protected boolean keyedInside(T card, Event event) {
        return false;
    }

    /**
     * Called for keys that do not move.
     *
     * @param card the chosen card
     * @param event the event
     */
    protected void keyed(T card, Event event) {
        // cards have no keys of their own unless a subclass says so
    }

    /**
     * Shows other cards and keeps the chosen one when an equal one is there.
     *
     * @param newCards the cards
     */
    public void setCards(List<T> newCards) {
        T before = chosen();
        cards = List.copyOf(newCards);
        chosen = before == null ? -1 : cards.indexOf(before);
        hover = -1;
        relayout();
        if (before != null && chosen < 0) {
            fire();
        }
    }

    /** {@return the cards} */
    public List<T> cards() {
        return cards;
    }

    /** {@return the chosen card, or null} */
    public T chosen() {
        return chosen >= 0 && chosen < cards.size() ? cards.get(chosen) : null;
    }

    /**
     * Chooses a card.
     *
     * @param index its place, -1 for none
     */
    public void choose(int index) {
        if (index != chosen) {
            chosen = index;
            redraw();
            fire();
        }
    }

    @Override
    public void addSelectionChangedListener(ISelectionChangedListener listener) {
        listeners.add(listener);
    }

    @Override
    public void removeSelectionChangedListener(ISelectionChangedListener listener) {
        listeners.remove(listener);
    }

    @Override
    public ISelection getSelection() {
        T card = chosen();
        return card == null ? StructuredSelection.EMPTY : selectionOf(card);
    }

    @Override
    public void setSelection(ISelection selection) {
        for (int i = 0; i < cards.size(); i++) {
            if (Objects.equals(selectionOf(cards.get(i)), selection)) {
                choose(i);
                return;
            }
        }
        choose(-1);
    }

    /** Tells listeners of the selection as it is now. */
    protected void fire() {
        SelectionChangedEvent event = new SelectionChangedEvent(this, getSelection());
        for (ISelectionChangedListener listener : listeners) {
            listener.selectionChanged(event);
        }
    }

    private GridGeometry geometry() {
        int width = getClientArea().width;
        int columns = Math.max(1, (width - GAP) / (cardWidth + GAP));
        int card = Math.max(40, (width - GAP) / columns - GAP);
        return new GridGeometry(cards.size(), card, cardHeight - card, GAP, width);
    }

    private Rectangle place(int index) {
        Rectangle r = geometry().cellAt(index);
        r.y -= top;
        return r;
    }

    private int indexAt(Event e) {
        return geometry().indexAt(e.x, e.y + top);
    }

    private void hover(int index) {
        if (index != hover) {
            hover = index;
            redraw();
        }
    }

    private void open(int index) {
        if (index >= 0) {
            opened(cards.get(index));
        }
    }

    private void key(Event e) {
        if (chosen() != null && keyedInside(chosen(), e)) {
            return;
        }
        int columns = geometry().columns();
        int page = Math.max(1, getClientArea().height / geometry().rowHeight()) * columns;
        int step =
                switch (e.keyCode) {
                    case SWT.ARROW_LEFT -> -1;
                    case SWT.ARROW_RIGHT -> 1;
                    case SWT.ARROW_UP -> -columns;
                    case SWT.ARROW_DOWN -> columns;
                    case SWT.PAGE_UP -> -page;
                    case SWT.PAGE_DOWN -> page;
                    case SWT.HOME -> -cards.size();
                    case SWT.END -> cards.size();
                    default -> 0;
                };
        if (e.character == SWT.CR) {
            open(chosen);
        } else if (step != 0 && !cards.isEmpty()) {
            choose(Math.max(0, Math.min(cards.size() - 1, chosen < 0 ? 0 : chosen + step)));
            reveal();
        } else if (chosen() != null) {
            keyed(chosen(), e);
        }
    }

    private void reveal() {
        Rectangle r = geometry().cellAt(chosen);
        int height = getClientArea().height;
        if (r.y - GAP < top) {
            scrollTo(r.y - GAP);
        } else if (r.y + r.height + GAP > top + height) {
            scrollTo(r.y + r.height + GAP - height);
        }
    }

    private void scrollTo(int y) {
        top = Math.max(0, Math.min(y, geometry().height() - getClientArea().height));
        getVerticalBar().setSelection(top);
        redraw();
    }

    private void relayout() {
        int visible = Math.max(1, getClientArea().height);
        int content = geometry().height();
        top = Math.max(0, Math.min(top, content - visible));
        getVerticalBar().setVisible(content > visible);
        getVerticalBar()
                .setValues(
                        top,
                        0,
                        Math.max(content, visible),
                        visible,
                        Math.max(1, geometry().rowHeight() / 2),
                        Math.max(1, visible - GAP));
        redraw();
    }

    private void paint(GC gc) {
        Palette palette = Palette.of(getParent());
        Rectangle area = getClientArea();
        gc.setBackground(palette.canvas());
        gc.fillRectangle(area);
        gc.setAntialias(SWT.ON);
        GridGeometry g = geometry();
        int first = g.firstAt(top);
        int end = g.endAt(top + area.height);
        for (int i = first; i < end; i++) {
            Rectangle r = place(i);
            gc.setBackground(i == chosen ? palette.selection() : i == hover ? palette.cardHover() : palette.card());
            gc.fillRoundRectangle(r.x, r.y, r.width, r.height, 10, 10);
            gc.setForeground(i == chosen && isFocusControl() ? palette.accent() : palette.line());
            gc.drawRoundRectangle(r.x, r.y, r.width - 1, r.height - 1, 10, 10);
            paintCard(gc, palette, cards.get(i), r);
        }
        drawn(cards.subList(first, g.endAt(top + 2 * area.height)));
    }
}
