package org.dinobench.ui.common.grid;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.dinobench.ui.common.grid.ThumbnailPipeline.Request;
import org.dinobench.ui.common.theme.Palette;
import org.eclipse.core.runtime.ListenerList;
import org.eclipse.core.runtime.SafeRunner;
import org.eclipse.jface.util.SafeRunnable;
import org.eclipse.jface.viewers.ISelection;
import org.eclipse.jface.viewers.ISelectionChangedListener;
import org.eclipse.jface.viewers.ISelectionProvider;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.viewers.SelectionChangedEvent;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.ScrollBar;

/**
 * A grid of pictures of any number: only what is in sight is decoded and drawn.
 *
 * <p>Arrow keys, Page Up, Page Down, Home and End move; Shift extends, Ctrl+A selects all, Space toggles, Enter or a
 * double click opens, plus and minus zoom, as does the wheel with Ctrl. The selection is published through
 * {@link ISelectionProvider}.
 */
public final class ThumbnailGrid extends Canvas implements ISelectionProvider {
    /** Smallest and largest edge of a picture in points. */
    public static final int MIN_CELL = 40;

    /** Largest edge of a picture in points. */
    public static final int MAX_CELL = 320;

    private static final int GAP = 10;
    private static final int CAPTION_FROM = 88;
    private static final int[] BUCKETS = {64, 96, 128, 192, 256, 384};
    private static final long CACHE_BYTES = 160L << 20;

    private final ThumbnailPipeline pipeline;
    private final GridPainter painter;
    private final GridInput input;
    private final IndexSelection selection = new IndexSelection();
    private final ListenerList<ISelectionChangedListener> selectionListeners = new ListenerList<>();
    private final List<Consumer<Object>> openListeners = new ArrayList<>();
    private final List<Runnable> zoomListeners = new ArrayList<>();
    private GridModel model = GridModel.EMPTY;
    private int cell = 112;
    private int top;
    private int hover = -1;
    private String accessibleName = ""; // $NON-NLS-1$

    /**
     * Makes an empty grid.
     *
     * @param parent the parent
     * @param style SWT style bits in addition to the scroll bar
     * @param loader reads pictures in the background
     * @param threads number of decoding threads
     */
    public ThumbnailGrid(Composite parent, int style, ThumbnailLoader loader, int threads) {
        super(parent, style | SWT.V_SCROLL | SWT.DOUBLE_BUFFERED | SWT.NO_BACKGROUND);
        this.pipeline = new ThumbnailPipeline(getDisplay(), loader, threads, CACHE_BYTES, () -> {
            if (!isDisposed()) {
                redraw();
            }
        });
        this.painter = new GridPainter(this, pipeline);
        this.input = new GridInput(this, selection);
        addListener(SWT.Paint, this::paint);
        addListener(SWT.Resize, e -> relayout());
        addListener(SWT.Dispose, e -> pipeline.close());
        getVerticalBar()
                .addListener(SWT.Selection, e -> scrollTo(getVerticalBar().getSelection()));
        getAccessible().addAccessibleListener(new AccessibleAdapter() {
            @Override
            public void getName(AccessibleEvent e) {
                e.result = accessibleName;
            }
        });
    }

    /**
     * Shows another model; keeps the selected elements when the new model has them at the same places.
     *
     * @param newModel the model
     */
    public void setModel(GridModel newModel) {
        Object[] before = getStructuredSelection().toArray();
        this.model = newModel;
        hover = -1;
        selection.clear();
        relayout();
        if (before.length > 0) {
            fireSelection();
        }
    }

    /** {@return what is shown} */
    public GridModel model() {
        return model;
    }

    /** {@return the present geometry} */
    public GridGeometry geometry() {
        return new GridGeometry(
                model.size(), cell, cell >= CAPTION_FROM ? painter.captionHeight() : 0, GAP, getClientArea().width);
    }

    /**
     * Sets the size of the pictures and keeps the focus cell, or else the first one in sight, in sight.
     *
     * @param points edge of a picture
     */
    public void setCellSize(int points) {
        int bounded = Math.max(MIN_CELL, Math.min(MAX_CELL, points));
        if (bounded == cell) {
            return;
        }
        int keep = selection.focus() >= 0 ? selection.focus() : geometry().firstAt(top);
        cell = bounded;
        relayout();
        if (keep < model.size()) {
            reveal(keep);
        }
        zoomListeners.forEach(Runnable::run);
    }

    /** {@return edge of a picture in points} */
    public int cellSize() {
        return cell;
    }

    /**
     * Names the grid for assistive technology.
     *
     * @param name the name
     */
    public void setAccessibleName(String name) {
        this.accessibleName = name;
    }

    /**
     * Adds a listener for a changed size of the pictures.
     *
     * @param listener called on the UI thread
     */
    public void onZoom(Runnable listener) {
        zoomListeners.add(listener);
    }

    /**
     * Adds a listener for Enter and double clicks.
     *
     * @param listener gets the element
     */
    public void onOpen(Consumer<Object> listener) {
        openListeners.add(listener);
    }

