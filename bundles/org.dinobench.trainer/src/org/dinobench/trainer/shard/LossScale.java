package org.dinobench.trainer.shard;

/**
 * The factor on the loss that keeps small gradients of float16 above its smallest number: halved after a step whose
 * gradients were not finite, doubled after many that were. All ranks see the same steps, so theirs is the same.
 */
public final class LossScale {
    private static final double START = 65_536;
    private static final double LARGEST = 1L << 40;
    private static final int STEPS_TO_GROW = 2000;

    private final boolean active;
    private double scale;
    private long sound;

    private LossScale(boolean active, double scale) {
        this.active = active;
        this.scale = scale;
    }

    /** Always 1, for types with the range of float32. */
    public static LossScale none() {
        return new LossScale(false, 1);
    }

    /** For float16, as PyTorch's scaler begins. */
    public static LossScale dynamic() {
        return new LossScale(true, START);
    }

    /** The factor. */
    public double value() {
        return scale;
    }

    /** Steps since the last change. */
    public long soundSteps() {
        return sound;
    }

    /** Goes on from a checkpoint. */
    public void restore(double value, long soundSteps) {
        if (active) {
            scale = value;
            sound = soundSteps;
        }
    }

    /** @param finite whether the step's gradients were */
    public void stepped(boolean finite) {
        if (!active) {
            return;
        }
        sound = finite ? sound + 1 : 0;
        if (!finite) {
            scale = Math.max(1, scale / 2);
        } else if (sound == STEPS_TO_GROW) {
            scale = Math.min(LARGEST, scale * 2);
            sound = 0;
        }
    }
}
