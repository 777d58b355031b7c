package org.dinobench.curator.embed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.QualifiedName;
import org.dinobench.core.catalog.LabelSource;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.spec.SpecReader;
import org.dinobench.core.workspace.DatasetDirectory;
import org.dinobench.curator.Curation;
import org.dinobench.curator.CurationResult;
import org.dinobench.curator.Pictures;
import org.dinobench.curator.TestDatasets;
import org.dinobench.curator.spec.CurationSpec;
import org.dinobench.model.Ffn;
import org.dinobench.model.ModelFiles;
import org.dinobench.model.VisionTransformer;
import org.dinobench.model.VitConfig;
import org.dinobench.torch.FlatParameters;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkEmbedderTest {
    private static final VitConfig CONFIG =
            new VitConfig("small", 64, 2, 2, 2, 8, 32, 0, Ffn.MLP, 0.5, true, 0.1, false, 0, true, 3);

    @TempDir
    Path folder;

    private Path model(long seed, String name) throws Exception {
        Path file = folder.resolve(name);
        try (FlatParameters parameters = FlatParameters.create(VisionTransformer.layout(CONFIG))) {
            parameters.initialize(seed);
            ModelFiles.write(file, new VisionTransformer(CONFIG, parameters.module("")), Map.of());
        }
        return file;
    }

    private static final class Collected implements Embedder.Sink {
        private final Map<Integer, float[]> vectors = new TreeMap<>();
        private final Map<Integer, String> reasons = new TreeMap<>();

        @Override
        public void vector(int index, float[] vector) {
            vectors.put(index, vector.clone());
        }

        @Override
        public void broken(int index, String reason) {
            reasons.put(index, reason);
        }
    }

    private static double cosine(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    @Test
    void aCheckpointEmbedsAndSaysWhatIsBroken() throws Exception {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            files.add(Pictures.write(Pictures.of(i), folder.resolve("images/" + i + ".png")));
        }
        files.add(1, Files.writeString(folder.resolve("images/broken.png"), "no image"));
        files.add(Pictures.write(Pictures.of(0), folder.resolve("images/same.png")));
        Path first = model(1, "first.safetensors");
        try (Embedder embedder = Embedders.standard().open(first.toString())) {
            assertEquals(64, embedder.dimension());
            Collected collected = new Collected();
            embedder.embed(files, collected, JobMonitor.NONE);
            assertEquals(List.of(0, 2, 3, 4), List.copyOf(collected.vectors.keySet()));
            assertEquals(List.of(1), List.copyOf(collected.reasons.keySet()));
            for (float[] vector : collected.vectors.values()) {
                assertEquals(1, cosine(vector, vector), 1e-5);
            }
            assertEquals(1, cosine(collected.vectors.get(0), collected.vectors.get(4)), 1e-5);
            assertTrue(cosine(collected.vectors.get(0), collected.vectors.get(2)) < 0.9999);
            try (Embedder other =
                    Embedders.standard().open(model(2, "second.safetensors").toString())) {
                assertNotEquals(embedder.id(), other.id());
            }
        }
    }

    /** Of the shape of SSCD's models: 288 pixels in, 512 numbers out, its own thresholds, nothing confirmed. */
    @Test
    void aCopyDetectionModelIsATorchScriptFile() throws Exception {
        Path file = folder.resolve("copies.torchscript.pt");
        Torch.start();
        try (TensorScope scope = TensorScope.open()) {
            JitModule module = new JitModule(new QualifiedName("Copies"));
            module.define("def forward(self, x):\n    assert x.size(2) == 288\n"
                    + "    return torch.adaptive_avg_pool2d(x, [16, 16])[:, :2].flatten(1)\n");
            module.save(file.toString());
        }
        List<Path> files = List.of(
                Pictures.write(Pictures.of(0), folder.resolve("images/a.png")),
                Pictures.write(Pictures.of(1), folder.resolve("images/b.png")));
        try (Embedder embedder = Embedders.standard().open(file.toString())) {
            assertEquals(512, embedder.dimension());
            assertEquals(0.6, embedder.duplicateThreshold());
            assertEquals(0.45, embedder.referenceThreshold());
            assertTrue(embedder.verifier().isEmpty());
            Collected collected = new Collected();
            embedder.embed(files, collected, JobMonitor.NONE);
            assertEquals(2, collected.vectors.size());
            assertEquals(1, cosine(collected.vectors.get(0), collected.vectors.get(0)), 1e-5);
        }
    }

    @Test
    void aCurationGoesTheWholeWayWithACheckpoint() throws Exception {
        Path images = folder.resolve("pool");
        for (int i = 0; i < 12; i++) {
            Pictures.write(Pictures.of(i), images.resolve(i + ".png"));
        }
        Pictures.write(Pictures.brighter(Pictures.of(5)), images.resolve("copy.png"));
        DatasetDirectory dataset = TestDatasets.imported(folder.resolve("set"), images, new LabelSource.None());
        String model = model(3, "model.safetensors").toString();
        CurationSpec spec = SpecReader.of(CurationSpec.class)
                .setAll(CurationSpec.defaults(), List.of("embed.model=" + model, "dedup.model="));
        CurationResult result =
                new Curation(dataset, spec, Embedders.standard()).run(folder.resolve("out"), JobMonitor.NONE);
        assertEquals(12, result.kept());
        assertEquals(1, result.groups().size());
    }
}
