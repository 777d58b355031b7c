package org.dinobench.ui.trainer.health;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.dinobench.ui.common.chart.Points;
import org.dinobench.ui.common.parts.Words;
import org.dinobench.ui.trainer.Messages;
import org.dinobench.ui.trainer.health.Finding.Level;
import org.eclipse.osgi.util.NLS;

/**
 * Judges the numbers of a run. Limits are wide: they name what was seen in runs that had collapsed or diverged, and keep
 * quiet about ordinary noise. Each judgement is of the median of the latest values, not of the last one.
 */
public final class HealthRules {
    private static final int WINDOW = 15;
    /** Shares of the highest entropy above which targets teach nothing, and little. */
    private static final double UNIFORM = 0.995;

    private static final double NEARLY_UNIFORM = 0.95;

    /** Before that many values, most numbers still show the random start. */
    private static final int LEAST = 20;

    private final OptionalInt prototypes;

    /** @param prototypes number of the DINO head's prototypes, which bounds the entropy; empty when unknown */
    public HealthRules(OptionalInt prototypes) {
        this.prototypes = prototypes;
    }

    /**
     * Judges what is there.
     *
     * @param series points by their names in the metrics
     * @return one finding for each known number that has values, in the order of {@link Measure}
     */
    public List<Finding> judge(Map<String, Points> series) {
        List<Finding> findings = new ArrayList<>();
        for (Measure measure : Measure.values()) {
            Points points = series.getOrDefault(measure.key(), Points.NONE);
            if (points.size() > 0) {
                findings.add(judge(measure, points));
            }
        }
        return findings;
    }

    private Finding judge(Measure measure, Points points) {
        double last = points.y()[points.size() - 1];
        if (!Double.isFinite(last)) {
            return new Finding(measure, Level.BAD, Double.toString(last), Messages.Health_NotFinite, points);
        }
        double now = median(points, points.size() - WINDOW, points.size());
        boolean early = points.size() < LEAST;
        return switch (measure) {
            case USAGE -> graded(measure, points, now, early, Words.percent(now), 0.2, 0.05, USAGE_WORDS);
            case RANK -> graded(measure, points, now, early, number(now), 2.5, 1.3, RANK_WORDS);
            case SPREAD -> graded(measure, points, now, early, number(now), 0.2, 0.05, SPREAD_WORDS);
            case ENTROPY -> entropy(points, now, early);
            case GRADIENT -> gradient(points, now, early);
            case LOSS -> loss(points, now, early);
            case KNN -> knn(points);
            case SPEED ->
                new Finding(
                        measure,
                        Level.GOOD,
                        NLS.bind(Messages.Runs_SpeedValue, number(now)),
                        Messages.Health_SpeedText,
                        points);
        };
    }

    private record GradeWords(String good, String look, String bad) {}

    private static final GradeWords USAGE_WORDS =
            new GradeWords(Messages.Health_UsageGood, Messages.Health_UsageLook, Messages.Health_UsageBad);
    private static final GradeWords RANK_WORDS =
            new GradeWords(Messages.Health_RankGood, Messages.Health_RankLook, Messages.Health_RankBad);
    private static final GradeWords SPREAD_WORDS =
            new GradeWords(Messages.Health_SpreadGood, Messages.Health_SpreadLook, Messages.Health_SpreadBad);

    /** Numbers that are sound when they are large. */
    private static Finding graded(
            Measure measure,
            Points points,
            double now,
            boolean early,
            String value,
            double look,
            double bad,
            GradeWords words) {
        if (early) {
            return early(measure, value, points);
        }
        Level level = now < bad ? Level.BAD : now < look ? Level.LOOK : Level.GOOD;
        String sentence =
                switch (level) {
                    case BAD -> words.bad();
                    case LOOK -> words.look();
                    default -> words.good();
                };
        return new Finding(measure, level, value, sentence, points);
    }

