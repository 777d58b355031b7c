package org.dinobench.imaging.augment;

/**
 * One kind of crop: how many, how large, and which part of the image (random resized crop).
 *
 * @param count crops of this kind per image; at least 0
 * @param size pixels of a side of the square crop; 1 to 2048
 * @param minScale smallest share of the image's area, above 0
 * @param maxScale largest share of the image's area, at most 1
 * @param minRatio smallest width / height of the part that is cut out, above 0
 * @param maxRatio largest width / height of the part that is cut out
 */
public record CropSpec(int count, int size, double minScale, double maxScale, double minRatio, double maxRatio) {
    /** @throws IllegalArgumentException when a value is out of its range */
    public CropSpec {
        if (count < 0 || size < 1 || size > 2048) {
            throw new IllegalArgumentException(
                    "A crop needs a count of 0 or more and a size of 1 to 2048: " + count + ", " + size);
        }
        if (!(minScale > 0 && minScale <= maxScale && maxScale <= 1)) {
            throw new IllegalArgumentException("Scales must rise within 0 to 1: " + minScale + ", " + maxScale);
        }
        if (!(minRatio > 0 && minRatio <= maxRatio && maxRatio < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("Ratios must be positive and rise: " + minRatio + ", " + maxRatio);
        }
    }

    /** A crop with width / height of 3/4 to 4/3. */
    public CropSpec(int count, int size, double minScale, double maxScale) {
        this(count, size, minScale, maxScale, 3.0 / 4.0, 4.0 / 3.0);
    }

    /** The same kind of crop at another size. */
    public CropSpec withSize(int pixels) {
        return new CropSpec(count, pixels, minScale, maxScale, minRatio, maxRatio);
    }

    /** The same kind of crop in another number. */
    public CropSpec withCount(int crops) {
        return new CropSpec(crops, size, minScale, maxScale, minRatio, maxRatio);
    }

    /** The same kind of crop from other shares of the area. */
    public CropSpec withScale(double min, double max) {
        return new CropSpec(count, size, min, max, minRatio, maxRatio);
    }

    /** Floats of one normalised crop: {@code 3 * size * size}. */
    public int floats() {
        return 3 * size * size;
    }
}
