package org.dinobench.trainer.mask;

import java.util.SplittableRandom;

/**
 * Masks made of random rectangles of patches (BEiT, Bao et al. 2021, algorithm 1; iBOT and DINOv2 use the same). A mask
 * never exceeds its target and usually falls a little short of it, since rectangles stop once ten tries add nothing.
 */
public final class BlockMaskGenerator {
    private static final int SMALLEST_BLOCK = 4;
    private static final double SMALLEST_ASPECT = 0.3;
    private static final int TRIES = 10;

    private final int rows;
    private final int columns;
    private final double largestBlock;

    /**
     * @param rows patches from top to bottom
     * @param columns patches from left to right
     * @param largestBlock most patches that one rectangle may add; DINOv2: half of the grid
     */
    public BlockMaskGenerator(int rows, int columns, double largestBlock) {
        if (rows < 1 || columns < 1 || !(largestBlock > 0)) {
            throw new IllegalArgumentException(
                    "A grid of " + rows + " x " + columns + " with blocks of up to " + largestBlock);
        }
        this.rows = rows;
        this.columns = columns;
        this.largestBlock = largestBlock;
    }

    /** Patches in the grid. */
    public int patches() {
        return rows * columns;
    }

    /**
     * Draws one mask.
     *
     * @param target most patches to mask, 0 and more
     * @return row-major, true where masked
     */
    public boolean[] generate(int target, SplittableRandom random) {
        boolean[] mask = new boolean[patches()];
        int masked = 0;
        while (masked < target) {
            int added = addBlock(mask, Math.min(target - masked, largestBlock), random);
            if (added == 0) {
                break;
            }
            masked += added;
        }
        return mask;
    }

    /** Adds one rectangle of at most {@code limit} new patches; gives how many are new, 0 when no try fitted. */
    private int addBlock(boolean[] mask, double limit, SplittableRandom random) {
        double largestLogAspect = -Math.log(SMALLEST_ASPECT);
        for (int attempt = 0; attempt < TRIES; attempt++) {
            // with less than the smallest block left the interval is the reversed one, as in the reference
            double area = SMALLEST_BLOCK + (limit - SMALLEST_BLOCK) * random.nextDouble();
            double aspect = Math.exp(largestLogAspect * (2 * random.nextDouble() - 1));
            int height = (int) Math.rint(Math.sqrt(area * aspect));
            int width = (int) Math.rint(Math.sqrt(area / aspect));
            if (width >= columns || height >= rows) {
                continue;
            }
            int top = random.nextInt(rows - height + 1);
            int left = random.nextInt(columns - width + 1);
            int fresh = count(mask, top, left, height, width);
            if (fresh > 0 && fresh <= limit) {
                fill(mask, top, left, height, width);
                return fresh;
            }
        }
        return 0;
    }

    private int count(boolean[] mask, int top, int left, int height, int width) {
        int fresh = 0;
        for (int row = top; row < top + height; row++) {
            for (int column = left; column < left + width; column++) {
                fresh += mask[row * columns + column] ? 0 : 1;
            }
        }
        return fresh;
    }

    private void fill(boolean[] mask, int top, int left, int height, int width) {
        for (int row = top; row < top + height; row++) {
            java.util.Arrays.fill(mask, row * columns + left, row * columns + left + width, true);
        }
    }
}
