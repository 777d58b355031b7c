package org.dinobench.evaluation.maps;

/**
 * A scale of colours from dark to light whose lightness rises evenly, so that equal steps of the value look like equal
 * steps, also in grey and to people who see few colours. Given by a few points in the OKLCh colour space (lightness,
 * chroma, hue in degrees); between them lightness, chroma and hue are interpolated.
 */
public final class ColourMap {
    /** Near-black violet over red and orange to pale yellow. */
    public static final ColourMap EMBER = new ColourMap(new double[][] {
        {0.16, 0.05, 285}, {0.35, 0.16, 315}, {0.54, 0.20, 365}, {0.73, 0.17, 415}, {0.95, 0.10, 465}
    });

    /** Deep blue over teal and green to pale yellow. */
    public static final ColourMap LAGOON = new ColourMap(new double[][] {
        {0.20, 0.07, 285}, {0.39, 0.09, 250}, {0.57, 0.10, 195}, {0.76, 0.15, 145}, {0.95, 0.12, 105}
    });

    private static final int STEPS = 256;

    private final byte[] rgb = new byte[3 * STEPS];

    private ColourMap(double[][] points) {
        for (int i = 0; i < STEPS; i++) {
            double at = i / (STEPS - 1.0) * (points.length - 1);
            int below = Math.min(points.length - 2, (int) at);
            double f = at - below;
            double[] lch = new double[3];
            for (int k = 0; k < 3; k++) {
                lch[k] = points[below][k] * (1 - f) + points[below + 1][k] * f;
            }
            write(lch, 3 * i);
        }
    }

    /**
     * Red, green and blue, each 0 to 255, packed as {@code 0xRRGGBB}.
     *
     * @param value 0 to 1; outside it the nearer end
     */
    public int colour(double value) {
        int i = 3 * (int) Math.round(Math.min(1, Math.max(0, value)) * (STEPS - 1));
        return (rgb[i] & 0xff) << 16 | (rgb[i + 1] & 0xff) << 8 | rgb[i + 2] & 0xff;
    }

    /** OKLab to linear light to sRGB, clipped. */
    private void write(double[] lch, int index) {
        double hue = Math.toRadians(lch[2]);
        double a = lch[1] * Math.cos(hue);
        double b = lch[1] * Math.sin(hue);
        double l = cube(lch[0] + 0.3963377774 * a + 0.2158037573 * b);
        double m = cube(lch[0] - 0.1055613458 * a - 0.0638541728 * b);
        double s = cube(lch[0] - 0.0894841775 * a - 1.2914855480 * b);
        rgb[index] = gamma(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
        rgb[index + 1] = gamma(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
        rgb[index + 2] = gamma(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s);
    }

    private static double cube(double v) {
        return v * v * v;
    }

    private static byte gamma(double linear) {
        double v = Math.min(1, Math.max(0, linear));
        double encoded = v <= 0.0031308 ? 12.92 * v : 1.055 * Math.pow(v, 1 / 2.4) - 0.055;
        return (byte) Math.round(255 * encoded);
    }
}
