package org.dinobench.ui.curator.similarity;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleConsumer;
import org.dinobench.curator.dedup.StoredSimilarities;
import org.dinobench.ui.common.theme.Fonts;
import org.dinobench.ui.common.theme.Palette;
import org.dinobench.ui.curator.Messages;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.ACC;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleControlAdapter;
import org.eclipse.swt.accessibility.AccessibleControlEvent;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;

/**
 * The histogram of similarities as a slider: dragging, arrow keys (a hundredth), Page Up and Down (a twentieth), Home and
 * End move the threshold. Heights grow with the root of the number of images, so that few copies are seen beside many
 * images that are alone.
 */
public final class SimilarityCanvas extends Canvas {
    private static final int PAD = 14;
    private static final int FOOT = 20;
    private static final int HEAD = 18;
    private static final double STEP = 0.01;
    private static final double PAGE = 0.05;

    private final Fonts fonts = new Fonts(this);
    private final DoubleConsumer onChange;
    private StoredSimilarities similarities;
    private double threshold = 1;
    private double first;
    private boolean dragging;

    /**
     * A slider without a histogram.
     *
     * @param parent the parent
     * @param onChange told of each move of the threshold by a person
     */
    public SimilarityCanvas(Composite parent, DoubleConsumer onChange) {
        super(parent, SWT.DOUBLE_BUFFERED | SWT.NO_BACKGROUND);
        this.onChange = onChange;
        addListener(SWT.Paint, e -> paint(e.gc));
        addListener(SWT.MouseDown, e -> {
            setFocus();
            dragging = true;
            drag(e);
        });
        addListener(SWT.MouseMove, e -> {
            if (dragging) {
                drag(e);
            }
        });
        addListener(SWT.MouseUp, e -> dragging = false);
        addListener(SWT.KeyDown, this::key);
        addListener(SWT.FocusIn, e -> redraw());
        addListener(SWT.FocusOut, e -> redraw());
        addListener(
                SWT.Traverse, e -> e.doit = e.detail == SWT.TRAVERSE_TAB_NEXT || e.detail == SWT.TRAVERSE_TAB_PREVIOUS);
        getAccessible().addAccessibleListener(new AccessibleAdapter() {
            @Override
            public void getName(AccessibleEvent e) {
                e.result = NLS.bind(Messages.Similarity_Accessible, text(threshold));
            }
        });
        getAccessible().addAccessibleControlListener(new AccessibleControlAdapter() {
            @Override
            public void getRole(AccessibleControlEvent e) {
                e.detail = ACC.ROLE_SLIDER;
            }

            @Override
            public void getValue(AccessibleControlEvent e) {
                e.result = text(threshold);
            }
        });
    }

    /**
     * Shows a histogram.
     *
     * @param shown the histogram
     * @param at where the threshold stands
     */
    public void show(StoredSimilarities shown, double at) {
        similarities = shown;
        first = shown.steps().stream()
                .filter(s -> s.images() > 0)
                .mapToDouble(StoredSimilarities.Step::from)
                .findFirst()
                .orElse(0);
        first = Math.min(first, Math.max(0, Math.floor(shown.threshold() * 20) / 20 - PAGE));
        threshold = at;
        redraw();
    }

    /** {@return where the threshold stands} */
    public double threshold() {
        return threshold;
    }

    /** Moves the threshold without telling anybody. */
    public void setThreshold(double value) {
        threshold = value;
        redraw();
    }

    /** A similarity as people read it. */
    public static String text(double similarity) {
        return String.format(Locale.ROOT, "%.2f", similarity); // $NON-NLS-1$
    }

    private void drag(Event e) {
        Rectangle area = plot();
        move(first + (1 - first) * (e.x - area.x) / Math.max(1, area.width));
    }

    private void key(Event e) {
        switch (e.keyCode) {
            case SWT.ARROW_LEFT, SWT.ARROW_DOWN -> move(threshold - STEP);
            case SWT.ARROW_RIGHT, SWT.ARROW_UP -> move(threshold + STEP);
            case SWT.PAGE_UP -> move(threshold + PAGE);
            case SWT.PAGE_DOWN -> move(threshold - PAGE);
            case SWT.HOME -> move(first);
            case SWT.END -> move(1);
            default -> {
                // other keys belong to others
            }
        }
    }

    private void move(double to) {
        if (similarities == null) {
            return;
        }
        double next = Math.round(Math.max(first, Math.min(1, to)) / STEP) * STEP;
        if (next != threshold) {
            threshold = next;
            redraw();
            onChange.accept(next);
        }
    }

