package org.dinobench.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.dinobench.app.workbench.ProductCommand;
import org.dinobench.cluster.ProductProgram;
import org.dinobench.core.problem.BadInputException;

/** This very installation, as it can be brought to other machines: its plug-ins and its configuration, no caches. */
final class InstalledProduct implements ProductProgram {
    private static final List<String> OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-DOPT_OUT_TRACKING=true",
            "-Dslf4j.internal.verbosity=ERROR",
            "--enable-native-access=ALL-UNNAMED");
    private static final List<String> CONFIGURATION =
            List.of("configuration/config.ini", "configuration/org.eclipse.equinox.simpleconfigurator/bundles.info");

    /** The jar that starts all, as Java was told. */
    private static Path launcher() {
        Path jar = Path.of(System.getProperty("java.class.path")).toAbsolutePath();
        Path plugins = jar.getParent();
        if (!Files.isRegularFile(jar) || !plugins.getFileName().toString().equals("plugins")) {
            throw new BadInputException(
                    "this program",
                    "it was not started from an installation that could be brought to other machines",
                    "start it with ./dinobench, or name an installation on the hosts with product: in the profile");
        }
        return jar;
    }

    @Override
    public Map<String, Path> files() throws IOException {
        Path root = launcher().getParent().getParent();
        Map<String, Path> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root.resolve("plugins"))) {
            all.filter(Files::isRegularFile)
                    .forEach(file -> files.put(root.relativize(file).toString().replace('\\', '/'), file));
        }
        for (String path : CONFIGURATION) {
            files.put(path, root.resolve(path));
        }
        return files;
    }

    @Override
    public List<String> command(String java, String folder, List<String> arguments) {
        if (folder.isEmpty()) {
            return ProductCommand.worker(arguments);
        }
        List<String> command = new ArrayList<>(List.of(java));
        command.addAll(OPTIONS);
        command.addAll(List.of("-jar", folder + "/" + mark(), "-nosplash", "-consoleLog"));
        command.addAll(List.of("-application", "org.dinobench.app.cli", "-data", "@none"));
        command.addAll(arguments);
        return command;
    }

    @Override
    public String mark() {
        return "plugins/" + launcher().getFileName();
    }
}
