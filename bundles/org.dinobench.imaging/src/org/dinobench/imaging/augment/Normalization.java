package org.dinobench.imaging.augment;

/**
 * From 0..255 to network input: {@code (value / 255 - mean[c]) / std[c]}.
 *
 * @param mean three numbers for red, green, blue, in units of 0 to 1
 * @param std three positive numbers, in units of 0 to 1
 */
public record Normalization(double[] mean, double[] std) {
    /** Mean and deviation of ImageNet, as DINOv2 uses them. */
    public static final Normalization IMAGENET =
            new Normalization(new double[] {0.485, 0.456, 0.406}, new double[] {0.229, 0.224, 0.225});

    /** @throws IllegalArgumentException unless both have three finite numbers and the deviations are positive */
    public Normalization {
        mean = mean.clone();
        std = std.clone();
        if (mean.length != 3 || std.length != 3) {
            throw new IllegalArgumentException("Mean and deviation need three numbers each");
        }
        for (int c = 0; c < 3; c++) {
            if (!Double.isFinite(mean[c]) || !Double.isFinite(std[c]) || std[c] <= 0) {
                throw new IllegalArgumentException("Mean must be finite and deviation positive in channel " + c);
            }
        }
    }

    @Override
    public double[] mean() {
        return mean.clone();
    }

    @Override
    public double[] std() {
        return std.clone();
    }

    /** The 256 normalised values of a channel, to be looked up by the 8-bit value. */
    public float[] table(int channel) {
        float[] table = new float[256];
        for (int v = 0; v < 256; v++) {
            table[v] = (float) ((v / 255.0 - mean[channel]) / std[channel]);
        }
        return table;
    }
}
