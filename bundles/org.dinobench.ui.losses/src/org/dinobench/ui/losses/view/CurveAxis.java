package org.dinobench.ui.losses.view;

import java.util.List;
import org.dinobench.ui.losses.model.ScheduleCurve;

/**
 * The range of values that a drawing of schedules shows, with room to drag upwards.
 *
 * @param low value at the bottom
 * @param high value at the top
 */
record CurveAxis(double low, double high) {
    private static final int SAMPLES = 100;

    /** The axis of curves: from zero, but for values that all lie in the upper half, such as a momentum. */
    static CurveAxis of(List<ScheduleCurve> curves) {
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (ScheduleCurve curve : curves) {
            for (int i = 0; i <= SAMPLES; i++) {
                double y = curve.at().applyAsDouble(curve.length() * i / SAMPLES);
                least = Math.min(least, y);
                most = Math.max(most, y);
            }
        }
        if (most == 0) {
            return new CurveAxis(0, 1);
        }
        if (least > 0.5 && most <= 1) {
            double low = Math.max(0, least - 0.5 * (1 - least) - 0.005);
            return new CurveAxis(Math.floor(low * 100) / 100, 1);
        }
        return new CurveAxis(0, most * 1.25);
    }

    double span() {
        return high - low;
    }

    double share(double value) {
        return Math.max(0, Math.min(1, (value - low) / span()));
    }

    double value(double share) {
        return low + Math.max(0, Math.min(1, share)) * span();
    }
}
