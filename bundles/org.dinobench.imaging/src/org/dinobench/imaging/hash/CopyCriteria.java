package org.dinobench.imaging.hash;

/**
 * When an aligned pair counts as a copy: with many features in agreement moderately like pixels are enough, with few
 * they must be very alike.
 *
 * @param leastOverlap share of the smaller picture that both must show, 0 to 1
 * @param manyInliers number of features in agreement that counts as many, at least 3
 * @param manyCorrelation median correlation of the blocks that is then enough
 * @param manyAgreement share of agreeing blocks that is then enough
 * @param fewInliers number of features in agreement that is always needed, 3 to {@code manyInliers}
 * @param fewCorrelation median correlation needed with few
 * @param fewAgreement share of agreeing blocks needed with few
 */
public record CopyCriteria(
        double leastOverlap,
        int manyInliers,
        double manyCorrelation,
        double manyAgreement,
        int fewInliers,
        double fewCorrelation,
        double fewAgreement) {
    /**
     * Chosen on photographs and dermoscopic images: copies of all kinds pass, and so do photographs of one lesion that
     * nearly coincide; different lesions do not, and neither do different pictures with the same stamp.
     */
    public static final CopyCriteria DEFAULT = new CopyCriteria(0.45, 8, 0.7, 0.72, 4, 0.85, 0.85);

    /** @throws IllegalArgumentException when a value is out of its range */
    public CopyCriteria {
        if (fewInliers < 3 || manyInliers < fewInliers) {
            throw new IllegalArgumentException(
                    "Inliers must be 3 <= few <= many, not " + fewInliers + ", " + manyInliers);
        }
        for (double share : new double[] {leastOverlap, manyCorrelation, manyAgreement, fewCorrelation, fewAgreement}) {
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException("Shares and correlations must be 0 to 1, not " + share);
            }
        }
    }

    boolean met(int inliers, Alignment alignment) {
        boolean many = inliers >= manyInliers
                && alignment.correlation() >= manyCorrelation
                && alignment.agreement() >= manyAgreement;
        boolean few = inliers >= fewInliers
                && alignment.correlation() >= fewCorrelation
                && alignment.agreement() >= fewAgreement;
        return alignment.overlap() >= leastOverlap && (many || few);
    }
}
