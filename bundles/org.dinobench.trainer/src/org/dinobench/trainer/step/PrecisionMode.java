package org.dinobench.trainer.step;

import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.train.Precision;
import org.dinobench.torch.Torch;

/**
 * Sets how products of fp32 matrices are computed while open; a setting of the whole process. {@code fast} rounds their
 * factors to bfloat16 and keeps everything else in fp32; {@code bf16} works on 16-bit copies of the weights instead (see
 * {@link SelfSupervisedModel}), for which no product of fp32 matrices is left to round.
 */
public final class PrecisionMode implements AutoCloseable {
    private final org.dinobench.torch.Precision before;

    private PrecisionMode(org.dinobench.torch.Precision before) {
        this.before = before;
    }

    /**
     * Switches to a precision.
     *
     * @throws BadInputException for fp16, which processors compute a hundred times slower than fp32
     */
    public static PrecisionMode open(Precision precision) {
        Torch.start();
        if (precision == Precision.FP16) {
            throw new BadInputException(
                    "train.precision", "fp16 needs a GPU", "use fast or bf16, which are faster on processors");
        }
        org.dinobench.torch.Precision before = Torch.precision();
        Torch.setPrecision(
                precision == Precision.FAST ? org.dinobench.torch.Precision.FAST : org.dinobench.torch.Precision.FP32);
        return new PrecisionMode(before);
    }

    @Override
    public void close() {
        Torch.setPrecision(before);
    }
}