    private Finding entropy(Points points, double now, boolean early) {
        String nats = NLS.bind(Messages.Health_Nats, number(now));
        if (early || prototypes.isEmpty()) {
            return early(Measure.ENTROPY, nats, points);
        }
        double share = now / Math.log(prototypes.getAsInt());
        Level level = share > UNIFORM ? Level.BAD : share > NEARLY_UNIFORM || share < 0.02 ? Level.LOOK : Level.GOOD;
        String sentence = level == Level.BAD
                ? Messages.Health_EntropyUniform
                : level == Level.GOOD
                        ? Messages.Health_EntropyGood
                        : share < 0.5 ? Messages.Health_EntropySharp : Messages.Health_EntropyFlat;
        return new Finding(
                Measure.ENTROPY,
                level,
                nats,
                NLS.bind(Messages.Health_NatsOf, Words.percent(share)) + " " + sentence, // $NON-NLS-1$
                points);
    }

    private static Finding gradient(Points points, double now, boolean early) {
        if (early) {
            return early(Measure.GRADIENT, number(now), points);
        }
        double usual = median(points, 0, points.size());
        if (now > 10 * usual) {
            return new Finding(Measure.GRADIENT, Level.BAD, number(now), Messages.Health_GradientHigh, points);
        }
        if (now < 1e-5) {
            return new Finding(Measure.GRADIENT, Level.LOOK, number(now), Messages.Health_GradientLow, points);
        }
        return new Finding(Measure.GRADIENT, Level.GOOD, number(now), Messages.Health_GradientGood, points);
    }

    private static Finding loss(Points points, double now, boolean early) {
        if (early) {
            return early(Measure.LOSS, number(now), points);
        }
        double start = median(points, 0, 5);
        double best = lowestMedian(points);
        if (now > best + 0.15 * Math.abs(best)) {
            return new Finding(Measure.LOSS, Level.LOOK, number(now), Messages.Health_LossRises, points);
        }
        boolean flat = Math.abs(start - now) < 0.003 * Math.abs(start) && points.size() > 10 * LEAST;
        return new Finding(
                Measure.LOSS,
                flat ? Level.LOOK : Level.GOOD,
                number(now),
                flat ? Messages.Health_LossFlat : Messages.Health_LossGood,
                points);
    }

    private static Finding knn(Points points) {
        double last = points.y()[points.size() - 1];
        int best = 0;
        for (int i = 1; i < points.size(); i++) {
            best = points.y()[i] > points.y()[best] ? i : best;
        }
        String value = Words.percent(last);
        String when = NLS.bind(
                Messages.Health_KnnBest, Words.percent(points.y()[best]), Words.count(Math.round(points.x()[best])));
        if (last < 0.8 * points.y()[best]) {
            return new Finding(
                    Measure.KNN, Level.LOOK, value, when + " " + Messages.Health_KnnFell, points); // $NON-NLS-1$
        }
        if (points.size() >= 4 && best == 0) {
            return new Finding(
                    Measure.KNN, Level.LOOK, value, when + " " + Messages.Health_KnnNever, points); // $NON-NLS-1$
        }
        return new Finding(Measure.KNN, points.size() < 2 ? Level.EARLY : Level.GOOD, value, when, points);
    }

    private static Finding early(Measure measure, String value, Points points) {
        return new Finding(measure, Level.EARLY, value, Messages.Health_Early, points);
    }

    private static double lowestMedian(Points points) {
        double lowest = Double.POSITIVE_INFINITY;
        int step = Math.max(1, points.size() / 200);
        for (int end = Math.min(WINDOW, points.size()); end <= points.size(); end += step) {
            lowest = Math.min(lowest, median(points, end - WINDOW, end));
        }
        return lowest;
    }

    private static double median(Points points, int from, int to) {
        double[] values = Arrays.stream(points.y(), Math.max(0, from), Math.min(points.size(), Math.max(0, to)))
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        return values.length == 0 ? Double.NaN : values[values.length / 2];
    }

    private static String number(double value) {
        double size = Math.abs(value);
        String format = size != 0 && size < 0.01
                ? "%.2e"
                : size < 10 ? "%.2f" : "%.1f"; // $NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
        return String.format(Locale.ROOT, format, value);
    }
}
