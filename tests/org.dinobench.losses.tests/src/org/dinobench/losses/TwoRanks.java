package org.dinobench.losses;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Two threads that stand for two ranks, with real sums between them. */
final class TwoRanks {
    private static final long PATIENCE_SECONDS = 20;

    private final CyclicBarrier barrier = new CyclicBarrier(2);
    private final Tensor[] given = new Tensor[2];

    Tensor[] run(Function<Reduction, Tensor> first, Function<Reduction, Tensor> second) {
        CompletableFuture<Tensor> other = CompletableFuture.supplyAsync(() -> second.apply(new Rank(1)));
        Tensor mine = first.apply(new Rank(0));
        return new Tensor[] {mine, other.join()};
    }

    private final class Rank implements Reduction {
        private final int rank;

        Rank(int rank) {
            this.rank = rank;
        }

        @Override
        public void sum(Tensor values) {
            exchange(values, false);
        }

        @Override
        public void max(Tensor values) {
            exchange(values, true);
        }

        private void exchange(Tensor values, boolean maximum) {
            given[rank] = values.clone();
            await();
            TensorVector both = new TensorVector(given[0], given[1]);
            Tensor stacked = torch.stack(both);
            values.copy_(maximum ? stacked.amax(new long[] {0}, false) : stacked.sum(0));
            await();
        }

        private void await() {
            try {
                barrier.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                throw new IllegalStateException("The other rank did not come", e);
            }
        }
    }
}
