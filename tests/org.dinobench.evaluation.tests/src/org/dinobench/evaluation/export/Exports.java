package org.dinobench.evaluation.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.dinobench.evaluation.SmallNetwork;
import org.dinobench.imaging.ImageWriter;
import org.dinobench.imaging.RgbImage;
import org.dinobench.imaging.augment.EvalTransform;
import org.dinobench.model.Ffn;
import org.dinobench.model.VitConfig;

/** What the tests of exporters share. */
final class Exports {
    private Exports() {}

    /** Three photographs of lesions where the test data lie, otherwise three made pictures. */
    static List<Path> images(Path folder) throws IOException {
        String data = System.getenv("DINOBENCH_TEST_DATA");
        if (data != null && Files.isDirectory(Path.of(data, "isic9"))) {
            try (Stream<Path> files = Files.walk(Path.of(data, "isic9"))) {
                return files.filter(f -> f.toString().endsWith(".jpg"))
                        .sorted()
                        .limit(3)
                        .toList();
            }
        }
        System.out.println("DINOBENCH_TEST_DATA names no folder with isic9: made pictures instead of photographs");
        return List.of(picture(folder, "a"), picture(folder, "b"), picture(folder, "c"));
    }

    /** A picture of soft blobs. */
    static Path picture(Path folder, String name) throws IOException {
        int width = 40;
        int height = 30;
        byte[] rgb = new byte[3 * width * height];
        Random random = new Random(name.hashCode());
        double[] phase = random.doubles(6, 0, 6.28).toArray();
        for (int i = 0; i < rgb.length; i++) {
            int x = i / 3 % width;
            int y = i / 3 / width;
            double wave = Math.sin(x * 0.3 + phase[i % 3]) + Math.cos(y * 0.4 + phase[3 + i % 3]);
            rgb[i] = (byte) Math.round(127 + 55 * wave);
        }
        Path file = folder.resolve(name + ".png");
        ImageWriter.writePng(new RgbImage(width, height, rgb), file);
        return file;
    }

    /** Networks of a few thousand weights: both feed-forwards, with and without registers, both interpolations. */
    static VitConfig config(String kind) {
        return switch (kind) {
            case "plain" -> SmallNetwork.config(0, Ffn.MLP);
            case "exact" -> SmallNetwork.config(0, Ffn.MLP).withInterpolation(0, false);
            case "swiglu" -> SmallNetwork.config(0, Ffn.SWIGLU);
            case "registers" -> SmallNetwork.config(4, Ffn.MLP);
            case "all" -> SmallNetwork.config(4, Ffn.SWIGLU);
            case "nobias" -> new VitConfig("small", 24, 3, 3, 4, 4, 16, 0, Ffn.MLP, 1, false, 0.1, false, 0, true, 3);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    /** A released shape in its width and patch, for a small grid and with LayerScale of one, so that blocks count. */
    static VitConfig released(String letter, int depth) {
        String arch =
                switch (letter) {
                    case "S" -> "vit_small";
                    case "B" -> "vit_base";
                    case "L" -> "vit_large";
                    case "g" -> "vit_giant2";
                    default -> throw new IllegalArgumentException(letter);
                };
        VitConfig full = VitConfig.preset("test", arch, 14, 56);
        return new VitConfig(
                arch,
                full.width(),
                depth,
                full.heads(),
                full.mlpRatio(),
                full.patch(),
                full.imageSize(),
                0,
                full.ffn(),
                1,
                true,
                0.1,
                false,
                0,
                true,
                3);
    }

    static ExportRequest request(SmallNetwork small, int size, Path target, ExportOptions options, List<Path> images) {
        ModelCard card = new ModelCard(
                "small", "cc-by-4.0", "", Map.of(), Map.of("Accuracy", "55.3 %"), Map.of("run", "first"), "seed: 0");
        return new ExportRequest(small.network(), EvalTransform.squash(size), target, card, options, images);
    }
}
