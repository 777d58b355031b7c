package org.dinobench.torch.mpi;

import java.time.Duration;
import java.util.Map;
import org.dinobench.torch.Torch;
import org.dinobench.torch.collective.Collectives;
import org.dinobench.torch.collective.CollectivesContract;
import org.dinobench.torch.collective.CountingCollectives;

/** One rank of the contract test: prints a line for each check that held, ends with 1 when one did not. */
final class ContractRank {
    private ContractRank() {}

    public static void main(String[] args) {
        Torch.setThreads(1);
        int failed = MpiWorld.call(MpiOptions.DEFAULT.withDeadline(Duration.ofSeconds(20)), world -> {
            int failures = run(world, "world", world.collectives());
            failures += run(world, "counted", new CountingCollectives(world.collectives()));
            try (MpiCollectives node = world.onThisMachine();
                    MpiCollectives half = world.collectives().split(world.rank() % 2)) {
                if (node.size() != world.size() || node.rank() != world.rank()) {
                    System.out.println("FAILED node: " + node.rank() + " of " + node.size());
                    failures++;
                }
                failures += run(world, "half", half);
            }
            return failures;
        });
        System.exit(failed == 0 ? 0 : 1);
    }

    private static int run(MpiWorld world, String group, Collectives collectives) {
        String head = "rank " + world.rank() + " " + group + " ";
        Map<String, Throwable> failures =
                CollectivesContract.run(collectives, name -> System.out.println(head + name + " held"));
        failures.forEach((name, failure) -> System.out.println("FAILED " + head + name + ": " + failure));
        return failures.size();
    }
}
