package org.dinobench.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.dinobench.core.metrics.MetricsReader;
import org.dinobench.core.metrics.MetricsRow;
import org.dinobench.core.workspace.RunDirectory;
import org.dinobench.losses.LossProvider;
import org.dinobench.losses.LossRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

/** A loss from a bundle of somebody else's, installed beside the product's: found, configured, trained with, logged. */
class ThirdPartyLossTest {
    private static final String BUNDLE = "org.dinobench.losses.example";

    @TempDir
    Path folder;

    @BeforeEach
    void needsAFramework() {
        assumeTrue(
                FrameworkUtil.getBundle(ThirdPartyLossTest.class) != null,
                "bundles can only be installed in an OSGi framework; run by Maven");
    }

    @Test
    void theLossComesFromTheOtherBundleAsAService() {
        Bundle example = Arrays.stream(FrameworkUtil.getBundle(ThirdPartyLossTest.class)
                        .getBundleContext()
                        .getBundles())
                .filter(bundle -> bundle.getSymbolicName().equals(BUNDLE))
                .findFirst()
                .orElseThrow();
        LossRegistry registry = LossServices.find();
        LossProvider<?> provider = registry.loss("variance");
        assertEquals(example, FrameworkUtil.getBundle(provider.getClass()));
        for (String builtIn : List.of("dino", "ibot", "koleo")) {
            assertNotNull(registry.loss(builtIn));
        }
        assertNotNull(registry.centering("sinkhorn_knopp"));
        assertNotNull(registry.centering("centering"));
    }

    @Test
    void aRunTrainsWithItAndLogsItApart() throws IOException {
        List<MetricsRow> with = train("with", "  variance: {weight: 2.0, target: 3}\n");
        List<MetricsRow> without = train("without", "");
        for (MetricsRow row : with) {
            double loss = row.get("variance_loss");
            assertTrue(loss > 0 && loss <= 3, "variance_loss " + loss);
        }
        assertTrue(Double.isNaN(without.get(0).get("variance_loss")), "not computed where it is not asked for");
        assertEquals(
                without.get(0).get("total_loss") + 2 * with.get(0).get("variance_loss"),
                with.get(0).get("total_loss"),
                1e-5,
                "the same start, and the weighted loss on top");
        assertNotEquals(without.get(2).get("ibot_loss"), with.get(2).get("ibot_loss"), "it changes what is learnt");
    }

    @Test
    void aWrongKeyOfItIsRefusedBeforeARunIsMade() throws IOException {
        CommandLineRun refused = call("wrong", "  variance: {target: 3, wieght: 1}\n");
        assertEquals(CliApplication.BAD_INPUT, refused.code(), refused.said());
        assertTrue(refused.said().contains("wieght") && refused.said().contains("weight"), refused.said());
        assertFalse(Files.exists(folder.resolve("wrong")));
        CommandLineRun unknown = call("unknown", "  vicreg: {}\n");
        assertEquals(CliApplication.BAD_INPUT, unknown.code(), unknown.said());
        assertTrue(unknown.said().contains("variance"), unknown.said());
    }

    private List<MetricsRow> train(String name, String losses) throws IOException {
        CommandLineRun trained = call(name, losses);
        assertEquals(0, trained.code(), trained.said());
        return MetricsReader.read(RunDirectory.open(folder.resolve(name)).metricsFile());
    }

    private CommandLineRun call(String name, String losses) throws IOException {
        Path workspace = folder.resolve("workspace");
        if (!Files.exists(workspace)) {
            DrawnPictures.draw(folder.resolve("images"), "a", 16);
            CommandLineRun imported = CommandLineRun.of(List.of(
                    "import",
                    "--images",
                    folder.resolve("images").toString(),
                    "--dataset",
                    "d",
                    "--workspace",
                    workspace.toString()));
            assertEquals(0, imported.code(), imported.said());
        }
        Path spec =
                Files.writeString(folder.resolve(name + ".yaml"), """
                    preset: quick
                    student: {arch: vit_micro}
                    crops: {global_crops_size: 32, local_crops_size: 16, local_crops_number: 2, image_size: 40}
                    dino: {head_n_prototypes: 32, head_hidden_dim: 32, head_bottleneck_dim: 16}
                    ibot: {head_n_prototypes: 32, head_hidden_dim: 32, head_bottleneck_dim: 16}
                    train: {batch_size_per_gpu: 8, num_workers: 1, eval_every: 0, minutes: null, precision: fp32}
                    optim: {warmup_steps: 1, steps: 3}
                    """ + (losses.isEmpty() ? "" : "losses:\n" + losses));
        return CommandLineRun.of(List.of(
                "train",
                "--spec",
                spec.toString(),
                "--dataset",
                "d",
                "--out",
                folder.resolve(name).toString(),
                "--workspace",
                workspace.toString(),
                "--json"));
    }
}
