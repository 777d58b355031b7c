package org.dinobench.imaging.augment;

/**
 * Random changes of colour, as torchvision's ColorJitter followed by RandomGrayscale.
 *
 * @param brightness factor is drawn from {@code max(0, 1 - b) .. 1 + b}; 0 is off
 * @param contrast likewise
 * @param saturation likewise
 * @param hue shift as a share of the colour circle, drawn from {@code -hue .. hue}; 0 to 0.5
 * @param jitterProbability how often the four above are applied, in random order
 * @param channelGain each channel is multiplied by its own factor from {@code 1 - g .. 1 + g} (a mild cast of light
 *     or stain), as often as the jitter; 0 is off, below 1
 * @param grayProbability how often the crop is made gray
 */
public record ColourSpec(
        double brightness,
        double contrast,
        double saturation,
        double hue,
        double jitterProbability,
        double channelGain,
        double grayProbability) {
    /** No change of colour. */
    public static final ColourSpec NONE = new ColourSpec(0, 0, 0, 0, 0, 0, 0);

    /** @throws IllegalArgumentException when a value is out of its range */
    public ColourSpec {
        if (!(brightness >= 0
                && contrast >= 0
                && saturation >= 0
                && brightness <= 10
                && contrast <= 10
                && saturation <= 10)) {
            throw new IllegalArgumentException("Brightness, contrast and saturation must be 0 to 10");
        }
        if (!(hue >= 0 && hue <= 0.5)) {
            throw new IllegalArgumentException("Hue must be 0 to 0.5, not " + hue);
        }
        if (!(channelGain >= 0 && channelGain < 1)) {
            throw new IllegalArgumentException("Channel gain must be 0 to below 1, not " + channelGain);
        }
        Probability.check("Jitter", jitterProbability);
        Probability.check("Gray", grayProbability);
    }
}
