package org.dinobench.app.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.dinobench.cluster.ClusterLauncher;
import org.dinobench.cluster.ProductProgram;
import org.dinobench.cluster.Sites;
import org.dinobench.cluster.check.CheckLine;
import org.dinobench.cluster.check.ClusterCheck;
import org.dinobench.cluster.profile.ClusterProfile;
import org.dinobench.cluster.profile.ProfileKind;
import org.dinobench.cluster.profile.ProfileReader;
import org.dinobench.core.io.Json;
import org.dinobench.core.problem.BadInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cluster check PROFILE}: tries a profile out and says what to repair. */
@Command(
        name = "check",
        description = "Try a profile out: login, versions, GPUs, write access, a sum over two ranks. Exit code 2 when"
                + " something is to be repaired.")
final class ClusterCheckCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ResultOutput output;

    @Parameters(index = "0", paramLabel = "PROFILE", description = "File of the profile.")
    private Path file;

    @Option(names = "--stage", description = "Bring this product to the machines first, as the first run would.")
    private boolean stage;

    ClusterCheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        return check(new InstalledProduct());
    }

    private int check(ProductProgram product) throws IOException {
        ClusterProfile profile = ProfileReader.read(file);
        ClusterLauncher launcher = ClusterServices.launchers().stream()
                .filter(one -> one.kind() == profile.kind()
                        || profile.kind() == ProfileKind.LOCAL
                                && one.kind() == ProfileKind.SSH) // mpirun, without hosts
                .findFirst()
                .orElseThrow(() -> new BadInputException(
                        file + ", kind", "nothing here starts such runs", "use local, ssh or slurm"));
        List<CheckLine> lines;
        try (Console.CommandMonitor monitor = console.monitor()) {
            lines = new ClusterCheck(profile, new Sites(profile), launcher, product, stage, monitor)
                    .run(List.of("cluster", "probe"));
        }
        boolean repair = lines.stream().anyMatch(line -> line.outcome() == CheckLine.Outcome.REPAIR);
        ObjectNode node = Json.object();
        node.put("profile", file.toString()).put("good", !repair);
        ArrayNode all = node.putArray("lines");
        for (CheckLine line : lines) {
            all.addObject()
                    .put("what", line.what())
                    .put("outcome", line.outcome().name().toLowerCase(Locale.ROOT))
                    .put("found", line.found())
                    .put("repair", line.repair());
        }
        output.print(console, lines.stream().map(CheckLine::text).toList(), node);
        return repair ? CliApplication.BAD_INPUT : 0;
    }
}
