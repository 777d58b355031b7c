package org.dinobench.evaluation.segmentation;

/**
 * What a head learns from one mask: for each cell of a square grid the share of each class among its pixels, and how much
 * of the cell counts.
 *
 * @param shares {@code [classes][side][side]}, summing to 1 over the classes where the weight is not 0
 * @param weights {@code [side][side]}, the share of the cell's pixels that are not ignored
 */
record CellTargets(float[] shares, float[] weights) {
    static CellTargets of(LabelMap mask, int classes, int side) {
        int cells = side * side;
        float[] shares = new float[classes * cells];
        float[] weights = new float[cells];
        int[] pixels = new int[cells];
        for (int y = 0; y < mask.height(); y++) {
            int row = (int) ((long) y * side / mask.height());
            for (int x = 0; x < mask.width(); x++) {
                int cell = row * side + (int) ((long) x * side / mask.width());
                int label = mask.at(x, y);
                pixels[cell]++;
                if (label != LabelMap.IGNORED) {
                    shares[label * cells + cell]++;
                    weights[cell]++;
                }
            }
        }
        for (int cell = 0; cell < cells; cell++) {
            for (int c = 0; c < classes && weights[cell] > 0; c++) {
                shares[c * cells + cell] /= weights[cell];
            }
            weights[cell] = pixels[cell] == 0 ? 0 : weights[cell] / pixels[cell];
        }
        return new CellTargets(shares, weights);
    }
}
