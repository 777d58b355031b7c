package org.dinobench.torch.mpi;

import java.time.Duration;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.dinobench.torch.ComputeDevice;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Tensors;
import org.dinobench.torch.Torch;
import org.dinobench.torch.collective.CollectiveException;
import org.dinobench.torch.collective.Collectives;

/** A rank that reduces a large tensor for ever. Arguments: the deadline in seconds; "throw" lets rank 1 fail. */
final class LoopingRank {
    private LoopingRank() {}

    public static void main(String[] args) {
        Torch.setThreads(1);
        MpiOptions options = MpiOptions.DEFAULT.withDeadline(Duration.ofSeconds(Long.parseLong(args[0])));
        try (TensorScope scope = TensorScope.open()) {
            MpiWorld.call(options, world -> {
                Collectives group = world.collectives();
                Tensor values = Tensors.zeros(ScalarType.Float, ComputeDevice.CPU, 3_000_001);
                group.allReduce(values);
                System.out.println("rank " + world.rank() + " process "
                        + ProcessHandle.current().pid());
                while (true) {
                    group.allReduce(values);
                    if (args.length > 1 && world.rank() == 1) {
                        throw new IllegalStateException("rank 1 cannot go on");
                    }
                }
            });
        } catch (CollectiveException e) {
            System.out.println("failed: " + e.getMessage());
            System.exit(1);
        }
    }
}