    /** Forgets all decoded pictures and reads those in sight again. */
    public void reload() {
        pipeline.clear();
        redraw();
    }

    /** {@return whether all pictures in sight have arrived} */
    public boolean settled() {
        return pipeline.idle();
    }

    /** {@return bytes of the decoded pictures that are kept} */
    public long cachedBytes() {
        return pipeline.cachedBytes();
    }

    /**
     * Scrolls.
     *
     * @param y content height that shall be at the top; is bounded
     */
    public void scrollTo(int y) {
        int bounded = Math.max(0, Math.min(y, geometry().height() - getClientArea().height));
        if (bounded != top) {
            top = bounded;
            getVerticalBar().setSelection(top);
            redraw();
        }
    }

    /** {@return content height at the top of what is in sight} */
    public int top() {
        return top;
    }

    /**
     * Scrolls as little as needed to bring a cell into sight.
     *
     * @param index the cell
     */
    public void reveal(int index) {
        Rectangle r = geometry().cellAt(index);
        int height = getClientArea().height;
        if (r.y - GAP < top) {
            scrollTo(r.y - GAP);
        } else if (r.y + r.height + GAP > top + height) {
            scrollTo(r.y + r.height + GAP - height);
        }
    }

    @Override
    public void addSelectionChangedListener(ISelectionChangedListener listener) {
        selectionListeners.add(listener);
    }

    @Override
    public void removeSelectionChangedListener(ISelectionChangedListener listener) {
        selectionListeners.remove(listener);
    }

    @Override
    public ISelection getSelection() {
        return getStructuredSelection();
    }

    /** {@return the selected elements} */
    public IStructuredSelection getStructuredSelection() {
        int size = model.size();
        return new StructuredSelection(Arrays.stream(selection.indices())
                .filter(i -> i < size)
                .mapToObj(model::element)
                .toArray());
    }

    @Override
    public void setSelection(ISelection wanted) {
        selection.clear();
        if (wanted instanceof IStructuredSelection structured && !structured.isEmpty()) {
            java.util.Set<Object> elements = new java.util.HashSet<>(Arrays.asList(structured.toArray()));
            int first = -1;
            for (int i = 0; i < model.size(); i++) {
                if (elements.contains(model.element(i))) {
                    if (first < 0) {
                        first = i;
                        selection.only(i);
                    } else {
                        selection.toggle(i);
                    }
                }
            }
            if (first >= 0) {
                reveal(first);
            }
        }
        fireSelection();
    }

    int hover() {
        return hover;
    }

    boolean isSelected(int index) {
        return selection.contains(index);
    }

    int focusCell() {
        return selection.focus();
    }

    void setHover(int index) {
        if (index != hover) {
            hover = index;
            redraw();
        }
    }

    void selectionMoved() {
        redraw();
        fireSelection();
    }

    void open(int index) {
        if (index >= 0 && index < model.size()) {
            Object element = model.element(index);
            openListeners.forEach(l -> l.accept(element));
        }
    }

    /** The size in pixels at which pictures are decoded for the present zoom. */
    int decodeSize() {
        int pixels = cell * getMonitor().getZoom() / 100;
        for (int bucket : BUCKETS) {
            if (bucket >= pixels) {
                return bucket;
            }
        }
        return BUCKETS[BUCKETS.length - 1];
    }

    ThumbnailPipeline pipeline() {
        return pipeline;
    }

    static int[] buckets() {
        return BUCKETS;
    }

    private void fireSelection() {
        SelectionChangedEvent event = new SelectionChangedEvent(this, getStructuredSelection());
        for (ISelectionChangedListener listener : selectionListeners) {
            SafeRunner.run(new SafeRunnable() {
                @Override
                public void run() {
                    listener.selectionChanged(event);
                }
            });
        }
    }

    private void relayout() {
        int visible = Math.max(1, getClientArea().height);
        int content = geometry().height();
        ScrollBar bar = getVerticalBar();
        bar.setVisible(content > visible);
        top = Math.max(0, Math.min(top, content - visible));
        bar.setValues(top, 0, Math.max(content, visible), visible, geometry().rowHeight(), Math.max(1, visible - GAP));
        redraw();
    }

    private void paint(Event e) {
        GridGeometry g = geometry();
        int height = getClientArea().height;
        int first = g.firstAt(top);
        int end = g.endAt(top + height);
        painter.paint(e.gc, Palette.of(getParent()), g, first, end);
        List<Request> wanted = new ArrayList<>();
        int size = decodeSize();
        input.addPreview(wanted);
        // what is in sight first, then a page below and a page above
        int below = g.endAt(top + 2 * height);
        int above = g.firstAt(top - height);
        for (int i = first; i < below; i++) {
            wanted.add(new Request(model.pictureKey(i), size));
        }
        for (int i = first - 1; i >= above; i--) {
            wanted.add(new Request(model.pictureKey(i), size));
        }
        pipeline.want(wanted);
        input.painted();
    }
}
