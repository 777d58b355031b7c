package org.dinobench.trainer.step;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.torch.ActivationCheckpoint;
import org.dinobench.torch.AdamW;

/**
 * Who holds weights, gradients and optimizer of a step: this process alone, or each of several its share. The order of
 * calls in a step: {@link #begin}; for each micro-batch {@link #cuts}, the forward passes, {@link #backward}; then
 * {@link #collect} and, when all is finite, {@link #update}.
 */
public interface StepEngine {
    /** Begins a step with all gradients zero. */
    void begin();

    /**
     * Begins a micro-batch.
     *
     * @param microBatch from 0
     * @param microBatches of this step
     * @param recomputing whether blocks are to be computed again in the backward pass
     * @return what cuts the student's backward pass; null: it runs in one piece
     */
    ActivationCheckpoint cuts(int microBatch, int microBatches, boolean recomputing);

    /**
     * Adds the gradients of a micro-batch.
     *
     * @param total its objective
     * @param cuts what {@link #cuts} has given, or null
     */
    void backward(Tensor total, ActivationCheckpoint cuts);

    /**
     * Ends the gradients of a step: sums them over the ranks and scales those of each sub-model to the largest norm.
     *
     * @param clipNorm largest norm of a sub-model's gradients; 0: leave them
     * @param numbers figures of this rank, replaced by their means over the ranks
     * @return the norms before, by module
     */
    Map<String, Double> collect(double clipNorm, double[] numbers);

    /** Steps the optimizer, then moves the average. */
    void update(AdamW.Rates rates, double momentum);
}
