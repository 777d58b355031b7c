package org.dinobench.trainer;

/** A run whose numbers are no longer finite; the message says which and what usually helps. */
public final class TrainingDivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message diagnosis and advice */
    public TrainingDivergedException(String message) {
        super(message);
    }
}
