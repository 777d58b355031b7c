package org.dinobench.app.cli;

import java.util.concurrent.Callable;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.cluster.check.ClusterCheck;
import org.dinobench.core.run.HostName;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Tensors;
import org.dinobench.torch.Torch;
import org.dinobench.torch.collective.Collectives;
import org.dinobench.torch.mpi.MpiOptions;
import org.dinobench.torch.mpi.MpiWorld;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cluster probe}: what each rank does in {@code cluster check}; it adds up the ranks' numbers. */
@Command(name = "probe", hidden = true, description = "Add up the numbers of all ranks; cluster check starts this.")
final class ClusterProbeCommand implements Callable<Integer> {
    private final Console console;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    ClusterProbeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return MpiWorld.call(MpiOptions.DEFAULT, world -> {
            Torch.start();
            return add(world.collectives());
        });
    }

    private int add(Collectives group) {
        try (TensorScope scope = TensorScope.open()) {
            Tensor numbers = Tensors.of(new double[] {group.rank() + 1, 1}, 2);
            group.allReduce(numbers);
            double sum = numbers.select(0, 0).item_double();
            double ranks = numbers.select(0, 1).item_double();
            boolean right = ranks == group.size() && sum == ranks * (ranks + 1) / 2;
            if (group.rank() == 0) {
                console.print(
                        right
                                ? ClusterCheck.SUM_IS_RIGHT + group.size() + ", the first one on " + HostName.get()
                                : "the sum over all ranks is wrong: " + sum + " of " + ranks);
            }
            return right ? 0 : CliApplication.FAILURE;
        }
    }
}
