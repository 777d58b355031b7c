package org.dinobench.trainer.mask;

/**
 * The masks of all global crops of a step.
 *
 * @param crops number of global crops, rows of {@code masks}
 * @param patches patches a crop
 * @param masks {@code [crops * patches]} row-major, true where masked
 * @param indices {@code [M]} positions of the masked patches in {@code masks}, ascending
 * @param weights {@code [M]} 1 / (masked patches in the same crop)
 * @param upperBound largest M that the draw of ratios could have given: the length of the reference's buffer
 */
public record MaskBatch(int crops, int patches, boolean[] masks, long[] indices, float[] weights, int upperBound) {

    /** Derives indices and weights from the masks. */
    public static MaskBatch of(int crops, int patches, boolean[] masks, int upperBound) {
        if (masks.length != crops * patches) {
            throw new IllegalArgumentException(
                    masks.length + " mask values for " + crops + " crops of " + patches + " patches");
        }
        int total = 0;
        for (boolean masked : masks) {
            total += masked ? 1 : 0;
        }
        long[] indices = new long[total];
        float[] weights = new float[total];
        int next = 0;
        for (int crop = 0; crop < crops; crop++) {
            int first = next;
            for (int i = crop * patches; i < (crop + 1) * patches; i++) {
                if (masks[i]) {
                    indices[next++] = i;
                }
            }
            for (int i = first; i < next; i++) {
                weights[i] = 1f / (next - first);
            }
        }
        return new MaskBatch(crops, patches, masks, indices, weights, upperBound);
    }

    /** No patch masked. */
    public static MaskBatch none(int crops, int patches) {
        return of(crops, patches, new boolean[crops * patches], 0);
    }

    /** Every patch masked for the loss; distillation uses it with a student that sees all patches. */
    public static MaskBatch all(int crops, int patches) {
        boolean[] masks = new boolean[crops * patches];
        java.util.Arrays.fill(masks, true);
        return of(crops, patches, masks, masks.length);
    }

    /** Masked patches in all crops together, M. */
    public int masked() {
        return indices.length;
    }
}
