package org.dinobench.evaluation.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.evaluation.EvaluatedModel;
import org.dinobench.evaluation.SmallNetwork;
import org.dinobench.evaluation.data.EvalImage;
import org.dinobench.evaluation.data.FeatureMatrix;
import org.dinobench.evaluation.data.LabelledSet;
import org.dinobench.imaging.augment.EvalTransform;
import org.dinobench.model.Ffn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewsTest {
    private static final int SIDE = 16;

    @TempDir
    private Path folder;

    /** The same picture eight times, each turned and mirrored another way. */
    private LabelledSet eightWays() throws IOException {
        int[] pixels = new Random(4).ints(SIDE * SIDE, 0, 1 << 24).toArray();
        List<EvalImage> images = new ArrayList<>();
        for (int view = 0; view < 8; view++) {
            BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
            for (int y = 0; y < SIDE; y++) {
                for (int x = 0; x < SIDE; x++) {
                    int column = (view & 1) == 0 ? x : SIDE - 1 - x;
                    int row = (view & 2) == 0 ? y : SIDE - 1 - y;
                    int at = (view & 4) == 0 ? row * SIDE + column : column * SIDE + row;
                    image.setRGB(x, y, pixels[at]);
                }
            }
            Path file = folder.resolve("view" + view + ".png");
            try (var out = Files.newOutputStream(file)) {
                ImageIO.write(image, "png", out);
            }
            images.add(new EvalImage(file, "view" + view, "c" + view % 2, "", "", ""));
        }
        return LabelledSet.of("views", images);
    }

    @Test
    void eightViewsSeeTheSameInEveryTurnOfAnImage() throws IOException {
        LabelledSet set = eightWays();
        try (SmallNetwork small = new SmallNetwork(SmallNetwork.config(0, Ffn.MLP), 5)) {
            FeatureExtractor one =
                    FeatureExtractor.of(new EvaluatedModel("small", small.network()), EvalTransform.squash(SIDE), 3, 1);
            FeatureMatrix plain = one.extract(set, FeatureKind.CLS_AND_MEAN_PATCH, JobMonitor.NONE);
            FeatureMatrix views =
                    one.withViews(Views.EIGHT).extract(set, FeatureKind.CLS_AND_MEAN_PATCH, JobMonitor.NONE);
            double[] mean = plain.mean();
            double apart = 0;
            for (int i = 0; i < set.size(); i++) {
                assertArrayEquals(views.row(0), views.row(i), 1e-5f, "view " + i);
                for (int c = 0; c < plain.columns(); c++) {
                    apart = Math.max(apart, Math.abs(plain.at(i, c) - plain.at(0, c)));
                    assertEquals(mean[c], views.at(i, c), 1e-4);
                }
            }
            assertTrue(apart > 1e-2, "one view alone depends on the turn");
        }
    }
}
