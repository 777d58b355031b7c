package org.dinobench.curator;

import java.nio.file.Path;
import java.util.List;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.spec.SpecReader;
import org.dinobench.core.workspace.DatasetDirectory;
import org.dinobench.curator.embed.Embedders;
import org.dinobench.curator.spec.CurationSpec;

/** A curation in a process that is there to be killed; it prints the stages that it begins. */
public final class CurationChild {
    private CurationChild() {}

    public static void main(String[] arguments) throws Exception {
        CurationSpec spec = SpecReader.of(CurationSpec.class)
                .setAll(CurationSpec.defaults(), List.of(arguments).subList(2, arguments.length));
        JobMonitor monitor = new JobMonitor() {
            @Override
            public void begin(String stage, long total) {
                System.out.println(stage);
            }

            @Override
            public void worked(long units) {}

            @Override
            public void message(String text) {}

            @Override
            public boolean isStopped() {
                return false;
            }
        };
        System.out.println("started");
        new Curation(new DatasetDirectory(Path.of(arguments[0])), spec, Embedders.standard())
                .run(Path.of(arguments[1]), monitor);
        System.out.println("done");
    }
}
