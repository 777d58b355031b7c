package org.dinobench.ui.losses.model;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.dinobench.core.spec.SpecKey;

/** Moves knots: a place of the mouse becomes values that a person would type. */
public final class KnotDrag {
    private static final double STEPS = 200;

    private final LossModel model;

    /** @param model that is changed */
    public KnotDrag(LossModel model) {
        this.model = model;
    }

    /**
     * Moves a knot.
     *
     * @param curve number of the curve in {@link ScheduleCurve#all}
     * @param index number of the knot
     * @param x where it is to be
     * @param y the value that it is to have
     * @param span height of the axis, from which the fineness of values follows
     */
    public void move(int curve, int index, double x, double y, double span) {
        ScheduleCurve before = ScheduleCurve.all(model.spec()).get(curve);
        Knot knot = before.knots().get(index);
        if (!knot.yPath().isEmpty()) {
            SpecKey key = model.key(knot.yPath());
            double value = rounded(y, span / STEPS) / knot.factor();
            model.set(knot.yPath(), text(limited(value, key)));
        }
        if (!knot.xPath().isEmpty()) {
            SpecKey key = model.key(knot.xPath());
            double step = key.kind() == SpecKey.Kind.INTEGER
                    ? Math.max(1, nice(before.length() / STEPS))
                    : nice(before.length() / STEPS);
            double place = Math.max(0, Math.min(before.length(), rounded(x, step)));
            model.set(
                    knot.xPath(), key.kind() == SpecKey.Kind.INTEGER ? Long.toString(Math.round(place)) : text(place));
        }
    }

    /**
     * Moves a knot by steps of the keyboard.
     *
     * @param right steps along the run
     * @param up steps of the value
     * @param span height of the axis
     */
    public void nudge(int curve, int index, int right, int up, double span) {
        ScheduleCurve now = ScheduleCurve.all(model.spec()).get(curve);
        Knot knot = now.knots().get(index);
        move(
                curve,
                index,
                knot.x() + right * Math.max(nice(now.length() / STEPS), now.length() / STEPS),
                knot.y() + up * nice(span / STEPS),
                span);
    }

    private static double limited(double value, SpecKey key) {
        return Math.max(key.min(), Math.min(key.max(), value));
    }

    private static double rounded(double value, double fineness) {
        double step = nice(fineness);
        return Math.round(value / step) * step;
    }

    /** 1, 2 or 5 times a power of ten, at most the number. */
    static double nice(double number) {
        double power = Math.pow(10, Math.floor(Math.log10(number)));
        double lead = number / power;
        return power
                * List.of(5.0, 2.0, 1.0).stream()
                        .filter(n -> n <= lead + 1e-9)
                        .findFirst()
                        .orElse(1.0);
    }

    /** Without the noise that floating point adds behind the digits that matter. */
    private static String text(double value) {
        String plain = new BigDecimal(value)
                .round(new MathContext(6))
                .stripTrailingZeros()
                .toString();
        return plain.equals("0E+0") ? "0" : plain; // $NON-NLS-1$ //$NON-NLS-2$
    }
}
