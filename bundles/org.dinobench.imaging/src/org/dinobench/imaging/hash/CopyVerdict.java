package org.dinobench.imaging.hash;

/**
 * What the comparison of two images found.
 *
 * @param copy whether one image is a copy of the other, or both of a third
 * @param mirrored whether the second image shows the first one mirrored
 * @param matches pairs of local features that look alike
 * @param inliers pairs that also agree on one geometric transform
 * @param overlap share of the smaller picture's area, 0 to 1, that both show after alignment
 * @param correlation agreement of the aligned pixels: the median over textured blocks of the correlation of gray
 *     values, -1 to 1; 0 when there was nothing to align
 * @param agreement share of the textured blocks, 0 to 1, whose correlation is clearly positive
 */
public record CopyVerdict(
        boolean copy,
        boolean mirrored,
        int matches,
        int inliers,
        double overlap,
        double correlation,
        double agreement) {
    static final CopyVerdict NOTHING = new CopyVerdict(false, false, 0, 0, 0, 0, 0);

    /** Inliers as a share of the matches; 0 without matches. */
    public double inlierRatio() {
        return matches == 0 ? 0 : (double) inliers / matches;
    }

    /** How strongly the finding speaks for a copy; orders the findings of one pair. */
    double weight() {
        return inliers * Math.max(0, correlation);
    }
}
