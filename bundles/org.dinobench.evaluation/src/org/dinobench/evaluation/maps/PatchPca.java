package org.dinobench.evaluation.maps;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.evaluation.data.FeatureMatrix;
import org.dinobench.evaluation.internal.SubspaceIteration;
import org.dinobench.evaluation.internal.SubspaceIteration.Components;
import org.dinobench.imaging.RgbImage;
import org.dinobench.model.VisionTransformer;
import org.dinobench.model.VitOutput;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Tensors;
import org.dinobench.torch.Torch;

/**
 * Pictures of patch features by their principal components, jointly over several images, so that the same part has the
 * same colour in all of them (DINOv2, section 7.7): a first analysis of all patches finds the foreground, a second of
 * the foreground alone gives three components that become red, green and blue.
 */
public final class PatchPca {
    private static final double TRIM = 0.01;

    private final Foreground foreground;
    private final long seed;

    /** @param seed of the start of the iteration; results hardly depend on it */
    public PatchPca(Foreground foreground, long seed) {
        this.foreground = foreground;
        this.seed = seed;
    }

    /**
     * Which patches are coloured.
     *
     * @param rule how they are chosen
     * @param threshold for {@link Rule#THRESHOLD}: the share of the first component's range, 0 to 1, above which a patch
     *     is foreground
     */
    public record Foreground(Rule rule, double threshold) {
        /** Every patch. */
        public static final Foreground ALL = new Foreground(Rule.ALL, 0);
        /** The split of the first component that Otsu's method finds. */
        public static final Foreground AUTOMATIC = new Foreground(Rule.OTSU, 0);

        /** How foreground is chosen. */
        public enum Rule {
            /** Every patch. */
            ALL,
            /** A fixed share of the first component's range. */
            THRESHOLD,
            /** The split with the largest variance between both sides. */
            OTSU
        }

        /** A fixed threshold, 0 to 1. */
        public static Foreground above(double threshold) {
            return new Foreground(Rule.THRESHOLD, threshold);
        }
    }

    /**
     * The pictures.
     *
     * @param images one per input, one pixel a patch; background is black
     * @param foregroundShare share of patches that were coloured
     * @param explained share of the coloured patches' variance along each of the three components
     */
    public record Result(List<RgbImage> images, double foregroundShare, List<Double> explained) {
        /** Copies lists. */
        public Result {
            images = List.copyOf(images);
            explained = List.copyOf(explained);
        }
    }

    private record Patches(FeatureMatrix features, List<int[]> grids) {}

    /** Runs the network over the images, one after the other as their sizes may differ, and paints them. */
    public Result paint(VisionTransformer network, List<NetworkInput> inputs, JobMonitor monitor) {
        return paint(patches(network, inputs, monitor));
    }

    /**
     * Paints given patch features.
     *
     * @param features all patches, image after image, row-major
     * @param grids rows and columns of patches of each image
     */
    public Result paint(FeatureMatrix features, List<int[]> grids) {
        return paint(new Patches(features, grids));
    }

    private Result paint(Patches patches) {
        boolean[] front = front(patches);
        int count = 0;
        for (boolean f : front) {
            count += f ? 1 : 0;
        }
        int[] rows = new int[count];
        int n = 0;
        for (int i = 0; i < front.length; i++) {
            if (front[i]) {
                rows[n++] = i;
            }
        }
        FeatureMatrix shown = patches.features().rows(rows);
        Components components = SubspaceIteration.of(shown, 3, seed);
        double[][] colours = stretched(shown, components);
        byte[][] rgb = new byte[front.length][];
        for (int i = 0; i < count; i++) {
            rgb[rows[i]] = new byte[3];
            for (int c = 0; c < 3; c++) {
                rgb[rows[i]][c] = (byte) Math.round(255 * colours[c][i]);
            }
        }
        List<Double> explained = Arrays.stream(components.variances())
                .map(v -> components.totalVariance() > 0 ? v / components.totalVariance() : 0)
                .boxed()
                .toList();
        return new Result(images(rgb, patches.grids()), count / (double) front.length, explained);
    }

    private static Patches patches(VisionTransformer network, List<NetworkInput> inputs, JobMonitor monitor) {
        monitor.begin("Patch features", inputs.size());
        List<float[]> parts = new ArrayList<>();
        List<int[]> grids = new ArrayList<>();
        int rows = 0;
        for (NetworkInput input : inputs) {
            monitor.checkStopped();
            try (TensorScope scope = TensorScope.open();
                    Torch.GradSwitch off = Torch.noGrad()) {
                VitOutput output = network.forward(input.tensor());
                Tensor tokens = output.patchTokens();
                parts.add(Tensors.floats(tokens));
                grids.add(new int[] {output.gridHeight(), output.gridWidth()});
                rows += output.gridHeight() * output.gridWidth();
            }
            monitor.worked(1);
        }
        int width = network.config().width();
        float[] all = new float[Math.multiplyExact(rows, width)];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return new Patches(FeatureMatrix.of("patch features", rows, width, all), grids);
    }

