package org.dinobench.imaging.hash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.dinobench.imaging.ImageReader;
import org.dinobench.imaging.ImageWriter;
import org.dinobench.imaging.Resampler;
import org.dinobench.imaging.RgbImage;
import org.dinobench.imaging.TestData;
import org.dinobench.imaging.internal.OpenCv;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CopySearchTest {
    private static final RgbImage PICTURE = TestData.picture(240, 200, 3);
    private static final RgbImage OTHER = TestData.picture(240, 200, 4);

    private final LocalFeatureVerifier verifier = new LocalFeatureVerifier();

    @Test
    void hashesBearRecompressionAndScalingAndTellPicturesApart() throws Exception {
        PerceptualHash hash = PerceptualHash.of(PICTURE);
        RgbImage changed = new ImageReader().read("x", ImageWriter.jpeg(new Resampler().resize(PICTURE, 120, 100), 30));
        assertTrue(hash.distance(PerceptualHash.of(changed)) <= 16);
        assertTrue(hash.distance(PerceptualHash.of(OTHER)) >= 32);
        assertEquals(0, hash.distance(hash));
    }

    @Test
    void descriptorsHaveUnitLengthAlsoForPicturesWithoutAnything() {
        RgbImage black = RgbImage.black(64, 64);
        for (RgbImage image : List.of(PICTURE, OTHER, black, RgbImage.black(1, 1))) {
            CopyDescriptor descriptor = CopyDescriptor.of(image);
            assertEquals(CopyDescriptor.DIMENSION, descriptor.vector().length);
            assertEquals(1, descriptor.similarity(descriptor), 1e-5);
        }
        assertFalse(verifier.verify(LocalFeatures.of(black), LocalFeatures.of(PICTURE))
                .copy());
    }

    @Test
    void descriptorsOfTurnedAndMirroredPicturesAreNearlyEqual() {
        CopyDescriptor descriptor = CopyDescriptor.of(PICTURE);
        double other = descriptor.similarity(CopyDescriptor.of(OTHER));
        for (RgbImage copy : List.of(mirror(PICTURE), quarter(PICTURE))) {
            double similarity = descriptor.similarity(CopyDescriptor.of(copy));
            assertTrue(similarity > 0.85 && similarity > other + 0.2, similarity + " against " + other);
        }
    }

    @Test
    void mirroredDescriptorsAreThoseOfTheMirroredPicture() {
        OpenCv.load();
        LocalFeatures predicted = LocalFeatures.of(PICTURE).mirrored();
        LocalFeatures found = LocalFeatures.of(mirror(PICTURE));
        float[] a = predicted.unitDescriptors();
        float[] b = found.unitDescriptors();
        int paired = 0;
        int alike = 0;
        for (int i = 0; i < predicted.count(); i++) {
            double best = -1;
            for (int j = 0; j < found.count(); j++) {
                if (Math.hypot(predicted.x(i) - found.x(j), predicted.y(i) - found.y(j)) < 2) {
                    double dot = 0;
                    for (int k = 0; k < LocalFeatures.LENGTH; k++) {
                        dot += a[i * LocalFeatures.LENGTH + k] * b[j * LocalFeatures.LENGTH + k];
                    }
                    best = Math.max(best, dot);
                }
            }
            paired += best >= 0 ? 1 : 0;
            alike += best > 0.95 ? 1 : 0;
        }
        assertTrue(paired > 12, paired + " features at mirrored places");
        assertTrue(alike > 0.9 * paired, alike + " of " + paired);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "half", "crop", "mirror", "quarter", "bright", "border", "gray"})
    void copiesAreFoundWhateverWasDone(String kind) throws Exception {
        RgbImage copy =
                switch (kind) {
                    case "jpeg" -> new ImageReader().read("x", ImageWriter.jpeg(PICTURE, 20));
                    case "half" -> new Resampler().resize(PICTURE, 120, 100);
                    case "crop" -> part(PICTURE, 40, 30, 170, 150);
                    case "mirror" -> mirror(PICTURE);
                    case "quarter" -> quarter(PICTURE);
                    case "bright" -> bright(PICTURE);
                    case "border" -> border(PICTURE);
                    default -> gray(PICTURE);
                };
        CopyVerdict verdict = verifier.verify(LocalFeatures.of(PICTURE), LocalFeatures.of(copy));
        assertTrue(verdict.copy(), verdict.toString());
        assertEquals(kind.equals("mirror"), verdict.mirrored());
        assertTrue(verdict.overlap() > 0.9, verdict.toString());
        CopyVerdict back = verifier.verify(LocalFeatures.of(copy), LocalFeatures.of(PICTURE));
        assertTrue(back.copy(), back.toString());
        assertFalse(
                verifier.verify(LocalFeatures.of(copy), LocalFeatures.of(OTHER)).copy());
    }

    @Test
    void oneStampOnDifferentPicturesMakesNoCopy() {
        RgbImage a = stamp(PICTURE);
        RgbImage b = stamp(OTHER);
        CopyVerdict verdict = verifier.verify(LocalFeatures.of(a), LocalFeatures.of(b));
        assertFalse(verdict.copy(), verdict.toString());
    }

    @Test
    void featuresOfOneImageFitInFiftyKilobytes() {
        assertTrue(LocalFeatures.of(PICTURE).bytes() < 50_000);
    }

    private static RgbImage mirror(RgbImage image) {
        RgbImage out = RgbImage.black(image.width(), image.height());
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                put(out, x, y, image, image.width() - 1 - x, y);
            }
        }
        return out;
    }

    private static RgbImage quarter(RgbImage image) {
        RgbImage out = RgbImage.black(image.height(), image.width());
        for (int y = 0; y < out.height(); y++) {
            for (int x = 0; x < out.width(); x++) {
                put(out, x, y, image, image.width() - 1 - y, x);
            }
        }
        return out;
    }

    private static RgbImage part(RgbImage image, int left, int top, int width, int height) {
        RgbImage out = RgbImage.black(width, height);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                put(out, x, y, image, left + x, top + y);
            }
        }
        return out;
    }

    private static RgbImage border(RgbImage image) {
        RgbImage out = RgbImage.black(image.width() + 60, image.height() + 40);
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                put(out, x + 30, y + 20, image, x, y);
            }
        }
        return out;
    }

    private static RgbImage bright(RgbImage image) {
        RgbImage out = RgbImage.black(image.width(), image.height());
        for (int i = 0; i < out.rgb().length; i++) {
            out.rgb()[i] = (byte) Math.min(255, (image.rgb()[i] & 0xff) * 5 / 4 + 10);
        }
        return out;
    }

    private static RgbImage gray(RgbImage image) {
        RgbImage out = RgbImage.black(image.width(), image.height());
        for (int i = 0; i < out.rgb().length; i += 3) {
            double luma = 0.299 * (image.rgb()[i] & 0xff)
                    + 0.587 * (image.rgb()[i + 1] & 0xff)
                    + 0.114 * (image.rgb()[i + 2] & 0xff);
            for (int c = 0; c < 3; c++) {
                out.rgb()[i + c] = (byte) (int) luma;
            }
        }
        return out;
    }

    private static RgbImage stamp(RgbImage image) {
        RgbImage out = part(image, 0, 0, image.width(), image.height());
        for (int y = 150; y < 190; y++) {
            for (int x = 20; x < 120; x++) {
                int value = (x * 7 / 10 % 5 < 2) == (y * y / 40 % 3 < 1) ? 255 : 0;
                for (int c = 0; c < 3; c++) {
                    out.rgb()[3 * (y * out.width() + x) + c] = (byte) value;
                }
            }
        }
        return out;
    }

    private static void put(RgbImage to, int x, int y, RgbImage from, int fx, int fy) {
        for (int c = 0; c < 3; c++) {
            to.rgb()[3 * (y * to.width() + x) + c] = (byte) from.value(fx, fy, c);
        }
    }
}
