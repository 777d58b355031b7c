package org.dinobench.evaluation.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.evaluation.PythonPeer;
import org.dinobench.evaluation.SmallNetwork;
import org.dinobench.imaging.augment.EvalTransform;
import org.dinobench.model.Ffn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PthExporterTest {
    private static final String LOAD = """
        import sys, torch
        state = torch.load(sys.argv[1], weights_only=True)
        assert state['pos_embed'].shape == (1, 17, 24), state['pos_embed'].shape
        assert state['blocks.2.attn.qkv.weight'].shape == (72, 24)
        print(len(state), 'sum %.4f' % sum(v.double().abs().sum() for v in state.values()))
        """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"0,MLP", "4,SWIGLU"})
    void whatIsWrittenIsTheModel(int registers, Ffn ffn) throws IOException {
        try (SmallNetwork small = new SmallNetwork(SmallNetwork.config(registers, ffn), 1)) {
            ExportResult result = export(small, folder.resolve("made/model.pth"));
            assertEquals(0, result.check().largestDifference(), 1e-6);
            assertTrue(result.notes().get(0).contains("number of attention heads, which is 3"), result.toString());
            assertTrue(result.notes().get(1).contains("num_register_tokens=" + registers), result.toString());
        }
    }

    @Test
    void aFolderIsNoTarget() throws IOException {
        Files.createDirectories(folder.resolve("model.pth"));
        try (SmallNetwork small = new SmallNetwork(SmallNetwork.config(0, Ffn.MLP), 1)) {
            assertThrows(BadInputException.class, () -> export(small, folder.resolve("model.pth")));
            Files.writeString(folder.resolve("file"), "");
            assertThrows(BadInputException.class, () -> export(small, folder.resolve("file/model.pth")));
        }
    }

    @Test
    void pytorchLoadsItWithoutRunningCode() throws Exception {
        PythonPeer peer = PythonPeer.find("torch");
        try (SmallNetwork small = new SmallNetwork(SmallNetwork.config(0, Ffn.MLP), 1)) {
            Path file = folder.resolve("model.pth");
            export(small, file);
            double sum = 0;
            int tensors = 0;
            try (org.dinobench.torch.TensorScope scope = org.dinobench.torch.TensorScope.open()) {
                for (org.bytedeco.pytorch.Tensor t :
                        OfficialState.of(small.network()).values()) {
                    tensors++;
                    for (float v : org.dinobench.torch.Tensors.floats(t)) {
                        sum += Math.abs(v);
                    }
                }
            }
            String output = peer.run(folder, LOAD, file.toString());
            assertTrue(output.contains(String.format(java.util.Locale.ROOT, "%d sum %.4f", tensors, sum)), output);
        }
    }

    private static ExportResult export(SmallNetwork small, Path file) throws IOException {
        ExportRequest request =
                new ExportRequest(small.network(), EvalTransform.squash(16), file, ModelCard.named("small"), List.of());
        return new PthExporter().export(request, JobMonitor.NONE);
    }
}
