package org.dinobench.trainer.schedule;

/**
 * A value over the steps of a run: first held at zero, then a straight warm-up, then half a cosine, then the final
 * value for ever. As in the reference, the warm-up includes its end point, so the peak is met twice in a row, and the
 * cosine begins anew there.
 *
 * @param base value at the peak
 * @param last value at the end of the cosine and after it
 * @param total steps of the whole schedule, 1 and more
 * @param warmUp steps of the straight part; 0: none
 * @param start value at the first step of the warm-up
 * @param frozen steps at zero before everything else; 0: none
 */
public record CosineSchedule(double base, double last, int total, int warmUp, double start, int frozen) {
    /** @throws IllegalArgumentException for negative lengths, or parts longer than the whole */
    public CosineSchedule {
        if (total < 1 || warmUp < 0 || frozen < 0 || (long) warmUp + frozen > total) {
            throw new IllegalArgumentException(
                    "A schedule of " + total + " steps with " + warmUp + " of warm-up and " + frozen + " frozen");
        }
    }

    /** Without warm-up. */
    public static CosineSchedule of(double base, double last, int total) {
        return new CosineSchedule(base, last, total, 0, 0, 0);
    }

    /** A straight line from {@code start} to {@code base} over {@code steps}, and {@code base} from then on. */
    public static CosineSchedule ramp(double start, double base, int steps) {
        return steps == 0 ? of(base, base, 1) : new CosineSchedule(base, base, steps, steps, start, 0);
    }

    /**
     * The value at a position.
     *
     * @param position steps since the start, 0 and more. Whole numbers give exactly the reference's table; between them
     *     the value is that of the same curve, which runs by the clock use.
     */
    public double at(double position) {
        if (position >= total) {
            return last;
        }
        if (position < frozen) {
            return 0;
        }
        double inWarmUp = position - frozen;
        if (inWarmUp < warmUp) {
            double fraction = warmUp == 1 ? 0 : Math.min(1, inWarmUp / (warmUp - 1));
            return start + (base - start) * fraction;
        }
        double phase = (inWarmUp - warmUp) / (total - warmUp - frozen);
        return last + 0.5 * (base - last) * (1 + Math.cos(Math.PI * phase));
    }
}
