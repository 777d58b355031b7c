package org.dinobench.imaging.augment;

/**
 * Which blur probabilities to use: the DINOv2 paper and its code differ, because the code inverts its own arguments.
 * The released weights were trained with the code's.
 */
public enum BlurReading {
    /** What the reference code does: 0.0 for the first global crop, 0.9 for the second, 0.5 for local crops. */
    CODE(0.0, 0.9, 0.5),
    /** What the recipe meant: 1.0 for the first global crop, 0.1 for the second, 0.5 for local crops. */
    PAPER(1.0, 0.1, 0.5);

    private final double firstGlobal;
    private final double secondGlobal;
    private final double local;

    BlurReading(double firstGlobal, double secondGlobal, double local) {
        this.firstGlobal = firstGlobal;
        this.secondGlobal = secondGlobal;
        this.local = local;
    }

    /** Probability for the first global crop. */
    public double firstGlobal() {
        return firstGlobal;
    }

    /** Probability for the second global crop, and for further ones. */
    public double secondGlobal() {
        return secondGlobal;
    }

    /** Probability for each local crop. */
    public double local() {
        return local;
    }
}
