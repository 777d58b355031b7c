package org.dinobench.curator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.spec.SpecReader;
import org.dinobench.core.workspace.DatasetDirectory;
import org.dinobench.curator.embed.Embedders;
import org.dinobench.curator.spec.CurationSpec;
import org.dinobench.torch.mpi.MpiWorld;

/** One rank of a curation under {@code mpirun}: data set, output folder and settings as arguments. */
public final class CurationRank {
    private CurationRank() {}

    public static void main(String[] arguments) {
        CurationSpec spec = SpecReader.of(CurationSpec.class)
                .setAll(CurationSpec.defaults(), List.of(arguments).subList(2, arguments.length));
        DatasetDirectory dataset = new DatasetDirectory(Path.of(arguments[0]));
        int kept = MpiWorld.call(MpiRanks.OPTIONS, world -> {
            try {
                return new Curation(dataset, spec, Embedders.standard(), new MpiRanks(world.collectives()))
                        .run(Path.of(arguments[1]), JobMonitor.NONE)
                        .kept();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        System.out.println("kept " + kept);
    }
}
