package org.dinobench.trainer.internal.loop;

import org.bytedeco.pytorch.Tensor;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Tensors;
import org.dinobench.torch.collective.Collectives;

/**
 * The processes of a run, which take the same decisions at the same time. All of them call the same methods in the same
 * order; the first one alone writes the run's log, numbers and status, and hears requests.
 */
interface Team {
    /** One process. */
    Team ALONE = new Team() {
        @Override
        public int rank() {
            return 0;
        }

        @Override
        public int size() {
            return 1;
        }

        @Override
        public double first(double mine) {
            return mine;
        }

        @Override
        public boolean any(boolean mine) {
            return mine;
        }
    };

    /** This process's number, from 0. */
    int rank();

    /** Number of processes. */
    int size();

    /** The number that the first process has. */
    double first(double mine);

    /** Whether it holds for one of the processes. */
    boolean any(boolean mine);

    /** Whether this is the first process. */
    default boolean leads() {
        return rank() == 0;
    }

    /** The processes of a group. */
    static Team of(Collectives group) {
        return group.size() == 1 ? ALONE : new Ranks(group);
    }

    /** Ranks of a job. */
    record Ranks(Collectives group) implements Team {
        @Override
        public int rank() {
            return group.rank();
        }

        @Override
        public int size() {
            return group.size();
        }

        @Override
        public double first(double mine) {
            try (TensorScope scope = TensorScope.open()) {
                Tensor number = Tensors.of(new double[] {mine}, 1);
                group.broadcast(number, 0);
                return number.item_double();
            }
        }

        @Override
        public boolean any(boolean mine) {
            try (TensorScope scope = TensorScope.open()) {
                Tensor count = Tensors.of(new double[] {mine ? 1 : 0}, 1);
                group.allReduce(count);
                return count.item_double() > 0;
            }
        }
    }
}
