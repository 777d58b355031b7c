package org.dinobench.evaluation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.dinobench.evaluation.data.EvalImage;
import org.dinobench.evaluation.data.FeatureMatrix;
import org.dinobench.evaluation.data.LabelledSet;

/** Small labelled sets for tests. */
public final class Sets {
    private Sets() {}

    /** An image without group, split and hash. */
    public static EvalImage image(int number, String label) {
        return image(number, label, "", "", "");
    }

    /** An image named by its number. */
    public static EvalImage image(int number, String label, String split, String group, String hash) {
        return new EvalImage(Path.of("i" + number + ".png"), "i" + number, label, split, group, hash);
    }

    /** {@code counts[c]} images of each class {@code c0, c1, ...}, all alone in their groups. */
    public static LabelledSet balanced(int... counts) {
        List<EvalImage> images = new ArrayList<>();
        for (int c = 0; c < counts.length; c++) {
            for (int i = 0; i < counts[c]; i++) {
                images.add(image(images.size(), "c" + c));
            }
        }
        return LabelledSet.of("test set", images);
    }

    /** Gaussian clouds, one per class, whose centres lie {@code distance} from the origin in random directions. */
    public static FeatureMatrix clouds(LabelledSet set, int columns, double distance, long seed) {
        Random random = new Random(seed);
        double[][] centres = new double[set.classes().size()][columns];
        for (double[] centre : centres) {
            for (int c = 0; c < columns; c++) {
                centre[c] = random.nextGaussian() * distance / Math.sqrt(columns);
            }
        }
        float[] values = new float[set.size() * columns];
        for (int i = 0; i < set.size(); i++) {
            for (int c = 0; c < columns; c++) {
                values[i * columns + c] = (float) (centres[set.label(i)][c] + random.nextGaussian());
            }
        }
        return FeatureMatrix.of("clouds", set.size(), columns, values);
    }
}
