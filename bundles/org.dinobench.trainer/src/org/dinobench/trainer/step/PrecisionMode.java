package org.dinobench.trainer.step;

import org.bytedeco.pytorch.global.torch;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.train.Precision;
import org.dinobench.torch.Torch;

/** Sets how fp32 matrix products are computed while open; a setting of the whole process. */
public final class PrecisionMode implements AutoCloseable {
    private final torch.Float32MatmulPrecision before;

    private PrecisionMode(torch.Float32MatmulPrecision before) {
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
                    "train.precision", "fp16 needs a GPU", "use fast or bf16, which are as fast on processors");
        }
        torch.Float32MatmulPrecision before =
                torch.globalContext().float32MatmulPrecision().intern();
        torch.globalContext().setFloat32MatmulPrecision(precision == Precision.FAST ? "high" : "highest");
        return new PrecisionMode(before);
    }

    @Override
    public void close() {
        torch.globalContext().setFloat32MatmulPrecision(before);
    }
}
