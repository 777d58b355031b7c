package org.dinobench.imaging.augment;

/**
 * Point operations on interleaved RGB values 0 to 255 held in ints, changed in place, with the roundings of Pillow's
 * ImageEnhance and ImageOps on 8-bit images (blends truncate, luma is Rec. 601 in 16-bit fixed point), which
 * torchvision uses on PIL images. Each method takes the number of values {@code n}, three per pixel. No state, thread-safe.
 */
final class PixelOps {
    private PixelOps() {}

    /** Rec. 601 luma of one pixel, rounded. */
    static int luma(int r, int g, int b) {
        return (19595 * r + 38470 * g + 7471 * b + 32768) >> 16;
    }

    static void brightness(int[] px, int n, double factor) {
        lookUp(px, 0, 1, n, blendTable(0, factor));
    }

    static void contrast(int[] px, int n, double factor) {
        long sum = 0;
        for (int i = 0; i < n; i += 3) {
            sum += luma(px[i], px[i + 1], px[i + 2]);
        }
        int mean = (int) (sum / (n / 3.0) + 0.5);
        lookUp(px, 0, 1, n, blendTable(mean, factor));
    }

    static void saturation(int[] px, int n, double factor) {
        float f = (float) factor;
        for (int i = 0; i < n; i += 3) {
            int gray = luma(px[i], px[i + 1], px[i + 2]);
            px[i] = clip(gray + f * (px[i] - gray));
            px[i + 1] = clip(gray + f * (px[i + 1] - gray));
            px[i + 2] = clip(gray + f * (px[i + 2] - gray));
        }
    }

    /** @param channel 0 red, 1 green, 2 blue */
    static void gain(int[] px, int n, int channel, double factor) {
        lookUp(px, channel, 3, n, blendTable(0, factor));
    }

    /** Gray in all three channels. */
    static void gray(int[] px, int n) {
        for (int i = 0; i < n; i += 3) {
            int gray = luma(px[i], px[i + 1], px[i + 2]);
            px[i] = gray;
            px[i + 1] = gray;
            px[i + 2] = gray;
        }
    }

    /** Inverts values at or above the threshold. */
    static void solarize(int[] px, int n, int threshold) {
        for (int i = 0; i < n; i++) {
            px[i] = px[i] < threshold ? px[i] : 255 - px[i];
        }
    }

    /**
     * Turns the hue by a share of the circle, through 8-bit hue, saturation and value as Pillow's HSV mode holds them.
     *
     * @param turn -0.5 to 0.5
     */
    static void hue(int[] px, int n, double turn) {
        int shift = (int) (turn * 255);
        for (int i = 0; i < n; i += 3) {
            int r = px[i];
            int g = px[i + 1];
            int b = px[i + 2];
            int max = Math.max(r, Math.max(g, b));
            int min = Math.min(r, Math.min(g, b));
            if (max == min) {
                continue;
            }
            float chroma = max - min;
            float red = (max - r) / chroma;
            float green = (max - g) / chroma;
            float blue = (max - b) / chroma;
            // The order of these roundings decides which 8-bit hue comes out, so it is kept as Pillow has it.
            float sector =
                    r == max ? blue - green : g == max ? (float) (2.0 + red - blue) : (float) (4.0 + green - red);
            double circle = sector / 6.0 + 1.0;
            float part = (float) (circle >= 1.0 ? circle - 1.0 : circle);
            int hue = ((int) (part * 255.0) + shift) & 0xff;
            int saturation = (int) (chroma / max * 255.0);
            fromHsv(px, i, hue, saturation, max);
        }
    }

    private static void fromHsv(int[] px, int at, int hue, int saturation, int value) {
        if (saturation == 0) {
            px[at] = value;
            px[at + 1] = value;
            px[at + 2] = value;
            return;
        }
        float place = hue * (6f / 255f);
        int sector = (int) place;
        float within = place - sector;
        float s = saturation * (1f / 255f);
        int low = (int) (value * (1f - s) + 0.5f);
        int falling = (int) (value * (1f - s * within) + 0.5f);
        int rising = (int) (value * (1f - s * (1f - within)) + 0.5f);
        switch (sector) {
            case 1 -> put(px, at, falling, value, low);
            case 2 -> put(px, at, low, value, rising);
            case 3 -> put(px, at, low, falling, value);
            case 4 -> put(px, at, rising, low, value);
            case 5 -> put(px, at, value, low, falling);
            default -> put(px, at, value, rising, low);
        }
    }

    private static void put(int[] px, int at, int r, int g, int b) {
        px[at] = r;
        px[at + 1] = g;
        px[at + 2] = b;
    }

    /** {@code from + factor * (v - from)} for all v, truncated and clipped. */
    private static int[] blendTable(int from, double factor) {
        float f = (float) factor;
        int[] table = new int[256];
        for (int v = 0; v < 256; v++) {
            table[v] = clip(from + f * (v - from));
        }
        return table;
    }

    private static void lookUp(int[] px, int start, int step, int n, int[] table) {
        for (int i = start; i < n; i += step) {
            px[i] = table[px[i]];
        }
    }

    private static int clip(float v) {
        return Math.max(0, Math.min(255, (int) v));
    }
}
