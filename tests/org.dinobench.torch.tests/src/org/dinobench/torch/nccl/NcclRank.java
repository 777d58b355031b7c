package org.dinobench.torch.nccl;

import java.time.Duration;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.dinobench.torch.ComputeDevice;
import org.dinobench.torch.Tensors;
import org.dinobench.torch.Torch;
import org.dinobench.torch.collective.CollectiveException;
import org.dinobench.torch.collective.CollectivesContract;
import org.dinobench.torch.mpi.MpiOptions;
import org.dinobench.torch.mpi.MpiWorld;
import org.dinobench.torch.nccl.internal.NcclLibrary;

/**
 * One rank of the contract test over NCCL. Arguments: the file of the stand-in, or {@code gpu}; and {@code contract}, or
 * {@code hang} for one operation that does not end.
 */
final class NcclRank {
    private NcclRank() {}

    public static void main(String[] args) {
        boolean gpu = args[0].equals("gpu");
        if (!gpu) {
            System.setProperty(NcclLibrary.NCCL_PROPERTY, args[0]);
            System.setProperty(NcclLibrary.CUDART_PROPERTY, args[0]);
        }
        Torch.setThreads(1);
        int failed = MpiWorld.call(MpiOptions.DEFAULT.withDeadline(Duration.ofSeconds(60)), world -> {
            ComputeDevice device = new ComputeDevice("cuda", gpu ? world.rank() : 0);
            Duration deadline = Duration.ofSeconds(args[1].equals("hang") ? 2 : 60);
            try (NcclCollectives group = new NcclCollectives(world.collectives(), device, deadline, !gpu)) {
                if (args[1].equals("hang")) {
                    return hang(group);
                }
                if (gpu) {
                    CollectivesContract.useDevice(device);
                }
                String head = "rank " + world.rank() + " ";
                Map<String, Throwable> failures =
                        CollectivesContract.run(group, name -> System.out.println(head + name + " held"));
                failures.forEach((name, failure) -> System.out.println("FAILED " + head + name + ": " + failure));
                return failures.size();
            }
        });
        System.exit(failed == 0 ? 0 : 1);
    }

    private static int hang(NcclCollectives group) {
        Tensor values = Tensors.zeros(ScalarType.Float, ComputeDevice.CPU, 8);
        for (int i = 0; i < 2; i++) {
            try {
                group.allReduce(values);
                return 1;
            } catch (CollectiveException e) {
                System.out.println("failed: " + e.getMessage());
            }
        }
        return 0;
    }
}
