package org.dinobench.trainer.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;
import org.bytedeco.pytorch.global.torch;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.train.Transport;
import org.dinobench.torch.Torch;
import org.junit.jupiter.api.Test;

class CarrierTest {
    @Test
    void withoutGpusMpiCarriesAndNcclIsRefusedWithARemedy() {
        Torch.start();
        boolean gpu = torch.cuda_is_available();
        if (gpu) {
            System.out.println("Skipped: this libtorch computes on GPUs");
        }
        assumeTrue(!gpu, "this libtorch computes on GPUs");
        assertEquals(Optional.empty(), Carrier.gpu(Transport.BY_DEVICE));
        assertEquals(Optional.empty(), Carrier.gpu(Transport.MPI));
        BadInputException e = assertThrows(BadInputException.class, () -> Carrier.gpu(Transport.NCCL));
        assertTrue(e.getMessage().contains("NCCL") && e.remedy().contains("mpi"), e.getMessage());
    }
}
