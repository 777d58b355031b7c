package org.dinobench.ui.trainer.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntToDoubleFunction;
import org.dinobench.ui.common.chart.Points;
import org.dinobench.ui.trainer.health.Finding.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthRulesTest {
    private final HealthRules rules = new HealthRules(OptionalInt.of(1024));

    private static Points points(int size, IntToDoubleFunction value) {
        double[] x = new double[size];
        double[] y = new double[size];
        for (int i = 0; i < size; i++) {
            x[i] = i + 1;
            y[i] = value.applyAsDouble(i);
        }
        return new Points(x, y, size);
    }

    private Finding one(Measure measure, Points points) {
        List<Finding> found = rules.judge(Map.of(measure.key(), points));
        assertEquals(1, found.size());
        return found.get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "USAGE, 0.6, GOOD",
        "USAGE, 0.1, LOOK",
        "USAGE, 0.01, BAD",
        "RANK, 9, GOOD",
        "RANK, 2, LOOK",
        "RANK, 1.1, BAD",
        "SPREAD, 0.9, GOOD",
        "SPREAD, 0.1, LOOK",
        "SPREAD, 0.001, BAD",
        "ENTROPY, 5.5, GOOD",
        "ENTROPY, 6.50, GOOD",
        "ENTROPY, 6.66, LOOK",
        "ENTROPY, 6.80, LOOK",
        "ENTROPY, 6.9314, BAD",
        "ENTROPY, 0.01, LOOK"
    })
    void levelsFollowTheValue(Measure measure, double value, Level level) {
        assertEquals(level, one(measure, points(100, i -> value)).level());
    }

    @Test
    void targetsNearTheHighestEntropyAreCalledOutAsTeachingLittle() {
        Finding finding = one(Measure.ENTROPY, points(100, i -> 0.96 * Math.log(1024)));
        assertTrue(finding.sentence().startsWith("96.0 % of the highest possible."), finding.sentence());
        assertTrue(finding.sentence().contains("teach little"), finding.sentence());
    }

    @Test
    void aFewValuesSayNothingYet() {
        assertEquals(Level.EARLY, one(Measure.USAGE, points(10, i -> 0.001)).level());
    }

    @Test
    void oneOutlierIsNoFinding() {
        assertEquals(
                Level.GOOD,
                one(Measure.GRADIENT, points(100, i -> i == 99 ? 500 : 2)).level());
        assertEquals(
                Level.BAD,
                one(Measure.GRADIENT, points(100, i -> i > 85 ? 500 : 2)).level());
    }

    @Test
    void aLossThatIsNoNumberIsBroken() {
        assertEquals(
                Level.BAD,
                one(Measure.LOSS, points(100, i -> i == 99 ? Double.NaN : 9)).level());
    }

    @Test
    void aLossThatRisesAgainIsSeen() {
        assertEquals(
                Level.LOOK,
                one(Measure.LOSS, points(300, i -> i < 150 ? 10 - i / 50.0 : 11))
                        .level());
        assertEquals(
                Level.GOOD, one(Measure.LOSS, points(300, i -> 10 - i / 100.0)).level());
    }

    @Test
    void theBestCheckIsNamedWithItsStep() {
        Finding fell = one(Measure.KNN, points(6, i -> i == 2 ? 0.8 : 0.5));
        assertEquals(Level.LOOK, fell.level());
        assertTrue(fell.sentence().startsWith("Best: 80.0 % at step 3."), fell.sentence());
    }

    @Test
    void numbersThatNobodyKnowsAreLeftOut() {
        assertTrue(rules.judge(Map.of("lr", points(100, i -> 1))).isEmpty());
    }
}
