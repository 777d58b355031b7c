package org.dinobench.imaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.dinobench.core.catalog.ImageProbe;
import org.dinobench.imaging.BrokenImageException.Reason;
import org.dinobench.imaging.internal.OpenCv;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;

class ImageReaderTest {
    private static final RgbImage PICTURE = TestData.smooth(37, 23, 1);

    private final ImageReader reader = new ImageReader();

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"PNG,0", "BMP,0", "TIFF,0", "WEBP,0", "JPEG,4"})
    void readsEachFormatUnderAnyName(ImageFormat format, double tolerance) throws Exception {
        byte[] bytes = FileForge.encoded(PICTURE, "." + format.name().toLowerCase(Locale.ROOT));
        Path file = write("picture without a true name.dat", bytes);
        assertEquals(new ImageHeader(37, 23, format, 8, 3, 1), reader.header(file));
        RgbImage image = reader.read(file);
        assertTrue(TestData.meanDifference(PICTURE, image) <= tolerance);
    }

    @Test
    void readsPathsWithUnicodeAndSpaces() throws Exception {
        Path file = write("Läsion 皮膚 №1.png", ImageWriter.png(PICTURE));
        assertArrayEquals(PICTURE.rgb(), reader.read(file).rgb());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void turnsByExifOrientationInEveryFormatThatHasOne(int orientation) throws Exception {
        RgbImage upright = PICTURE;
        RgbImage stored = stored(upright, orientation);
        byte[] png = FileForge.png(
                stored.width(),
                stored.height(),
                8,
                2,
                stored.rgb(),
                FileForge.chunk("eXIf", FileForge.exif(orientation, ByteOrder.BIG_ENDIAN)));
        assertEquals(0, TestData.largestDifference(upright, reader.read("png", png)));
        assertEquals(0, TestData.largestDifference(upright, reader.read("tiff", FileForge.tiff(stored, orientation))));
        byte[] jpeg =
                FileForge.withExif(ImageWriter.jpeg(stored, 98), FileForge.exif(orientation, ByteOrder.LITTLE_ENDIAN));
        assertTrue(TestData.meanDifference(upright, reader.read("jpeg", jpeg)) < 4);
        ImageHeader header = reader.header(write("o.jpg", jpeg));
        assertEquals(orientation, header.orientation());
        assertEquals(37, header.shownWidth());
        assertEquals(23, header.shownHeight());
    }

    @Test
    void damagedExifDoesNotBreakTheImage() throws Exception {
        byte[] exif = FileForge.exif(6, ByteOrder.LITTLE_ENDIAN);
        exif[4] = (byte) 0xff;
        exif[5] = (byte) 0xff;
        exif[6] = (byte) 0xff;
        assertEquals(
                37,
                reader.read("x", FileForge.withExif(ImageWriter.jpeg(PICTURE, 90), exif))
                        .width());
    }

    @Test
    void laysAlphaOverWhite() throws Exception {
        byte[] rgba = {(byte) 200, 100, 0, (byte) 255, 10, 20, 30, 0, 0, 0, 0, (byte) 128};
        RgbImage image = reader.read("rgba", FileForge.png(3, 1, 8, 6, rgba));
        assertArrayEquals(new byte[] {(byte) 200, 100, 0, -1, -1, -1, 127, 127, 127}, image.rgb());
        RgbImage gray = reader.read("ga", FileForge.png(2, 1, 8, 4, new byte[] {50, (byte) 255, 50, 0}));
        assertArrayEquals(new byte[] {50, 50, 50, -1, -1, -1}, gray.rgb());
    }

    @Test
    void readsPalettesWithAndWithoutTransparency() throws Exception {
        byte[] palette = FileForge.chunk("PLTE", new byte[] {1, 2, 3, (byte) 250, 100, 50});
        byte[] opaque = FileForge.png(2, 1, 8, 3, new byte[] {1, 0}, palette);
        assertArrayEquals(
                new byte[] {(byte) 250, 100, 50, 1, 2, 3},
                reader.read("p", opaque).rgb());
        byte[] alpha = FileForge.chunk("tRNS", new byte[] {0, (byte) 255});
        byte[] clear = FileForge.png(2, 1, 8, 3, new byte[] {1, 0}, palette, alpha);
        assertArrayEquals(
                new byte[] {(byte) 250, 100, 50, -1, -1, -1},
                reader.read("p", clear).rgb());
    }

    @Test
    void readsOneBitGray() throws Exception {
        byte[] png = FileForge.png(8, 1, 1, 0, new byte[] {(byte) 0b10000001});
        RgbImage image = reader.read("bit", png);
        assertEquals(255, image.value(0, 0, 0));
        assertEquals(0, image.value(1, 0, 2));
        assertEquals(255, image.value(7, 0, 1));
    }

    @Test
    void scalesSixteenBitsOverTheFullRangeOrBetweenPercentiles() throws Exception {
        int n = 1000;
        ByteBuffer lines = ByteBuffer.allocate(2 * n);
        for (int i = 0; i < n; i++) {
            lines.putShort((short) (i * 4));
        }
        byte[] png = FileForge.png(n, 1, 16, 0, lines.array());
        RgbImage full = reader.read("16", png);
        assertEquals(Math.round(3996 * 255 / 65535.0), full.value(999, 0, 0));
        ImageReader medical = new ImageReader(ReadLimits.DEFAULT, new ReadOptions(DepthRule.MEDICAL, 0));
        RgbImage stretched = medical.read("16", png);
        assertEquals(0, stretched.value(3, 0, 0));
        assertEquals(255, stretched.value(996, 0, 1));
        assertEquals(127, stretched.value(500, 0, 2), 2);
        assertEquals(16, reader.header(write("a.png", png)).bits());
        OpenCv.load();
        Mat wide = new Mat(4, 5, CvType.CV_16UC3, new Scalar(65535, 0, 32768));
        assertArrayEquals(
                new byte[] {(byte) 128, 0, -1},
                Arrays.copyOf(reader.read("t", FileForge.encoded(wide, ".tiff")).rgb(), 3));
    }

    @Test
    void refusesABombBeforeDecodingIt() throws Exception {
        byte[] bomb = FileForge.png(30000, 30000, 8, 2, new byte[0]);
        BrokenImageException e = assertThrows(BrokenImageException.class, () -> reader.read("bomb.png", bomb));
        assertEquals(Reason.TOO_MANY_PIXELS, e.reason());
        assertTrue(e.getMessage().contains("30000 x 30000"));
        ImageReader strict = new ImageReader(new ReadLimits(100, 1 << 20), ReadOptions.DEFAULT);
        assertReason(Reason.TOO_MANY_PIXELS, strict, ImageWriter.jpeg(PICTURE, 90));
        ImageReader small = new ImageReader(new ReadLimits(1000, 100), ReadOptions.DEFAULT);
        assertReason(Reason.FILE_TOO_LARGE, small, ImageWriter.png(PICTURE));
    }

    @Test
    void namesTheReasonOfEachKindOfBrokenFile() throws Exception {
        assertReason(Reason.EMPTY, reader, new byte[0]);
        assertReason(
                Reason.NOT_AN_IMAGE, reader, "this is no picture\n".repeat(9).getBytes(StandardCharsets.UTF_8));
        assertReason(Reason.UNSUPPORTED, reader, "GIF89a and the rest of it".getBytes(StandardCharsets.US_ASCII));
        byte[] flipped = ImageWriter.png(PICTURE);
        flipped[flipped.length - 20] ^= 0x55;
        assertReason(Reason.CORRUPT, reader, flipped);
        BrokenImageException missing =
                assertThrows(BrokenImageException.class, () -> reader.read(folder.resolve("none.png")));
        assertEquals(Reason.UNREADABLE, missing.reason());
        assertThrows(BrokenImageException.class, () -> reader.read(folder));
    }

    @ParameterizedTest
    @ValueSource(strings = {".jpg", ".png", ".webp", ".bmp", ".tiff"})
    void findsEveryTruncation(String extension) throws Exception {
        byte[] whole = FileForge.encoded(TestData.picture(90, 80, 4), extension);
        for (double share : new double[] {0.05, 0.3, 0.6, 0.9, 0.99}) {
            byte[] cut = Arrays.copyOf(whole, Math.max(4, (int) (whole.length * share)));
            BrokenImageException e = assertThrows(
                    BrokenImageException.class, () -> reader.read("cut" + extension, cut), extension + " " + share);
            assertTrue(
                    e.reason() == Reason.TRUNCATED || e.reason() == Reason.NOT_AN_IMAGE || e.reason() == Reason.CORRUPT,
                    e.getMessage());
        }
        assertEquals(90, reader.read("whole" + extension, whole).width());
    }

    @Test
    void neverFailsOtherwiseOnRandomDamage() {
        Random random = new Random(7);
        for (String extension : new String[] {".jpg", ".png", ".webp", ".bmp", ".tiff"}) {
            byte[] whole = FileForge.encoded(PICTURE, extension);
            for (int round = 0; round < 60; round++) {
                byte[] damaged = whole.clone();
                for (int k = 0; k < 1 + round % 4; k++) {
                    // The head is where sizes and offsets are.
                    int at = random.nextBoolean()
                            ? random.nextInt(Math.min(64, damaged.length))
                            : random.nextInt(damaged.length);
                    damaged[at] = (byte) random.nextInt(256);
                }
                try {
                    reader.read("damaged", damaged);
                } catch (BrokenImageException expected) {
                    assertTrue(expected.getMessage().startsWith("damaged: "));
                }
            }
        }
    }

    @Test
    void shrinksWhileReading() throws Exception {
        Path file = write("big.jpg", ImageWriter.jpeg(TestData.picture(800, 600, 2), 92));
        RgbImage small = new ImageReader(ReadLimits.DEFAULT, new ReadOptions(DepthRule.FULL_RANGE, 96)).read(file);
        assertEquals(96, small.height());
        assertEquals(128, small.width());
        RgbImage exact = new Resampler().resizeShorter(reader.read(file), 96);
        assertTrue(TestData.meanDifference(exact, small) < 3);
        assertEquals(
                37,
                new ImageReader(ReadLimits.DEFAULT, new ReadOptions(DepthRule.FULL_RANGE, 96))
                        .read("s", ImageWriter.png(PICTURE))
                        .width());
    }

    @Test
    void thumbnailsAreWrittenAndReadBack() throws Exception {
        Path original = write("big.jpg", ImageWriter.jpeg(TestData.picture(801, 533, 3), 92));
        Thumbnails thumbnails = new Thumbnails(reader, 128);
        Path target = folder.resolve("thumbs/00/big.jpg");
        RgbImage made = thumbnails.write(original, target);
        assertEquals(128, made.width());
        assertEquals(85, made.height());
        assertTrue(TestData.meanDifference(made, thumbnails.read(target)) < 6);
        assertEquals(37, thumbnails.of(PICTURE).width());
    }

    @Test
    void probeAnswersForTheCatalog() throws Exception {
        OpenCvImageProbe probe = new OpenCvImageProbe();
        assertEquals(ImageProbe.Result.ok(37, 23, "png", 1), probe.probe(write("a.png", ImageWriter.png(PICTURE))));
        byte[] jpeg = ImageWriter.jpeg(PICTURE, 90);
        ImageProbe.Result cut = probe.probe(write("b.jpg", Arrays.copyOf(jpeg, jpeg.length * 2 / 3)));
        assertTrue(cut.failure().orElseThrow().contains("truncated"));
    }

    @Test
    void onlyTheHeaderOfALongFileIsNeeded() throws Exception {
        byte[] jpeg = ImageWriter.jpeg(PICTURE, 90);
        byte[] filler = new byte[60000];
        ByteBuffer out = ByteBuffer.allocate(jpeg.length + 3 * 60004);
        out.put(jpeg, 0, 2);
        for (int i = 0; i < 3; i++) {
            out.putShort((short) 0xffe2).putShort((short) 60002).put(filler);
        }
        out.put(jpeg, 2, jpeg.length - 2);
        Path file = write("long.jpg", out.array());
        assertEquals(37, reader.header(file).width());
        assertEquals(37, reader.read(file).width());
    }

    /** The pixels that a camera stores so that the orientation shows {@code upright}. */
    private static RgbImage stored(RgbImage upright, int orientation) {
        int w = orientation >= 5 ? upright.height() : upright.width();
        int h = orientation >= 5 ? upright.width() : upright.height();
        RgbImage out = RgbImage.black(w, h);
        for (int y = 0; y < h; y++) {
            for (int x = 0; x < w; x++) {
                // EXIF: which edge of the picture the stored row 0 and column 0 are.
                int ux =
                        switch (orientation) {
                            case 1, 4 -> x;
                            case 2, 3 -> w - 1 - x;
                            case 5, 8 -> y;
                            default -> h - 1 - y;
                        };
                int uy =
                        switch (orientation) {
                            case 1, 2 -> y;
                            case 3, 4 -> h - 1 - y;
                            case 5, 6 -> x;
                            default -> w - 1 - x;
                        };
                for (int c = 0; c < 3; c++) {
                    out.rgb()[3 * (y * w + x) + c] = (byte) upright.value(ux, uy, c);
                }
            }
        }
        return out;
    }

    private static void assertReason(Reason reason, ImageReader reader, byte[] bytes) {
        BrokenImageException e = assertThrows(BrokenImageException.class, () -> reader.read("file", bytes));
        assertEquals(reason, e.reason(), e.getMessage());
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }
}
