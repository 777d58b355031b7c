package org.dinobench.torch.mpi;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.dinobench.torch.Torch;
import org.dinobench.torch.collective.Collectives;
import org.dinobench.torch.collective.CollectivesContract;
import org.dinobench.torch.collective.CountingCollectives;
import org.dinobench.torch.collective.PlacedCollectives;
import org.dinobench.torch.collective.ShardingContract;

/** One rank of the contract test: prints a line for each check that held, ends with 1 when one did not. */
final class ContractRank {
    private ContractRank() {}

    /** What a job of so many ranks runs the contract on, beside all of them: shares the time among the jobs. */
    static List<String> groups(int ranks) {
        return switch (ranks) {
            case 2 -> List.of("world", "counted");
            case 3 -> List.of("world", "placed");
            case 4 -> List.of("world", "half");
            default -> List.of("world");
        };
    }

    public static void main(String[] args) {
        Torch.setThreads(1);
        // short messages, so that the larger sizes take many of them
        MpiOptions options = new MpiOptions(Duration.ofSeconds(60), 1 << 16);
        int failed = MpiWorld.call(options, world -> {
            int failures = 0;
            try (MpiCollectives node = world.onThisMachine();
                    MpiCollectives half = world.collectives().split(world.rank() % 2);
                    MpiCollectives again = world.collectives().split(0)) {
                failures += expect("node", world.size(), world.rank(), node);
                failures += expect("half", (world.size() + 1 - world.rank() % 2) / 2, world.rank() / 2, half);
                for (String group : groups(world.size())) {
                    Collectives collectives =
                            switch (group) {
                                case "world" -> world.collectives();
                                case "counted" -> new CountingCollectives(world.collectives());
                                // tensors of this test lie on the processor: the other carrier is left alone
                                case "placed" -> new PlacedCollectives(world.collectives(), again);
                                default -> half;
                            };
                    failures += run(world, group, collectives);
                }
            }
            return failures;
        });
        System.exit(failed == 0 ? 0 : 1);
    }

    private static int expect(String name, int size, int rank, Collectives group) {
        if (group.size() == size && group.rank() == rank) {
            return 0;
        }
        System.out.println("FAILED " + name + ": " + group.rank() + " of " + group.size());
        return 1;
    }

    private static int run(MpiWorld world, String group, Collectives collectives) {
        String head = "rank " + world.rank() + " " + group + " ";
        Map<String, Throwable> failures =
                CollectivesContract.run(collectives, name -> System.out.println(head + name + " held"));
        failures.putAll(ShardingContract.run(collectives, name -> System.out.println(head + name + " held")));
        failures.forEach((name, failure) -> System.out.println("FAILED " + head + name + ": " + failure));
        return failures.size();
    }
}
