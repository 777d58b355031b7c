package org.dinobench.evaluation.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.evaluation.OpenedModel;
import org.dinobench.evaluation.PythonPeer;
import org.dinobench.evaluation.SmallNetwork;
import org.dinobench.model.FeatureModel;
import org.dinobench.model.Ffn;
import org.dinobench.model.ImageEmbedder;
import org.dinobench.model.LoadedModel;
import org.dinobench.model.ModelFiles;
import org.dinobench.model.VitConfig;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Tensors;
import org.dinobench.torch.format.Safetensors;
import org.dinobench.torch.format.TensorFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that PyTorch itself writes, in all the forms in which weights of this kind go about. */
class TheirFilesTest {
    private static final String SAVE = """
        import sys, os, argparse, collections, torch
        root = sys.argv[1]
        bare = torch.load(root + '/ours.pth', weights_only=True)
        state = collections.OrderedDict(bare)
        state._metadata = collections.OrderedDict({'': {'version': 1}})
        torch.save(state, root + '/ordered.pth')
        def chunked(name):
            part = name.split('.')
            return '.'.join(['blocks', str(int(part[1]) // 2), part[1]] + part[2:]) if part[0] == 'blocks' else name
        torch.save({chunked(n): v for n, v in bare.items()}, root + '/chunked.pth')
        dump = {'backbone.' + chunked(n): torch.nn.Parameter(v) for n, v in bare.items()}
        dump['dino_head.mlp.0.weight'] = torch.randn(8, 128)
        other = {n: v + 1 for n, v in dump.items()}
        torch.save({'student': other, 'teacher': dump, 'iteration': 12499}, root + '/dump.pth')
        torch.save({'teacher': {'module.' + n: v for n, v in dump.items()}}, root + '/wrapped.pth')
        torch.save(state, root + '/legacy.pth', _use_new_zipfile_serialization=False)
        torch.save({n: v.half() for n, v in bare.items()}, root + '/half.pth')
        views = torch.cat([v.flatten() for v in bare.values()])
        parts, at = {}, 0
        for n, v in bare.items():
            parts[n] = views[at:at + v.numel()].view(v.shape); at += v.numel()
        torch.save(parts, root + '/views.pth')
        torch.save({'model': bare, 'args': argparse.Namespace(lr=1)}, root + '/namespace.pth')
        class Harm:
            def __reduce__(self):
                return os.system, ('touch ' + root + '/harm',)
        torch.save({**bare, 'x': Harm()}, root + '/code.pth')
        torch.save({**bare, 'x': Harm()}, root + '/code-legacy.pth', _use_new_zipfile_serialization=False)
        class Vectors(torch.nn.Module):
            def __init__(self):
                super().__init__(); self.linear = torch.nn.Linear(3, 5)
            def forward(self, x):
                return self.linear(x.mean((2, 3)))
        torch.manual_seed(1)
        model = Vectors().eval()
        torch.jit.save(torch.jit.trace(model, torch.zeros(1, 3, 32, 32)), root + '/traced.pt')
        torch.jit.save(torch.jit.script(model), root + '/scripted.pt')
        import safetensors.torch
        pixels = torch.arange(2 * 3 * 32 * 32, dtype=torch.float32).reshape(2, 3, 32, 32) / 1000
        safetensors.torch.save_file({'out': model(pixels).detach()}, root + '/vectors.safetensors')
        """;

    @TempDir
    Path folder;

    private static VitConfig config() {
        return new VitConfig("small", 128, 4, 2, 4, 8, 32, 4, Ffn.SWIGLU, 1, true, 0, true, 0, true, 3);
    }

    @Test
    void everyFormOpensAndNothingRuns() throws Exception {
        PythonPeer peer = PythonPeer.find("torch, safetensors");
        try (SmallNetwork small = new SmallNetwork(config(), 1)) {
            new PthExporter()
                    .export(
                            Exports.request(small, 32, folder.resolve("ours.pth"), ExportOptions.USUAL, List.of()),
                            JobMonitor.NONE);
            peer.run(folder, SAVE, folder.toString());
            float[] expected = tokens(new FeatureModel(small.network()));
            for (String name : List.of("ordered", "chunked", "dump", "wrapped", "legacy", "views")) {
                try (LoadedModel opened = ModelFiles.open(folder.resolve(name + ".pth"))) {
                    assertEquals(config().registers(), opened.config().registers());
                    assertArrayEquals(expected, tokens(opened.features()), 1e-5f, name);
                }
            }
            try (LoadedModel opened = ModelFiles.open(folder.resolve("half.pth"))) {
                assertArrayEquals(expected, tokens(opened.features()), 2e-2f, "rounded to half precision");
            }
        }
        assertRefused("namespace.pth", "argparse.Namespace");
        assertRefused("code.pth", "system");
        assertRefused("code-legacy.pth", "system");
        assertFalse(Files.exists(folder.resolve("harm")), "no code of a pickle has run");
        for (String name : List.of("traced.pt", "scripted.pt")) {
            try (OpenedModel opened = OpenedModel.open(folder.resolve(name), 32)) {
                ImageEmbedder box = opened.model().blackBox();
                assertEquals(5, box.dimensions());
                assertArrayEquals(theirs(), box.embed(ramp(), 2, 32, 32), 1e-4f);
            }
        }
    }

    private void assertRefused(String name, String says) {
        BadInputException refused = assertThrows(BadInputException.class, () -> ModelFiles.open(folder.resolve(name)));
        assertTrue(refused.getMessage().contains(says), refused.getMessage());
    }

    private float[] theirs() throws Exception {
        try (TensorScope scope = TensorScope.open();
                TensorFile file = Safetensors.open(folder.resolve("vectors.safetensors"))) {
            return Tensors.floats(file.read("out"));
        }
    }

    private static float[] tokens(FeatureModel features) {
        FloatBuffer images = buffer(2 * 3 * 40 * 24);
        Random random = new Random(5);
        for (int i = 0; i < images.capacity(); i++) {
            images.put(i, (float) random.nextGaussian());
        }
        return features.features(images, 2, 40, 24, FeatureModel.Kind.CLASS_TOKEN_AND_MEAN_PATCH);
    }

    private static FloatBuffer ramp() {
        FloatBuffer images = buffer(2 * 3 * 32 * 32);
        for (int i = 0; i < images.capacity(); i++) {
            images.put(i, i / 1000f);
        }
        return images;
    }

    private static FloatBuffer buffer(int floats) {
        return ByteBuffer.allocateDirect(4 * floats)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }
}
