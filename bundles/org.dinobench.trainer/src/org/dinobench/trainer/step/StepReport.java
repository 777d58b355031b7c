package org.dinobench.trainer.step;

import java.util.Map;

/**
 * What one step did.
 *
 * @param losses the losses by metrics key, in the scale in which the reference shows them
 * @param totalLoss the objective
 * @param gradientNorms 2-norm of the gradients by module ({@code backbone}, {@code dino_head}, ...), before clipping
 * @param health figures by metrics key that tell a collapse: see {@link TeacherHealth}
 * @param applied false when loss or gradients were not finite and the weights were therefore left as they were
 */
public record StepReport(
        Map<String, Double> losses,
        double totalLoss,
        Map<String, Double> gradientNorms,
        Map<String, Double> health,
        boolean applied) {

    /** 2-norm of all gradients together. */
    public double gradientNorm() {
        return Math.sqrt(
                gradientNorms.values().stream().mapToDouble(norm -> norm * norm).sum());
    }
}
