package org.dinobench.ui.losses.view;

import java.util.List;
import java.util.Locale;
import org.dinobench.ui.common.parts.AccessibleName;
import org.dinobench.ui.common.theme.Fonts;
import org.dinobench.ui.common.theme.Palette;
import org.dinobench.ui.losses.Messages;
import org.dinobench.ui.losses.model.Knot;
import org.dinobench.ui.losses.model.KnotDrag;
import org.dinobench.ui.losses.model.LossModel;
import org.dinobench.ui.losses.model.ScheduleCurve;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Path;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;

/** One schedule that can be read and dragged: the recipe dashed, the present curve, and its knots. */
public final class CurveCanvas extends Canvas {
    private static final int PAD = 10;
    private static final int LEFT = 60;
    private static final int KNOT = 6;
    private static final int NEAR = 12;

    private final LossModel model;
    private final KnotDrag drag;
    private final int number;
    private final Fonts fonts;
    private CurveAxis axis;
    private int chosen;
    private boolean dragging;
    private int hover = -1;

    /**
     * Makes a curve.
     *
     * @param parent the parent
     * @param model that it shows and changes
     * @param number of the curve in {@link ScheduleCurve#all}
     */
    CurveCanvas(Composite parent, LossModel model, int number) {
        super(parent, SWT.DOUBLE_BUFFERED);
        this.model = model;
        this.drag = new KnotDrag(model);
        this.number = number;
        this.fonts = new Fonts(this);
        this.axis = axisNow();
        addListener(SWT.Paint, e -> paint(e.gc));
        addListener(SWT.MouseDown, this::press);
        addListener(SWT.MouseMove, this::move);
        addListener(SWT.MouseUp, e -> release());
        addListener(SWT.MouseExit, e -> {
            hover = -1;
            redraw();
        });
        addListener(SWT.KeyDown, this::key);
        addListener(SWT.FocusIn, e -> redraw());
        addListener(SWT.FocusOut, e -> {
            model.seal();
            redraw();
        });
        // arrow keys move knots, so they must not go through the form
        addListener(
                SWT.Traverse, e -> e.doit = e.detail == SWT.TRAVERSE_TAB_NEXT || e.detail == SWT.TRAVERSE_TAB_PREVIOUS);
        AccessibleName.set(this, this::words);
    }

    private ScheduleCurve curve() {
        return ScheduleCurve.all(model.spec()).get(number);
    }

    private ScheduleCurve recipe() {
        return ScheduleCurve.all(model.base()).get(number);
    }

    private CurveAxis axisNow() {
        return CurveAxis.of(List.of(curve(), recipe()));
    }

    /** Shows the values as they are now; under a hand that drags, the axis stays. */
    void fill() {
        if (!dragging) {
            axis = axisNow();
        }
        redraw();
    }

    private Rectangle plot() {
        Rectangle area = getClientArea();
        int top = 30;
        return new Rectangle(LEFT, top, area.width - LEFT - PAD - KNOT, area.height - top - 24);
    }

    private Point place(Rectangle plot, double x, double y, double length) {
        return new Point(
                plot.x + (int) Math.round(x / length * plot.width),
                plot.y + plot.height - (int) Math.round(axis.share(y) * plot.height));
    }

    private Point knotPlace(int index) {
        ScheduleCurve curve = curve();
        Knot knot = curve.knots().get(index);
        return place(plot(), knot.x(), knot.y(), curve.length());
    }

    /**
     * Where a knot is drawn.
     *
     * @param index its number
     * @return pixels from the left
     */
    public int knotX(int index) {
        return knotPlace(index).x;
    }

    /**
     * Where a knot is drawn.
     *
     * @param index its number
     * @return pixels from the top
     */
    public int knotY(int index) {
        return knotPlace(index).y;
    }

    private int knotAt(int x, int y) {
        for (int i = 0; i < curve().knots().size(); i++) {
            Point p = knotPlace(i);
            if (Math.abs(p.x - x) <= NEAR && Math.abs(p.y - y) <= NEAR) {
                return i;
            }
        }
        return -1;
    }

    private void press(Event e) {
        setFocus();
        int knot = knotAt(e.x, e.y);
        if (e.button == 1 && knot >= 0) {
            chosen = knot;
            dragging = true;
            model.beginStep("curve " + number + " knot " + knot); // $NON-NLS-1$ //$NON-NLS-2$
        }
        redraw();
    }

    private void move(Event e) {
        hover = e.x;
        if (dragging) {
            Rectangle plot = plot();
            double x = (double) (e.x - plot.x) / Math.max(1, plot.width) * curve().length();
            double y = axis.value((double) (plot.y + plot.height - e.y) / Math.max(1, plot.height));
            drag.move(number, chosen, x, y, axis.span());
        }
        setCursor(getDisplay().getSystemCursor(knotAt(e.x, e.y) >= 0 ? SWT.CURSOR_HAND : SWT.CURSOR_ARROW));
        redraw();
    }

    private void release() {
        if (dragging) {
            dragging = false;
            model.seal();
            fill();
        }
    }

    private void key(Event e) {
        int right = e.keyCode == SWT.ARROW_RIGHT ? 1 : e.keyCode == SWT.ARROW_LEFT ? -1 : 0;
        int up = e.keyCode == SWT.ARROW_UP ? 1 : e.keyCode == SWT.ARROW_DOWN ? -1 : 0;
        if (e.character == ' ') {
            chosen = (chosen + 1) % curve().knots().size();
            model.seal();
        } else if (right != 0 || up != 0) {
            drag.nudge(number, chosen, right, up, axis.span());
        }
        redraw();
    }

