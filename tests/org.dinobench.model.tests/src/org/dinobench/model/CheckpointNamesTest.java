package org.dinobench.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.dinobench.torch.ParameterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointNamesTest {
    private static List<String> official(Ffn ffn) {
        VitConfig config =
                VitConfig.preset("test", "vit_micro", 8, 64).withRegisters(4).withFfn(ffn);
        return VisionTransformer.layout(config).stream()
                .map(ParameterSpec::name)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Ffn.class)
    void transformersNamesGoBothWays(Ffn ffn) {
        Set<String> hf = new LinkedHashSet<>();
        official(ffn).forEach(name -> hf.addAll(CheckpointNames.toHf(name)));
        Map<String, CheckpointNames.Source> back = CheckpointNames.official(hf);
        assertEquals(new TreeSet<>(official(ffn)), new TreeSet<>(back.keySet()));
        official(ffn)
                .forEach(name ->
                        assertEquals(CheckpointNames.toHf(name), back.get(name).names()));
    }

    @Test
    void transformersNamesAreThePublishedOnes() {
        assertEquals(List.of("embeddings.position_embeddings"), CheckpointNames.toHf("pos_embed"));
        assertEquals(
                List.of(
                        "encoder.layer.3.attention.attention.query.bias",
                        "encoder.layer.3.attention.attention.key.bias",
                        "encoder.layer.3.attention.attention.value.bias"),
                CheckpointNames.toHf("blocks.3.attn.qkv.bias"));
        assertEquals(
                List.of("encoder.layer.11.attention.output.dense.weight"),
                CheckpointNames.toHf("blocks.11.attn.proj.weight"));
        assertEquals(List.of("encoder.layer.0.layer_scale2.lambda1"), CheckpointNames.toHf("blocks.0.ls2.gamma"));
        assertEquals(List.of("encoder.layer.0.mlp.weights_in.weight"), CheckpointNames.toHf("blocks.0.mlp.w12.weight"));
        assertEquals(List.of("encoder.layer.0.norm1.bias"), CheckpointNames.toHf("blocks.0.norm1.bias"));
        assertEquals(List.of("layernorm.weight"), CheckpointNames.toHf("norm.weight"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "teacher.backbone.", "module.backbone.", "average.backbone."})
    void wrappersAreLookedThrough(String prefix) {
        Set<String> names = new LinkedHashSet<>();
        official(Ffn.MLP).forEach(name -> names.add(prefix + name));
        names.add("teacher.dino_head.mlp.0.weight");
        Map<String, CheckpointNames.Source> found = CheckpointNames.official(names);
        assertEquals(
                List.of(prefix + "blocks.2.norm1.weight"),
                found.get("blocks.2.norm1.weight").names());
        assertTrue(found.keySet().containsAll(official(Ffn.MLP)));
    }

    @Test
    void theTeacherIsPreferredToTheStudent() {
        Set<String> names = new LinkedHashSet<>(
                List.of("s.backbone.cls_token", "teacher.backbone.cls_token", "teacher.backbone.norm.weight"));
        assertEquals(
                List.of("teacher.backbone.cls_token"),
                CheckpointNames.official(names).get("cls_token").names());
    }

    @Test
    void chunksOfBlocksAreFlattened() {
        Map<String, CheckpointNames.Source> found =
                CheckpointNames.official(Set.of("cls_token", "blocks.0.1.norm1.weight", "blocks.3.23.mlp.fc1.bias"));
        assertEquals(
                List.of("blocks.3.23.mlp.fc1.bias"),
                found.get("blocks.23.mlp.fc1.bias").names());
        assertEquals(
                List.of("blocks.0.1.norm1.weight"),
                found.get("blocks.1.norm1.weight").names());
    }

    @Test
    void otherModelsAreNone() {
        assertTrue(CheckpointNames.official(Set.of("conv1.weight", "fc.bias")).isEmpty());
    }
}
