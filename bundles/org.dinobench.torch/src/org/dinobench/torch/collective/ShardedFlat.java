package org.dinobench.torch.collective;

import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Tensors;
import org.dinobench.torch.Torch;

/**
 * A flat tensor of float32 values of which every rank keeps its share only, as fully sharded data parallelism does
 * (Rajbhandari et al. 2020, ZeRO stage 3): gathered in the precision of the computation before it is used, its
 * gradients summed over the ranks in a precision of their own and left to their owners.
 *
 * <p>All ranks call the same methods in the same order. Not thread-safe.
 */
public final class ShardedFlat implements AutoCloseable {
    private final Collectives group;
    private final ShardLayout layout;
    private final Tensor local;

    /**
     * Keeps this rank's share of the values.
     *
     * @param group the ranks that share
     * @param values float32 {@code [count]}, the same on all ranks; copied
     */
    public ShardedFlat(Collectives group, Tensor values) {
        if (values.dim() != 1 || values.scalar_type().intern() != ScalarType.Float) {
            throw new IllegalArgumentException("The values of a sharded tensor are flat and float32");
        }
        this.group = group;
        this.layout = new ShardLayout(values.numel(), group.size());
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            Tensor share = torch.zeros(new long[] {layout.share()}, values.options());
            long used = layout.used(group.rank());
            if (used > 0) {
                share.narrow(0, 0, used).copy_(values.narrow(0, layout.from(group.rank()), used));
            }
            this.local = scope.detach(share);
        }
    }

    /** Who owns what. */
    public ShardLayout layout() {
        return layout;
    }

    /** This rank's values, float32 {@code [share]}: what the optimizer changes. Padding stays zero. */
    public Tensor local() {
        return local;
    }

    /**
     * Begins to collect all values.
     *
     * @param type the precision they are sent and used in
     * @return the values once they are there; closed by the caller after use
     */
    public Gathered startGather(ScalarType type) {
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            boolean plain = local.scalar_type().intern() == type;
            Tensor part = plain ? local : local.to(type);
            Tensor whole = torch.empty(new long[] {layout.padded()}, part.options(), new MemoryFormatOptional());
            Pending pending = group.startAllGather(part, whole);
            return new Gathered(pending, plain ? null : scope.detach(part), scope.detach(whole));
        }
    }

    /**
     * Begins to sum a gradient over the ranks and adds this rank's share of the sum to {@code into} when awaited.
     *
     * @param gradient this rank's gradient {@code [padded]}; free again once this has returned when {@code precision}
     *     differs from its type or {@code scale} from 1, otherwise once the result was awaited
     * @param precision the type that is sent; sums of 16-bit types are taken in float32
     * @param scale multiplies the gradient before it is narrowed to that type, such as {@code 1 / ranks} for a mean
     * @param into float32 {@code [share]}
     */
    public Pending startReduce(Tensor gradient, ScalarType precision, double scale, Tensor into) {
        if (gradient.numel() != layout.padded() || into.numel() != layout.share()) {
            throw new IllegalArgumentException("A gradient of " + gradient.numel() + " and a share of " + into.numel()
                    + " elements do not belong to " + layout);
        }
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            Tensor scaled = scale == 1 ? gradient : gradient.mul(Tensors.scalar(scale));
            Tensor sent = scaled.scalar_type().intern() == precision ? scaled : scaled.to(precision);
            Tensor part = torch.empty(new long[] {layout.share()}, sent.options(), new MemoryFormatOptional());
            Pending pending = group.startReduceScatter(sent, part);
            return new Reduced(pending, sent == gradient ? null : scope.detach(sent), scope.detach(part), into);
        }
    }

    /** Native bytes that this rank holds between steps. */
    public long bytes() {
        return local.nbytes();
    }

    @Override
    public void close() {
        local.close();
    }

    /** All values, collected from their owners. */
    public static final class Gathered implements AutoCloseable {
        private final Pending pending;
        private final Tensor part;
        private final Tensor whole;

        private Gathered(Pending pending, Tensor part, Tensor whole) {
            this.pending = pending;
            this.part = part;
            this.whole = whole;
        }

        /** The values {@code [padded]} in the precision asked for, once they are there; valid until this is closed. */
        public Tensor await() {
            pending.await();
            return whole;
        }

        /** Frees the values. Waits first, since what is under way needs its memory. */
        @Override
        public void close() {
            try {
                pending.await();
            } finally {
                whole.close();
                if (part != null) {
                    part.close();
                }
            }
        }
    }

    private static final class Reduced implements Pending {
        private final Pending pending;
        private final Tensor sent;
        private final Tensor part;
        private final Tensor into;
        private boolean done;

        Reduced(Pending pending, Tensor sent, Tensor part, Tensor into) {
            this.pending = pending;
            this.sent = sent;
            this.part = part;
            this.into = into;
        }

        @Override
        public void await() {
            pending.await();
            if (done) {
                return;
            }
            done = true;
            try (TensorScope scope = TensorScope.open();
                    Torch.GradSwitch off = Torch.noGrad()) {
                into.add_(part);
            } finally {
                part.close();
                if (sent != null) {
                    sent.close();
                }
            }
        }
    }
}
