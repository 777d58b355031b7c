package org.dinobench.evaluation.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.evaluation.Sets;
import org.dinobench.evaluation.data.EvalImage;
import org.dinobench.evaluation.data.FeatureMatrix;
import org.dinobench.evaluation.data.LabelledSet;
import org.dinobench.evaluation.data.Split;
import org.junit.jupiter.api.Test;

class RetrievalTest {
    private static final double TURN = Math.toRadians(1);

    /** Vectors on the unit circle at whole degrees; with opposite ones beside them, their mean is zero. */
    private static FeatureMatrix circle(double... degrees) {
        float[] values = new float[2 * degrees.length];
        for (int i = 0; i < degrees.length; i++) {
            values[2 * i] = (float) Math.cos(degrees[i] * TURN);
            values[2 * i + 1] = (float) Math.sin(degrees[i] * TURN);
        }
        return FeatureMatrix.of("circle", degrees.length, 2, values);
    }

    @Test
    void ranksComputedByHand() {
        List<EvalImage> images = new ArrayList<>();
        String[] labels = {"a", "b", "b", "a", "a", "b", "a", "b"};
        for (int i = 0; i < labels.length; i++) {
            images.add(Sets.image(i, labels[i]));
        }
        LabelledSet set = LabelledSet.of("circle", images);
        // the gallery's mean is zero: 0 and 180, 40 and 220, 90 and 270 degrees
        FeatureMatrix features = circle(0, 180, 40, 220, 90, 270, 10, 100);
        Split split = Split.of("by hand", new int[] {0, 1, 2, 3, 4, 5}, new int[] {6, 7});
        RetrievalReport report = new Retrieval(List.of(1, 2)).measure("circle", set, split, features, JobMonitor.NONE);
        // query a at 10 degrees: 0 a, 40 b, 90 a, 270 b (100 away), 220 a (150), 180 b (170)
        double first = (1 + 2.0 / 3 + 3.0 / 5) / 3;
        // query b at 100 degrees: 90 a (10), 40 b (60), 180 b (80), 0 a (100), 220 a (120), 270 b (170)
        double second = (1.0 / 2 + 2.0 / 3 + 3.0 / 6) / 3;
        assertEquals((first + second) / 2, report.meanAveragePrecision(), 1e-9);
        assertEquals(0.5, report.recall().get(0).recall(), 1e-12);
        assertEquals(1.0, report.recall().get(1).recall(), 1e-12);
        assertEquals(2, report.queries());
        assertEquals(6, report.gallery());
    }

    @Test
    void imagesOfTheQuerysOwnGroupAreNoFind() {
        List<EvalImage> images = new ArrayList<>();
        images.add(Sets.image(0, "a", "", "patient 1", ""));
        images.add(Sets.image(1, "b"));
        images.add(Sets.image(2, "a"));
        images.add(Sets.image(3, "b"));
        images.add(Sets.image(4, "a", "", "patient 1", ""));
        LabelledSet set = LabelledSet.of("patients", images);
        Split split = Split.of("by hand", new int[] {0, 1, 2, 3}, new int[] {4});
        RetrievalReport report =
                new Retrieval(List.of(1)).measure("circle", set, split, circle(0, 180, 60, 240, 1), JobMonitor.NONE);
        // without its own group the nearest at 60 degrees is right, and the only right one
        assertEquals(1, report.meanAveragePrecision(), 1e-12);
        LabelledSet alone = LabelledSet.of(
                "patients",
                images.subList(0, 5).stream()
                        .map(i -> i.id().equals("i2") ? Sets.image(2, "b") : i)
                        .toList());
        BadInputException problem = assertThrows(BadInputException.class, () -> new Retrieval(List.of(1))
                .measure("circle", alone, split, circle(0, 180, 60, 240, 1), JobMonitor.NONE));
        assertTrue(problem.getMessage().contains("no test image has another image of its class"));
    }
}
