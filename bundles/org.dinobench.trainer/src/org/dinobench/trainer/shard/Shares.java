package org.dinobench.trainer.shard;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.dinobench.torch.FlatParameters;
import org.dinobench.torch.ParameterUnit;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Tensors;
import org.dinobench.torch.Torch;
import org.dinobench.torch.collective.ShardLayout;

/** One rank's share of every unit of a network: float32, padding zero. Lives until {@link #close()}. */
final class Shares implements AutoCloseable {
    private final Map<String, Tensor> shares = new LinkedHashMap<>();
    private final Map<String, ShardLayout> layouts = new LinkedHashMap<>();

    /**
     * Shares of zeros.
     *
     * @param parameters gives the units; padded to a multiple of the ranks
     * @param ranks number of ranks that share
     */
    Shares(FlatParameters parameters, int ranks) {
        try (TensorScope scope = TensorScope.open()) {
            for (ParameterUnit unit : parameters.units()) {
                long count = unit.parameters().stream()
                        .mapToLong(parameter -> parameter.spec().count())
                        .sum();
                ShardLayout layout = new ShardLayout(count, ranks);
                if (layout.padded() != unit.length()) {
                    throw new IllegalArgumentException(
                            "The unit " + unit.name() + " is not padded for " + ranks + " ranks");
                }
                layouts.put(unit.name(), layout);
                shares.put(
                        unit.name(),
                        scope.detach(Tensors.zeros(ScalarType.Float, parameters.device(), layout.share())));
            }
        }
    }

    /** The share of a unit, {@code [share]}; changed in place. */
    Tensor of(ParameterUnit unit) {
        return shares.get(unit.name());
    }

    /** Who owns what of a unit. */
    ShardLayout layout(ParameterUnit unit) {
        return layouts.get(unit.name());
    }

    /** All shares by unit. */
    Map<String, Tensor> all() {
        return Collections.unmodifiableMap(shares);
    }

    /** Takes a rank's stretches of whole parameters that have the same units, padded or not. */
    void take(FlatParameters whole, int rank) {
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            for (ParameterUnit unit : whole.units()) {
                ShardLayout layout = layout(unit);
                long used = layout.used(rank);
                if (used > 0) {
                    of(unit).narrow(0, 0, used).copy_(unit.data().narrow(0, layout.from(rank), used));
                }
            }
        }
    }

    /** {@code this = momentum * this + (1 - momentum) * student}. */
    void averageTowards(Shares student, double momentum) {
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            Scalar weight = new Scalar(1 - momentum);
            shares.forEach((unit, share) -> share.lerp_(student.shares.get(unit), weight));
        }
    }

    /** Native bytes. */
    long bytes() {
        return shares.values().stream().mapToLong(Tensor::nbytes).sum();
    }

    @Override
    public void close() {
        shares.values().forEach(Tensor::close);
        shares.clear();
    }
}
