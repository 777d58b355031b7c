package org.dinobench.imaging.augment;

/**
 * Blur and solarization.
 *
 * @param kernel taps of the Gaussian, odd, 1 to 31
 * @param minSigma smallest standard deviation in pixels of the crop, above 0
 * @param maxSigma largest standard deviation
 * @param blurFirstGlobal how often the first global crop is blurred
 * @param blurSecondGlobal how often the second (and any further) global crop is blurred
 * @param blurLocal how often a local crop is blurred
 * @param solarizeSecondGlobal how often the second (and any further) global crop is solarized: values at or above the
 *     threshold are inverted
 * @param solarizeThreshold 0 to 256
 */
public record FilterSpec(
        int kernel,
        double minSigma,
        double maxSigma,
        double blurFirstGlobal,
        double blurSecondGlobal,
        double blurLocal,
        double solarizeSecondGlobal,
        int solarizeThreshold) {
    /** @throws IllegalArgumentException when a value is out of its range */
    public FilterSpec {
        if (kernel < 1 || kernel > 31 || kernel % 2 == 0) {
            throw new IllegalArgumentException("The blur kernel must be odd, 1 to 31, not " + kernel);
        }
        if (!(minSigma > 0 && minSigma <= maxSigma && maxSigma <= 100)) {
            throw new IllegalArgumentException("Sigmas must be positive and rise: " + minSigma + ", " + maxSigma);
        }
        if (solarizeThreshold < 0 || solarizeThreshold > 256) {
            throw new IllegalArgumentException("The solarize threshold must be 0 to 256, not " + solarizeThreshold);
        }
        Probability.check("Blur", blurFirstGlobal);
        Probability.check("Blur", blurSecondGlobal);
        Probability.check("Blur", blurLocal);
        Probability.check("Solarize", solarizeSecondGlobal);
    }

    /** Kernel 9, sigma 0.1 to 2, and the probabilities of a reading; solarization at 128 as given. */
    public static FilterSpec of(BlurReading reading, double solarize) {
        return new FilterSpec(
                9, 0.1, 2.0, reading.firstGlobal(), reading.secondGlobal(), reading.local(), solarize, 128);
    }
}
