package org.dinobench.curator.embed;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.dinobench.model.FeatureModel;
import org.dinobench.model.FeatureModel.Kind;
import org.dinobench.model.ImageEmbedder;

/**
 * Features of a backbone by which copies of an image lie next to each other. One look at an image is not enough for
 * that: a small backbone takes a brighter copy, or one whose turned corners are black, for another image. So each image
 * is looked at four times: whole and its middle three quarters, each as it is and with its exposure evened out (every
 * channel brought to mean 0 and deviation 1). Class token and mean patch token of each look, of length 1 and weighted,
 * stand one after the other.
 */
final class CopyViews implements ImageEmbedder {
    /** Looks that keep the exposure count less: it is the first thing that copies change. */
    private static final double[] WEIGHTS = {0.7, 1, 0.7, 1};

    private static final int VIEWS = WEIGHTS.length;
    private static final int CHANNELS = 3;
    /** Of the whole image's side, part that the middle has. */
    private static final double MIDDLE = 0.75;
    /** Keeps images of one colour finite. */
    private static final float LEAST_DEVIATION = 0.05f;

    private final FeatureModel model;
    private final int side;

    /**
     * @param model stays the caller's
     * @param side pixels that the backbone is to see
     */
    CopyViews(FeatureModel model, int side) {
        this.model = model;
        this.side = side;
    }

    /** Side of the images to be given: half as much again as the backbone sees, so that the middle is sharp, too. */
    int inputSide() {
        return side + side / 2;
    }

    @Override
    public int dimensions() {
        return VIEWS * Kind.CLASS_TOKEN_AND_MEAN_PATCH.dimensions(width());
    }

    private int width() {
        return model.config().width();
    }

    @Override
    public float[] embed(FloatBuffer images, int batch, int height, int width) {
        int input = inputSide();
        if (height != input || width != input) {
            throw new IllegalArgumentException(
                    "Images of " + height + " x " + width + " instead of " + input + " x " + input);
        }
        int plane = side * side;
        FloatBuffer views = ByteBuffer.allocateDirect(4 * VIEWS * batch * CHANNELS * plane)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        float[] whole = new float[input * input];
        int cut = (int) Math.round(input * (1 - MIDDLE) / 2);
        for (int image = 0; image < batch; image++) {
            for (int channel = 0; channel < CHANNELS; channel++) {
                images.get(images.position() + (image * CHANNELS + channel) * whole.length, whole);
                float[] all = shrunk(whole, input, 0, input);
                float[] middle = shrunk(whole, input, cut, input - 2 * cut);
                int view = 0;
                for (float[] pixels : new float[][] {all, evened(all), middle, evened(middle)}) {
                    views.put(((view++ * batch + image) * CHANNELS + channel) * plane, pixels);
                }
            }
        }
        return joined(model.features(views, VIEWS * batch, side, side, Kind.CLASS_TOKEN_AND_MEAN_PATCH), batch);
    }

    /** A square part of a plane, brought to the backbone's side by the mean of what each pixel covers. */
    private float[] shrunk(float[] plane, int stride, int start, int length) {
        float[] rows = new float[side * length];
        double scale = length / (double) side;
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < length; x++) {
                rows[y * length + x] = mean(plane, start * stride + start + x, stride, y * scale, scale, length);
            }
        }
        float[] result = new float[side * side];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                result[y * side + x] = mean(rows, y * length, 1, x * scale, scale, length);
            }
        }
        return result;
    }

    /** The mean over {@code [from, from + extent)} of values {@code step} apart. */
    private static float mean(float[] values, int offset, int step, double from, double extent, int length) {
        double sum = 0;
        double to = Math.min(length, from + extent);
        for (int i = (int) from; i < to; i++) {
            sum += values[offset + i * step] * (Math.min(to, i + 1) - Math.max(from, i));
        }
        return (float) (sum / (to - from));
    }

    private static float[] evened(float[] pixels) {
        double sum = 0;
        double squares = 0;
        for (float value : pixels) {
            sum += value;
            squares += (double) value * value;
        }
        double mean = sum / pixels.length;
        double deviation = Math.sqrt(Math.max(0, squares / pixels.length - mean * mean)) + LEAST_DEVIATION;
        float[] result = new float[pixels.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = (float) ((pixels[i] - mean) / deviation);
        }
        return result;
    }

    /** Of {@code [view][image][class token, mean patch token]} one vector for each image. */
    private float[] joined(float[] features, int batch) {
        int width = width();
        int dimensions = dimensions();
        float[] vectors = new float[batch * dimensions];
        for (int view = 0; view < VIEWS; view++) {
            for (int image = 0; image < batch; image++) {
                for (int token = 0; token < 2; token++) {
                    int from = ((view * batch + image) * 2 + token) * width;
                    int to = image * dimensions + (2 * view + token) * width;
                    double squares = 0;
                    for (int i = 0; i < width; i++) {
                        squares += (double) features[from + i] * features[from + i];
                    }
                    double factor = squares > 0 ? WEIGHTS[view] / Math.sqrt(squares) : 0;
                    for (int i = 0; i < width; i++) {
                        vectors[to + i] = (float) (features[from + i] * factor);
                    }
                }
            }
        }
        return vectors;
    }
}
