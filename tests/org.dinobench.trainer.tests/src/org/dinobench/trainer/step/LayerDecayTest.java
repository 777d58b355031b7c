package org.dinobench.trainer.step;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.dinobench.torch.ParameterAttributes;
import org.dinobench.trainer.GoldenFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayerDecayTest {
    @ParameterizedTest
    @CsvSource({"depth12_decay0.9, 12, 0.9", "depth24_chunks4_decay0.9, 24, 0.9", "depth3_decay1.0, 3, 1.0"})
    void backboneGroupsAreTheReferences(String entry, int depth, double decay) throws IOException {
        LayerDecay rules = new LayerDecay(depth, decay, 0.2);
        for (JsonNode expected : GoldenFile.manifest("layer_decay.json").get(entry)) {
            // chunked backbones of the reference have a chunk level before the block number; ours have none
            String name = expected.get("name").asText().replaceFirst("^blocks\\.\\d+\\.(\\d+\\.)", "blocks.$1");
            check(expected, rules.ofBackbone(name));
        }
    }

    @Test
    void headGroupsAreTheReferences() throws IOException {
        for (JsonNode expected : GoldenFile.manifest("layer_decay.json").get("dino_head")) {
            check(expected, LayerDecay.ofHead(expected.get("name").asText()));
        }
    }

    private static void check(JsonNode expected, ParameterAttributes actual) {
        String name = expected.get("name").asText();
        assertEquals(expected.get("lr_multiplier").asDouble(), actual.lrMultiplier(), 1e-12, name);
        assertEquals(expected.get("wd_multiplier").asDouble(), actual.weightDecayMultiplier(), name);
        assertEquals(expected.get("is_last_layer").asBoolean(), actual.lastLayer(), name);
    }
}
