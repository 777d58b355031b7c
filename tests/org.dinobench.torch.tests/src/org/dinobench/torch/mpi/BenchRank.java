package org.dinobench.torch.mpi;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.dinobench.torch.ComputeDevice;
import org.dinobench.torch.Torch;
import org.dinobench.torch.collective.CollectivesBench;

/** One rank of the speed measurement, started by hand: {@code mpirun -np W java … BenchRank CHUNK SECONDS LARGEST}. */
final class BenchRank {
    private BenchRank() {}

    public static void main(String[] args) {
        Torch.setThreads(1);
        MpiOptions options = MpiOptions.DEFAULT.withChunkBytes(Integer.parseInt(args[0]));
        long largest = Long.parseLong(args[2]);
        List<Long> sizes = LongStream.iterate(65_536, size -> size <= largest, size -> size * 4)
                .boxed()
                .toList();
        MpiWorld.call(
                options, world -> new CollectivesBench(world.collectives(), ComputeDevice.CPU, Duration.ofMillis((long)
                                (1000 * Double.parseDouble(args[1]))))
                        .run(sizes, List.of(ScalarType.Float, ScalarType.BFloat16), speed -> {
                            if (world.rank() == 0) {
                                System.out.println(speed);
                            }
                        }));
    }
}
