package org.dinobench.evaluation.data;

import java.util.Arrays;
import org.dinobench.core.problem.BadInputException;

/**
 * Feature vectors of several images: {@code rows x columns} float32, row-major, never changed after construction. All
 * values are finite; that is checked once here so that no evaluation has to.
 */
public final class FeatureMatrix {
    private final int rows;
    private final int columns;
    private final float[] values;

    private FeatureMatrix(int rows, int columns, float[] values) {
        this.rows = rows;
        this.columns = columns;
        this.values = values;
    }

    /**
     * Copies row-major values.
     *
     * @param source where the values come from, for the message when they are unusable
     * @param rows number of vectors, at least 0
     * @param columns length of a vector, at least 1
     * @param values {@code rows * columns} numbers
     * @throws BadInputException when a value is NaN or infinite: such features come from a broken model
     */
    public static FeatureMatrix of(String source, int rows, int columns, float[] values) {
        if (rows < 0 || columns < 1 || values.length != (long) rows * columns) {
            throw new IllegalArgumentException(values.length + " values are not a matrix of " + rows + " x " + columns);
        }
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new BadInputException(
                        source,
                        "the feature vector of image " + i / columns + " holds " + values[i],
                        "check that the model's training did not diverge and take an earlier checkpoint");
            }
        }
        return new FeatureMatrix(rows, columns, values.clone());
    }

    /** Number of vectors. */
    public int rows() {
        return rows;
    }

    /** Length of a vector. */
    public int columns() {
        return columns;
    }

    /** One value. */
    public float at(int row, int column) {
        return values[row * columns + column];
    }

    /** A copy of one vector. */
    public float[] row(int row) {
        return Arrays.copyOfRange(values, row * columns, (row + 1) * columns);
    }

    /** A copy of all values, row-major. */
    public float[] toArray() {
        return values.clone();
    }

    /** The rows of the given indices, in that order; an index may come more than once. */
    public FeatureMatrix rows(int[] indices) {
        float[] picked = new float[indices.length * columns];
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(values, indices[i] * columns, picked, i * columns, columns);
        }
        return new FeatureMatrix(indices.length, columns, picked);
    }

    /** The mean of every column, accumulated in double. */
    public double[] mean() {
        double[] mean = new double[columns];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                mean[c] += values[r * columns + c];
            }
        }
        for (int c = 0; c < columns; c++) {
            mean[c] /= Math.max(1, rows);
        }
        return mean;
    }

    /** The standard deviation of every column around {@code mean} (divided by the number of rows). */
    public double[] deviation(double[] mean) {
        double[] sum = new double[columns];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                double d = values[r * columns + c] - mean[c];
                sum[c] += d * d;
            }
        }
        for (int c = 0; c < columns; c++) {
            sum[c] = Math.sqrt(sum[c] / Math.max(1, rows));
        }
        return sum;
    }

    /** Every row minus {@code mean}. */
    public FeatureMatrix minus(double[] mean) {
        float[] shifted = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            shifted[i] = (float) (values[i] - mean[i % columns]);
        }
        return new FeatureMatrix(rows, columns, shifted);
    }

    /** Every row divided by its Euclidean length (at least 1e-12, as in the reference's normalisation). */
    public FeatureMatrix normalised() {
        float[] scaled = new float[values.length];
        for (int r = 0; r < rows; r++) {
            double sum = 0;
            for (int c = 0; c < columns; c++) {
                double v = values[r * columns + c];
                sum += v * v;
            }
            double scale = 1.0 / Math.max(Math.sqrt(sum), 1e-12);
            for (int c = 0; c < columns; c++) {
                scaled[r * columns + c] = (float) (values[r * columns + c] * scale);
            }
        }
        return new FeatureMatrix(rows, columns, scaled);
    }

    /** This matrix and {@code other} side by side: same rows, columns added. */
    public FeatureMatrix beside(FeatureMatrix other) {
        if (other.rows != rows) {
            throw new IllegalArgumentException(rows + " rows and " + other.rows + " rows cannot stand side by side");
        }
        int width = columns + other.columns;
        float[] joined = new float[rows * width];
        for (int r = 0; r < rows; r++) {
            System.arraycopy(values, r * columns, joined, r * width, columns);
            System.arraycopy(other.values, r * other.columns, joined, r * width + columns, other.columns);
        }
        return new FeatureMatrix(rows, width, joined);
    }

    @Override
    public String toString() {
        return "FeatureMatrix[" + rows + " x " + columns + "]";
    }
}
