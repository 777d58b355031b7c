package org.dinobench.torch.mpi;

import java.time.Duration;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.dinobench.torch.ComputeDevice;
import org.dinobench.torch.Tensors;
import org.dinobench.torch.Torch;
import org.dinobench.torch.collective.CollectiveException;
import org.dinobench.torch.collective.Collectives;

/**
 * A rank that meets the others for ever. Arguments: the deadline in seconds, and what it does: {@code reduce} a large
 * tensor, {@code meet} at barriers (starts fast, without libtorch), or {@code throw} in rank 1 while the others meet.
 */
final class LoopingRank {
    private LoopingRank() {}

    public static void main(String[] args) {
        MpiOptions options = MpiOptions.DEFAULT.withDeadline(Duration.ofSeconds(Long.parseLong(args[0])));
        try {
            MpiWorld.call(options, world -> {
                Runnable round = round(world, args[1]);
                round.run();
                System.out.println("rank " + world.rank() + " process "
                        + ProcessHandle.current().pid());
                while (true) {
                    round.run();
                }
            });
        } catch (CollectiveException e) {
            System.out.println("failed: " + e.getMessage());
            System.exit(1);
        }
    }

    private static Runnable round(MpiWorld world, String what) {
        Collectives group = world.collectives();
        if (what.equals("meet")) {
            return group::barrier;
        }
        if (what.equals("throw")) {
            return () -> {
                group.barrier();
                if (world.rank() == 1) {
                    throw new IllegalStateException("rank 1 cannot go on");
                }
            };
        }
        Torch.setThreads(1);
        Tensor values = Tensors.zeros(ScalarType.Float, ComputeDevice.CPU, 3_000_001);
        return () -> group.allReduce(values);
    }
}
