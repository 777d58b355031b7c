package org.dinobench.trainer.internal.loop;

import java.util.Map;
import java.util.stream.Collectors;
import org.dinobench.trainer.TrainingDivergedException;
import org.dinobench.trainer.step.StepReport;

/** Tells of steps whose numbers are not finite, and ends the run after three in a row. */
final class NanGuard {
    private static final int MOST_IN_A_ROW = 3;

    private int inARow;

    NanGuard(int inARow) {
        this.inARow = inARow;
    }

    int inARow() {
        return inARow;
    }

    /**
     * Looks at a step.
     *
     * @return what to tell, or null when the step was sound
     * @throws TrainingDivergedException at the third bad step in a row
     */
    String look(long step, StepReport report, double learningRate) {
        if (report.applied()) {
            inARow = 0;
            return null;
        }
        inARow++;
        String what = "Step " + step + " gave no finite numbers (" + notFinite(report) + ")";
        if (inARow < MOST_IN_A_ROW) {
            return what + "; it was skipped and the weights are as before.";
        }
        throw new TrainingDivergedException(what + ", the third in a row; training has diverged at learning rate "
                + learningRate + ". The last checkpoint is sound: resume from it with half of optim.lr, a lower"
                + " student.drop_path_rate (0.1) or optim.adamw_beta2=0.99, and look for broken or empty images.");
    }

    private static String notFinite(StepReport report) {
        String losses = names(report.losses());
        return losses.isEmpty() ? "gradients of " + names(report.gradientNorms()) : losses;
    }

    private static String names(Map<String, Double> numbers) {
        return numbers.entrySet().stream()
                .filter(entry -> !Double.isFinite(entry.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
    }
}
