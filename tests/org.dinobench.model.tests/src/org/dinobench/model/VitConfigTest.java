package org.dinobench.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.dinobench.core.io.Json;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.torch.ParameterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VitConfigTest {
    /** Parameter counts of the published models (with mask token, at 518 pixels and patch 14), and of our small ones. */
    @ParameterizedTest
    @CsvSource({
        "vit_small, 384, 12, 6, 22056576",
        "vit_base, 768, 12, 12, 86580480",
        "vit_large, 1024, 24, 16, 304368640",
        "vit_giant2, 1536, 40, 24, 1136480768"
    })
    void presetsHaveThePublishedSizes(String arch, int width, int depth, int heads, long count) {
        VitConfig config = VitConfig.preset("test", arch, 14, 518);
        assertEquals(width, config.width());
        assertEquals(depth, config.depth());
        assertEquals(heads, config.heads());
        assertEquals(
                count,
                VisionTransformer.layout(config).stream()
                        .mapToLong(ParameterSpec::count)
                        .sum());
    }

    @Test
    void swigluTakesTwoThirdsRoundedUpToEight() {
        assertEquals(4096, VitConfig.preset("test", "vit_giant2", 14, 518).hidden());
        assertEquals(88, Ffn.SWIGLU.hidden(32, 4));
        assertEquals(128, Ffn.MLP.hidden(32, 4));
    }

    @Test
    void jsonKeepsEverything() {
        for (String preset : VitConfig.PRESETS) {
            VitConfig config = VitConfig.preset("test", preset, 8, 64)
                    .withRegisters(4)
                    .withInterpolation(0, true)
                    .withLayerScale(0.1)
                    .withDropPath(0.3, false);
            String text = Json.line(VitConfigJson.write(config));
            assertEquals(config, VitConfigJson.read("test", Json.parseObject("test", text)));
        }
        assertThrows(BadInputException.class, () -> VitConfigJson.read("test", Json.object()));
    }

    @Test
    void impossibleShapesAreRefused() {
        VitConfig base = VitConfig.preset("test", "vit_micro", 8, 64);
        assertThrows(BadInputException.class, () -> VitConfig.preset("test", "vit_huge", 8, 64));
        assertThrows(BadInputException.class, () -> VitConfig.preset("test", "vit_tiny", 8, 63));
        assertThrows(BadInputException.class, () -> base.withRegisters(-1));
        assertThrows(BadInputException.class, () -> base.withDropPath(1, true));
        assertThrows(BadInputException.class, () -> base.withLayerScale(0));
    }

    @Test
    void slowShapesAreRemarkedOn() {
        assertEquals(0, VitConfig.preset("test", "vit_base", 14, 518).warnings().size());
        VitConfig odd = new VitConfig("odd", 96, 2, 3, 4, 8, 64, 0, Ffn.MLP, 1, true, 0.1, false, 0, true, 3);
        assertEquals(2, odd.warnings().size());
        assertTrue(odd.warnings().get(0).contains("32"));
    }

    @Test
    void stochasticDepthIsUniformOrGrows() {
        VitConfig base = VitConfig.preset("test", "vit_micro", 8, 64);
        assertEquals(0.3, base.withDropPath(0.3, true).dropRate(0));
        assertEquals(0, base.withDropPath(0.3, false).dropRate(0));
        assertEquals(0.12, base.withDropPath(0.3, false).dropRate(2), 1e-12);
        assertEquals(0.3, base.withDropPath(0.3, false).dropRate(5), 1e-12);
    }
}
