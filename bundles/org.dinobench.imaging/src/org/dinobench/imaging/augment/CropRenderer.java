package org.dinobench.imaging.augment;

import java.nio.FloatBuffer;
import org.dinobench.imaging.Resampler;
import org.dinobench.imaging.RgbImage;
import org.dinobench.imaging.augment.CropPlan.ColourStep;

/**
 * Makes the pixels of planned crops. Holds scratch memory that grows to the largest crop and is then reused: one
 * instance per thread, nothing is allocated per crop but small tables.
 */
public final class CropRenderer {
    private final FilterSpec filter;
    private final float[][] tables = new float[3][];
    private final Resampler resampler = new Resampler();
    private final RotatedPatch rotated = new RotatedPatch();
    private final GaussianBlur blur;
    private int[] px = new int[0];
    private float[] plane = new float[0];

    /** A renderer for crops planned from {@code spec}. */
    public CropRenderer(AugmentationSpec spec) {
        this.filter = spec.filter();
        this.blur = new GaussianBlur(filter.kernel());
        for (int c = 0; c < 3; c++) {
            tables[c] = spec.normalization().table(c);
        }
    }

    /**
     * Renders a crop as normalised floats.
     *
     * @param target a buffer whose position and limit are ignored; may be shared by threads that write other places
     * @param offset index of the first of {@code 3 * size * size} floats, channel after channel, rows from the top
     */
    public void render(RgbImage image, CropPlan plan, FloatBuffer target, int offset) {
        draw(image, plan);
        int pixels = plan.size() * plan.size();
        if (plane.length < pixels) {
            plane = new float[pixels];
        }
        for (int c = 0; c < 3; c++) {
            float[] table = tables[c];
            for (int i = 0, from = c; i < pixels; i++, from += 3) {
                plane[i] = table[px[from]];
            }
            target.put(offset + c * pixels, plane, 0, pixels);
        }
    }

    /** Renders a crop as an image, to be looked at. */
    public RgbImage render(RgbImage image, CropPlan plan) {
        draw(image, plan);
        byte[] rgb = new byte[3 * plan.size() * plan.size()];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) px[i];
        }
        return new RgbImage(plan.size(), plan.size(), rgb);
    }

    private void draw(RgbImage image, CropPlan plan) {
        int size = plan.size();
        int n = 3 * size * size;
        if (px.length < n) {
            px = new int[n];
        }
        CropBox box = plan.box();
        if (plan.angle() == 0) {
            resampler.resize(image.rgb(), image.width(), box.x(), box.y(), box.width(), box.height(), size, size, px);
        } else {
            byte[] patch = rotated.cut(image, box, plan.angle());
            resampler.resize(patch, box.width(), 0, 0, box.width(), box.height(), size, size, px);
        }
        if (plan.horizontalFlip()) {
            flipHorizontally(size);
        }
        if (plan.verticalFlip()) {
            flipVertically(size);
        }
        for (ColourStep step : plan.colour()) {
            change(step, n);
        }
        if (plan.gray()) {
            PixelOps.gray(px, n);
        }
        if (plan.blurSigma() > 0) {
            blur.apply(px, size, size, plan.blurSigma());
        }
        if (plan.solarize()) {
            PixelOps.solarize(px, n, filter.solarizeThreshold());
        }
    }

    private void change(ColourStep step, int n) {
        switch (step.change()) {
            case BRIGHTNESS -> PixelOps.brightness(px, n, step.amount());
            case CONTRAST -> PixelOps.contrast(px, n, step.amount());
            case SATURATION -> PixelOps.saturation(px, n, step.amount());
            case HUE -> PixelOps.hue(px, n, step.amount());
            case RED_GAIN -> PixelOps.gain(px, n, 0, step.amount());
            case GREEN_GAIN -> PixelOps.gain(px, n, 1, step.amount());
            case BLUE_GAIN -> PixelOps.gain(px, n, 2, step.amount());
        }
    }

    private void flipHorizontally(int size) {
        for (int y = 0; y < size; y++) {
            int left = 3 * y * size;
            int right = left + 3 * (size - 1);
            while (left < right) {
                for (int c = 0; c < 3; c++) {
                    int v = px[left + c];
                    px[left + c] = px[right + c];
                    px[right + c] = v;
                }
                left += 3;
                right -= 3;
            }
        }
    }

    private void flipVertically(int size) {
        int line = 3 * size;
        for (int top = 0, bottom = size - 1; top < bottom; top++, bottom--) {
            for (int i = 0; i < line; i++) {
                int v = px[top * line + i];
                px[top * line + i] = px[bottom * line + i];
                px[bottom * line + i] = v;
            }
        }
    }
}