    private void paint(GC gc) {
        Palette palette = Palette.of(getParent());
        Rectangle area = getClientArea();
        gc.setAntialias(SWT.ON);
        gc.setBackground(getParent().getBackground());
        gc.fillRectangle(area);
        gc.setBackground(palette.card());
        gc.fillRoundRectangle(0, 0, area.width - 1, area.height - 1, 10, 10);
        gc.setForeground(isFocusControl() ? palette.accent() : palette.line());
        gc.drawRoundRectangle(0, 0, area.width - 1, area.height - 1, 10, 10);
        ScheduleCurve curve = curve();
        Rectangle plot = plot();
        labels(gc, palette, curve, plot);
        gc.setLineWidth(1);
        gc.setLineStyle(SWT.LINE_DASH);
        gc.setForeground(palette.subtle());
        line(gc, recipe(), plot, curve.length());
        gc.setLineStyle(SWT.LINE_SOLID);
        gc.setLineWidth(2);
        gc.setForeground(palette.accent());
        line(gc, curve, plot, curve.length());
        gc.setLineWidth(1);
        if (hover >= plot.x && hover <= plot.x + plot.width) {
            gc.setForeground(palette.line());
            gc.drawLine(hover, plot.y, hover, plot.y + plot.height);
        }
        knots(gc, palette, curve);
    }

    private void labels(GC gc, Palette palette, ScheduleCurve curve, Rectangle plot) {
        gc.setFont(fonts.strong());
        gc.setForeground(palette.text());
        gc.drawText(curve.title(), PAD, 7, true);
        gc.setFont(fonts.caption());
        gc.setForeground(palette.subtle());
        int x = Math.max(plot.x, Math.min(plot.x + plot.width, hover));
        String reading =
                hover < 0 ? "" : reading(curve, (double) (x - plot.x) / plot.width * curve.length()); // $NON-NLS-1$
        gc.drawText(reading, plot.x + plot.width - gc.textExtent(reading).x, 9, true);
        int half = gc.getFontMetrics().getHeight() / 2;
        for (double y : new double[] {axis.low(), (axis.low() + axis.high()) / 2, axis.high()}) {
            Point p = place(plot, 0, y, curve.length());
            String text = number(y);
            gc.drawText(text, plot.x - 8 - gc.textExtent(text).x, p.y - half, true);
            gc.setForeground(palette.line());
            gc.drawLine(plot.x, p.y, plot.x + plot.width, p.y);
            gc.setForeground(palette.subtle());
        }
        int bottom = plot.y + plot.height + 5;
        gc.drawText("0", plot.x, bottom, true); // $NON-NLS-1$
        String end = number(curve.length()) + " " + curve.unit(); // $NON-NLS-1$
        gc.drawText(end, plot.x + plot.width - gc.textExtent(end).x, bottom, true);
    }

    private String reading(ScheduleCurve curve, double x) {
        return NLS.bind(
                Messages.Curve_At,
                new Object[] {curve.unit(), number(x), number(curve.at().applyAsDouble(x))});
    }

    private void line(GC gc, ScheduleCurve drawn, Rectangle plot, double length) {
        // one path: a dashed line that is drawn in pieces would begin its dashes anew in each
        Path path = new Path(gc.getDevice());
        for (int px = 0; px <= plot.width; px += 2) {
            // a recipe of another length is drawn over its own
            double x = (double) px / plot.width * drawn.length();
            Point p = place(plot, x / drawn.length() * length, drawn.at().applyAsDouble(x), length);
            if (px == 0) {
                path.moveTo(p.x, p.y);
            } else {
                path.lineTo(p.x, p.y);
            }
        }
        gc.drawPath(path);
        path.dispose();
    }

    private void knots(GC gc, Palette palette, ScheduleCurve curve) {
        for (int i = 0; i < curve.knots().size(); i++) {
            Point p = knotPlace(i);
            gc.setBackground(i == chosen && (isFocusControl() || dragging) ? palette.accent() : palette.canvas());
            gc.setForeground(palette.accent());
            gc.setLineWidth(2);
            gc.fillOval(p.x - KNOT, p.y - KNOT, 2 * KNOT, 2 * KNOT);
            gc.drawOval(p.x - KNOT, p.y - KNOT, 2 * KNOT, 2 * KNOT);
            gc.setLineWidth(1);
        }
    }

    private static String number(double value) {
        if (value == 0) {
            return "0"; // $NON-NLS-1$
        }
        return Math.abs(value) < 0.001
                ? String.format(Locale.ROOT, "%.1e", value) // $NON-NLS-1$
                : String.format(Locale.ROOT, "%.3g", value)
                        .replaceAll("(\\.\\d*?)0+$", "$1")
                        .replaceAll("\\.$", "");
        // $NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$
    }

    /** {@return the curve and its chosen knot in words, as screen readers say them} */
    public String words() {
        ScheduleCurve curve = curve();
        Knot knot = curve.knots().get(chosen);
        return curve.title() + ". " //$NON-NLS-1$
                + NLS.bind(
                        Messages.Curve_KnotAt,
                        new Object[] {knot.title(), number(knot.y()), number(knot.x()), curve.unit()});
    }
}
