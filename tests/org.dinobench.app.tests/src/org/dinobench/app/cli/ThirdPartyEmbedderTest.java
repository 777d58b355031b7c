package org.dinobench.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.dinobench.core.catalog.Manifest;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.curator.dedup.PairVerifier;
import org.dinobench.curator.embed.Embedder;
import org.dinobench.curator.embed.EmbedderProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/** An embedder that somebody else registers as a service: found by its word, and curated with. */
class ThirdPartyEmbedderTest {
    @TempDir
    Path folder;

    @BeforeEach
    void needsAFramework() {
        boolean framework = FrameworkUtil.getBundle(ThirdPartyEmbedderTest.class) != null;
        if (!framework) {
            System.out.println("Skipped: services can only be registered in an OSGi framework; run by Maven");
        }
        assumeTrue(framework, "no OSGi framework");
    }

    /** Takes all images for copies of one. */
    private static final class AllAlike implements EmbedderProvider, Embedder {
        @Override
        public int rank() {
            return 1;
        }

        @Override
        public String help() {
            return "all-alike";
        }

        @Override
        public boolean accepts(String model) {
            return model.equals("all-alike");
        }

        @Override
        public Embedder open(String model) {
            return this;
        }

        @Override
        public String id() {
            return "all-alike-v1";
        }

        @Override
        public int dimension() {
            return 4;
        }

        @Override
        public double duplicateThreshold() {
            return 0.9;
        }

        @Override
        public Optional<PairVerifier> verifier() {
            return Optional.empty();
        }

        @Override
        public void embed(List<Path> files, Sink sink, JobMonitor monitor) {
            for (int i = 0; i < files.size(); i++) {
                sink.vector(i, new float[] {1, 0, 0, 0});
            }
        }

        @Override
        public void close() {
            // nothing is held
        }
    }

    @Test
    void aCurationUsesItByItsWord() throws IOException {
        DrawnPictures.draw(folder.resolve("images"), "a", 6);
        Bundle bundle = FrameworkUtil.getBundle(ThirdPartyEmbedderTest.class);
        ServiceRegistration<EmbedderProvider> registration =
                bundle.getBundleContext().registerService(EmbedderProvider.class, new AllAlike(), null);
        try {
            assertEquals(
                    0,
                    run("import", "--images", folder.resolve("images").toString())
                            .code());
            CommandLineRun done = run(
                    "curate",
                    "--set",
                    "dedup.model=all-alike",
                    "--set",
                    "cluster.enabled=false",
                    "--out",
                    folder.resolve("out").toString());
            assertEquals(0, done.code(), done.said());
            assertEquals(
                    1,
                    Manifest.read(folder.resolve("out/manifest.csv")).stream()
                            .filter(entry -> entry.keep())
                            .count());
        } finally {
            registration.unregister();
        }
        CommandLineRun unknown = run("curate", "--set", "dedup.model=all-alike");
        assertEquals(CliApplication.BAD_INPUT, unknown.code());
        assertTrue(unknown.said().contains("builtin"), unknown.said());
    }

    private CommandLineRun run(String command, String... options) {
        List<String> arguments = new java.util.ArrayList<>(List.of(command, "--dataset", "d"));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of("--workspace", folder.resolve("workspace").toString()));
        return CommandLineRun.of(arguments);
    }
}
