package org.dinobench.evaluation.maps;

import org.dinobench.core.problem.BadInputException;
import org.dinobench.model.VisionTransformer;
import org.dinobench.model.VitConfig;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Tensors;

/**
 * Where each token of one image looks in one block: the attention probabilities of all heads. Kept in Java memory, so
 * that a viewer can ask for query after query without the network.
 */
public final class AttentionMaps {
    private static final long MOST_BYTES = 1L << 30;

    private final int heads;
    private final int tokens;
    private final int registers;
    private final int rows;
    private final int columns;
    private final float[] probabilities;

    private AttentionMaps(int heads, int tokens, int registers, int rows, int columns, float[] probabilities) {
        this.heads = heads;
        this.tokens = tokens;
        this.registers = registers;
        this.rows = rows;
        this.columns = columns;
        this.probabilities = probabilities;
    }

    /**
     * Runs the network on one image.
     *
     * @param block from 0; negative numbers count from the end, -1 is the last
     * @throws BadInputException when there is no such block or the image has so many patches that the maps would take
     *     more than 1 GiB
     */
    public static AttentionMaps of(VisionTransformer network, NetworkInput input, int block) {
        VitConfig config = network.config();
        if (block >= config.depth() || block < -config.depth()) {
            throw new BadInputException(
                    "block", "the model has " + config.depth() + " blocks, not a block " + block, "count from 0");
        }
        int rows = input.image().height() / config.patch();
        int columns = input.image().width() / config.patch();
        int tokens = 1 + config.registers() + rows * columns;
        if (4L * config.heads() * tokens * tokens > MOST_BYTES) {
            throw new BadInputException(
                    "image size",
                    "the attention of " + rows * columns + " patches in " + config.heads()
                            + " heads takes more than 1 GiB",
                    "choose a smaller size");
        }
        try (TensorScope scope = TensorScope.open()) {
            float[] values = Tensors.floats(network.attention(input.tensor(), block));
            return new AttentionMaps(config.heads(), tokens, config.registers(), rows, columns, values);
        }
    }

    /** Number of heads. */
    public int heads() {
        return heads;
    }

    /** Patches from top to bottom. */
    public int rows() {
        return rows;
    }

    /** Patches from left to right. */
    public int columns() {
        return columns;
    }

    /** Number of register tokens. */
    public int registers() {
        return registers;
    }

    /** What the class token attends to, over the patches. */
    public PatchMap ofClass(int head) {
        return map(0, head);
    }

    /** What a register token attends to. */
    public PatchMap ofRegister(int register, int head) {
        if (register < 0 || register >= registers) {
            throw new IllegalArgumentException("There is no register " + register + " among " + registers);
        }
        return map(1 + register, head);
    }

    /** What a patch attends to. */
    public PatchMap ofPatch(int row, int column, int head) {
        return map(patchToken(row, column), head);
    }

    /** The mean over heads of {@link #ofClass}. */
    public PatchMap meanOfClass() {
        return mean(0);
    }

    /** The mean over heads of {@link #ofPatch}. */
    public PatchMap meanOfPatch(int row, int column) {
        return mean(patchToken(row, column));
    }

    private int patchToken(int row, int column) {
        if (row < 0 || row >= rows || column < 0 || column >= columns) {
            throw new IllegalArgumentException(
                    "There is no patch " + row + ", " + column + " in " + rows + " x " + columns);
        }
        return 1 + registers + row * columns + column;
    }

    private PatchMap map(int query, int head) {
        if (head < 0 || head >= heads) {
            throw new IllegalArgumentException("There is no head " + head + " among " + heads);
        }
        float[] values = new float[rows * columns];
        int start = (head * tokens + query) * tokens + 1 + registers;
        System.arraycopy(probabilities, start, values, 0, values.length);
        return new PatchMap(rows, columns, values);
    }

    private PatchMap mean(int query) {
        float[] sum = new float[rows * columns];
        for (int h = 0; h < heads; h++) {
            float[] values = map(query, h).values();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += values[i] / heads;
            }
        }
        return new PatchMap(rows, columns, sum);
    }
}