    private Rectangle plot() {
        Rectangle area = getClientArea();
        return new Rectangle(PAD, HEAD, Math.max(1, area.width - 2 * PAD), Math.max(1, area.height - HEAD - FOOT));
    }

    private int place(double similarity) {
        Rectangle area = plot();
        return area.x + (int) Math.round((similarity - first) / (1 - first) * area.width);
    }

    private void paint(GC gc) {
        Palette palette = Palette.of(getParent());
        gc.setBackground(palette.canvas());
        gc.fillRectangle(getClientArea());
        if (similarities == null) {
            return;
        }
        gc.setFont(fonts.caption());
        Rectangle area = plot();
        bars(gc, palette, area);
        gc.setForeground(palette.line());
        gc.drawLine(area.x, area.y + area.height, area.x + area.width, area.y + area.height);
        for (double tick = Math.ceil(first * 10) / 10; tick < 1.001; tick += 0.1) {
            tick(gc, palette, area, tick);
        }
        used(gc, palette, area);
        handle(gc, palette, area);
    }

    private void bars(GC gc, Palette palette, Rectangle area) {
        double most = Math.sqrt(similarities.steps().stream()
                .mapToLong(StoredSimilarities.Step::images)
                .max()
                .orElse(1));
        for (StoredSimilarities.Step step : similarities.steps()) {
            if (step.from() < first - 1e-9 || step.images() == 0) {
                continue;
            }
            int left = place(step.from());
            int right = place(step.to());
            int height = Math.max(2, (int) Math.round(Math.sqrt(step.images()) / most * area.height));
            boolean above = step.from() >= threshold - 1e-9;
            gc.setBackground(above ? palette.accent() : palette.category(-1));
            gc.setAlpha(above ? 255 : 110);
            gc.fillRectangle(left, area.y + area.height - height, Math.max(1, right - left - 1), height);
        }
        gc.setAlpha(255);
    }

    private void tick(GC gc, Palette palette, Rectangle area, double at) {
        String text = String.format(Locale.ROOT, "%.1f", at); // $NON-NLS-1$
        Point size = gc.textExtent(text);
        gc.setForeground(palette.line());
        gc.drawLine(place(at), area.y + area.height, place(at), area.y + area.height + 3);
        gc.setForeground(palette.subtle());
        int x = Math.max(0, Math.min(getClientArea().width - size.x - 2, place(at) - size.x / 2));
        gc.drawText(text, x, area.y + area.height + 4, true);
    }

    /** Where the curation drew the line: what lies left of it was not searched. */
    private void used(GC gc, Palette palette, Rectangle area) {
        int x = place(similarities.threshold());
        gc.setForeground(palette.subtle());
        gc.setLineStyle(SWT.LINE_DOT);
        gc.drawLine(x, area.y, x, area.y + area.height);
        gc.setLineStyle(SWT.LINE_SOLID);
    }

    private void handle(GC gc, Palette palette, Rectangle area) {
        int x = place(threshold);
        gc.setAntialias(SWT.ON);
        gc.setForeground(palette.text());
        gc.setBackground(palette.text());
        gc.setLineWidth(2);
        gc.drawLine(x, area.y - 2, x, area.y + area.height);
        gc.setLineWidth(1);
        gc.fillPolygon(new int[] {x - 6, area.y - 4, x + 6, area.y - 4, x, area.y + 5});
        String text = text(threshold);
        Point size = gc.textExtent(text);
        int left = x + 10 + size.x > getClientArea().width ? x - 10 - size.x : x + 10;
        gc.drawText(text, left, 1, true);
        if (isFocusControl()) {
            gc.setForeground(palette.accent());
            gc.drawRoundRectangle(0, 0, getClientArea().width - 1, getClientArea().height - 1, 6, 6);
        }
    }

    /** {@return pairs to look at around the threshold: of its own step first, then of those beside it} */
    public List<StoredSimilarities.Example> examples() {
        if (similarities == null) {
            return List.of();
        }
        int at = similarities.steps().indexOf(similarities.at(threshold));
        List<StoredSimilarities.Example> found = new java.util.ArrayList<>();
        for (int away = 0; away < similarities.steps().size() && found.size() < 12; away++) {
            if (at + away < similarities.steps().size()) {
                found.addAll(similarities.steps().get(at + away).examples());
            }
            if (away > 0 && at - away >= 0) {
                found.addAll(similarities.steps().get(at - away).examples());
            }
        }
        return found;
    }
}