    private boolean[] front(Patches patches) {
        int n = patches.features().rows();
        boolean[] front = new boolean[n];
        if (foreground.rule() == Foreground.Rule.ALL) {
            Arrays.fill(front, true);
            return front;
        }
        Components first = SubspaceIteration.of(patches.features(), 1, seed);
        double[] along = new double[n];
        Arrays.setAll(along, i -> first.project(patches.features(), i)[0]);
        if (borderMean(along, patches.grids()) > Arrays.stream(along).average().orElse(0)) {
            // the sign of a component means nothing: what fills the border is taken for background
            Arrays.setAll(along, i -> -along[i]);
        }
        double low = Arrays.stream(along).min().orElse(0);
        double high = Arrays.stream(along).max().orElse(0);
        double limit = foreground.rule() == Foreground.Rule.OTSU
                ? Otsu.split(along)
                : low + foreground.threshold() * (high - low);
        int count = 0;
        for (int i = 0; i < n; i++) {
            front[i] = along[i] > limit;
            count += front[i] ? 1 : 0;
        }
        if (count < 4) {
            Arrays.fill(front, true);
        }
        return front;
    }

    private static double borderMean(double[] along, List<int[]> grids) {
        double sum = 0;
        int count = 0;
        int start = 0;
        for (int[] grid : grids) {
            for (int r = 0; r < grid[0]; r++) {
                for (int c = 0; c < grid[1]; c++) {
                    if (r == 0 || c == 0 || r == grid[0] - 1 || c == grid[1] - 1) {
                        sum += along[start + r * grid[1] + c];
                        count++;
                    }
                }
            }
            start += grid[0] * grid[1];
        }
        return sum / Math.max(1, count);
    }

    /** Coordinates along each component, 0 to 1 between its first and its 99th percentile. */
    private static double[][] stretched(FeatureMatrix shown, Components components) {
        int n = shown.rows();
        double[][] at = new double[3][n];
        for (int i = 0; i < n; i++) {
            double[] projected = components.project(shown, i);
            for (int c = 0; c < projected.length; c++) {
                at[c][i] = projected[c];
            }
        }
        for (double[] channel : at) {
            double[] sorted = channel.clone();
            Arrays.sort(sorted);
            double low = sorted[(int) (TRIM * (n - 1))];
            double high = sorted[(int) Math.ceil((1 - TRIM) * (n - 1))];
            for (int i = 0; i < n; i++) {
                channel[i] = high > low ? Math.min(1, Math.max(0, (channel[i] - low) / (high - low))) : 0.5;
            }
        }
        return at;
    }

    private static List<RgbImage> images(byte[][] rgb, List<int[]> grids) {
        List<RgbImage> images = new ArrayList<>();
        int start = 0;
        for (int[] grid : grids) {
            byte[] bytes = new byte[3 * grid[0] * grid[1]];
            for (int i = 0; i < grid[0] * grid[1]; i++) {
                if (rgb[start + i] != null) {
                    System.arraycopy(rgb[start + i], 0, bytes, 3 * i, 3);
                }
            }
            images.add(new RgbImage(grid[1], grid[0], bytes));
            start += grid[0] * grid[1];
        }
        return images;
    }

    /** The threshold with the largest variance between both sides, over a histogram of 256 bins. */
    private static final class Otsu {
        private static final int BINS = 256;

        static double split(double[] values) {
            double low = Arrays.stream(values).min().orElse(0);
            double high = Arrays.stream(values).max().orElse(0);
            if (!(high > low)) {
                return low;
            }
            long[] histogram = new long[BINS];
            for (double v : values) {
                histogram[(int) Math.min(BINS - 1, (v - low) / (high - low) * BINS)]++;
            }
            double total = 0;
            for (int b = 0; b < BINS; b++) {
                total += (double) b * histogram[b];
            }
            double below = 0;
            long countBelow = 0;
            double best = -1;
            int bestBin = 0;
            for (int b = 0; b < BINS - 1; b++) {
                countBelow += histogram[b];
                below += (double) b * histogram[b];
                long countAbove = values.length - countBelow;
                if (countBelow == 0 || countAbove == 0) {
                    continue;
                }
                double gap = below / countBelow - (total - below) / countAbove;
                double between = (double) countBelow * countAbove * gap * gap;
                if (between > best) {
                    best = between;
                    bestBin = b;
                }
            }
            return low + (bestBin + 1) * (high - low) / BINS;
        }
    }
}
