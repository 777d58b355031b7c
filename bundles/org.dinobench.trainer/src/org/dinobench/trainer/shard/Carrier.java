package org.dinobench.trainer.shard;

import java.time.Duration;
import java.util.Optional;
import org.bytedeco.pytorch.global.torch;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.train.Transport;
import org.dinobench.torch.ComputeDevice;
import org.dinobench.torch.Torch;
import org.dinobench.torch.collective.Collectives;
import org.dinobench.torch.collective.PlacedCollectives;
import org.dinobench.torch.mpi.MpiEnvironment;
import org.dinobench.torch.nccl.NcclCollectives;

/** Chooses what carries the messages of a run, by specification and machine. */
final class Carrier {
    private Carrier() {}

    /**
     * The GPU that this rank computes on; empty: the processor.
     *
     * @throws BadInputException when NCCL is wanted and cannot be had
     */
    static Optional<ComputeDevice> gpu(Transport transport) {
        if (transport == Transport.MPI) {
            return Optional.empty();
        }
        Torch.start();
        boolean computesOnGpus = torch.cuda_is_available();
        if (transport == Transport.NCCL) {
            NcclCollectives.requireGpus();
            if (!computesOnGpus) {
                throw new BadInputException(
                        "sharding.transport",
                        "NCCL carries messages among GPUs, and the libtorch of this installation computes on the"
                                + " processor only",
                        "set it to mpi");
            }
        }
        if (!computesOnGpus) {
            return Optional.empty();
        }
        int number = MpiEnvironment.read(System.getenv())
                .map(MpiEnvironment::localRank)
                .orElse(0);
        return Optional.of(new ComputeDevice("cuda", number));
    }

    /** The same ranks, with NCCL for tensors on GPUs. */
    static Collectives withGpu(Collectives ranks, ComputeDevice gpu, Duration deadline) {
        return new PlacedCollectives(ranks, new NcclCollectives(ranks, gpu, deadline));
    }
}
