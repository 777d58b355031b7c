package org.dinobench.imaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.dinobench.imaging.BrokenImageException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DicomTest {
    private final ImageReader reader = new ImageReader();

    @TempDir
    Path folder;

    private int[] gray(byte[] file) throws Exception {
        RgbImage image = reader.read("a.dcm", file);
        int[] gray = new int[image.width() * image.height()];
        for (int i = 0; i < gray.length; i++) {
            gray[i] = image.rgb()[3 * i] & 0xff;
            assertEquals(image.rgb()[3 * i], image.rgb()[3 * i + 2]);
        }
        return gray;
    }

    private static DicomForge twelveBits(String syntax) {
        return new DicomForge(syntax, 4, 1, 12, "MONOCHROME2");
    }

    @ParameterizedTest
    @ValueSource(strings = {DicomForge.IMPLICIT, DicomForge.EXPLICIT})
    void windowsAreAppliedToRescaledValues(String syntax) throws Exception {
        byte[] file = twelveBits(syntax)
                .sequence(0x00081140)
                .window("40\\300", "401\\1500")
                .text(0x00281052, "DS", "-1024")
                .text(0x00281053, "DS", "1 ")
                .plain(DicomForge.words(0, 1024 + 40, 1024 + 140, 4095));
        // The second value lies half a step above the middle of the window, which is at 39.5.
        assertArrayEquals(new int[] {0, 128, 192, 255}, gray(file));
        // Some writers put the head of a TIFF into the free bytes at the start.
        System.arraycopy(new byte[] {'I', 'I', '*', 0}, 0, file, 0, 4);
        assertArrayEquals(new int[] {0, 128, 192, 255}, gray(file));
        Path path = Files.write(folder.resolve("a.dcm"), file);
        ImageHeader header = reader.header(path);
        assertEquals(new ImageHeader(4, 1, ImageFormat.DICOM, 16, 1, 1), header);
    }

    @Test
    void bitsBeyondThoseStoredDoNotCountAndSignsDo() throws Exception {
        byte[] unsigned = twelveBits(DicomForge.EXPLICIT)
                .window("2048", "4096")
                .plain(DicomForge.words(0xf000, 0x0800, 0x17ff, 0x0fff));
        assertArrayEquals(new int[] {0, 128, 127, 255}, gray(unsigned));
        byte[] signed = twelveBits(DicomForge.EXPLICIT)
                .number(0x00280103, 1)
                .window("0", "201")
                .plain(DicomForge.words(-100, 0, 50, 2047));
        assertArrayEquals(new int[] {1, 128, 192, 255}, gray(signed));
    }

    @Test
    void withoutAWindowGrayIsStretched() throws Exception {
        int[] ramp = new int[1000];
        for (int i = 0; i < ramp.length; i++) {
            ramp[i] = 300 + i;
        }
        byte[] file = new DicomForge(DicomForge.EXPLICIT, 100, 10, 12, "MONOCHROME2").plain(DicomForge.words(ramp));
        int[] gray = gray(file);
        assertEquals(0, gray[0]);
        assertEquals(127, gray[499], 2);
        assertEquals(255, gray[999]);
        byte[] inverted = new DicomForge(DicomForge.EXPLICIT, 100, 10, 12, "MONOCHROME1").plain(DicomForge.words(ramp));
        assertEquals(255, gray(inverted)[0]);
        byte[] eight = new DicomForge(DicomForge.EXPLICIT, 4, 1, 8, "MONOCHROME2").plain(new byte[] {0, 7, 100, -1});
        assertArrayEquals(new int[] {0, 7, 100, 255}, gray(eight));
    }

    @Test
    void runLengthsAreDecoded() throws Exception {
        byte[] low = {1, 1, 1, 9};
        byte[] high = {0, 0, 4, 4};
        byte[] file = twelveBits(DicomForge.RLE).window("512.5", "1024").encapsulated(DicomForge.runs(high, low));
        byte[] plain =
                twelveBits(DicomForge.EXPLICIT).window("512.5", "1024").plain(DicomForge.words(1, 1, 1025, 1033));
        assertArrayEquals(gray(plain), gray(file));

        byte[] red = {10, 10, 20, 30};
        byte[] green = {5, 5, 5, 5};
        byte[] blue = {1, 2, 3, 4};
        byte[] colour = new DicomForge(DicomForge.RLE, 2, 2, 8, "RGB").encapsulated(DicomForge.runs(red, green, blue));
        assertArrayEquals(
                new byte[] {10, 5, 1, 10, 5, 2, 20, 5, 3, 30, 5, 4},
                reader.read("c.dcm", colour).rgb());
    }

    @Test
    void coloursComePixelByPixelOrPlaneByPlane() throws Exception {
        byte[] pixels = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
        byte[] interleaved = new DicomForge(DicomForge.EXPLICIT, 2, 2, 8, "RGB").plain(pixels);
        assertArrayEquals(pixels, reader.read("c.dcm", interleaved).rgb());
        byte[] planes = new DicomForge(DicomForge.EXPLICIT, 2, 2, 8, "RGB")
                .number(0x00280006, 1)
                .plain(new byte[] {1, 4, 7, 10, 2, 5, 8, 11, 3, 6, 9, 12});
        assertArrayEquals(pixels, reader.read("c.dcm", planes).rgb());
    }

    @Test
    void aJpegInsideIsDecoded() throws Exception {
        byte[] rgb = new byte[3 * 32 * 32];
        Arrays.fill(rgb, (byte) 90);
        RgbImage image = new RgbImage(32, 32, rgb);
        byte[] jpeg = ImageWriter.jpeg(image, 95);
        byte[] first = Arrays.copyOf(jpeg, 100);
        byte[] rest = Arrays.copyOfRange(jpeg, 100, jpeg.length);
        byte[] file = new DicomForge(DicomForge.JPEG, 32, 32, 8, "YBR_FULL_422").encapsulated(first, rest);
        assertArrayEquals(
                reader.read("a.jpg", jpeg).rgb(), reader.read("a.dcm", file).rgb());
    }

    @Test
    void whatIsNotReadIsNamed() {
        byte[] pixels = new byte[8];
        assertReason(Reason.UNSUPPORTED, twelveBits("1.2.840.10008.1.2.4.90").plain(pixels));
        assertReason(
                Reason.UNSUPPORTED,
                twelveBits(DicomForge.EXPLICIT).text(0x00280008, "IS", "3").plain(pixels));
        assertReason(Reason.UNSUPPORTED, new DicomForge(DicomForge.EXPLICIT, 2, 1, 8, "PALETTE COLOR").plain(pixels));
        assertReason(
                Reason.UNSUPPORTED,
                twelveBits(DicomForge.EXPLICIT).number(0x00280102, 15).plain(pixels));
        assertReason(Reason.CORRUPT, new DicomForge(DicomForge.EXPLICIT, 0, 1, 12, "MONOCHROME2").plain(pixels));
        assertReason(Reason.TRUNCATED, twelveBits(DicomForge.EXPLICIT).plain(new byte[6]));
        assertReason(Reason.CORRUPT, twelveBits(DicomForge.RLE).encapsulated(new byte[70]));
        assertReason(
                Reason.TOO_MANY_PIXELS,
                new DicomForge(DicomForge.EXPLICIT, 65535, 65535, 12, "MONOCHROME2").plain(pixels));
    }

    private void assertReason(Reason reason, byte[] file) {
        BrokenImageException refused = assertThrows(BrokenImageException.class, () -> reader.read("a.dcm", file));
        assertEquals(reason, refused.reason(), refused.getMessage());
    }

    /** Whatever is done to a file: it is read, or refused with a reason. */
    @Test
    void damagedFilesNeverDoMoreThanBeRefused() throws Exception {
        Random random = new Random(5);
        byte[] low = new byte[64];
        byte[] high = new byte[64];
        random.nextBytes(low);
        byte[][] files = {
            new DicomForge(DicomForge.EXPLICIT, 8, 8, 12, "MONOCHROME2")
                    .sequence(0x00081140)
                    .plain(new byte[128]),
            new DicomForge(DicomForge.IMPLICIT, 8, 8, 12, "MONOCHROME2")
                    .sequence(0x00081140)
                    .plain(new byte[128]),
            new DicomForge(DicomForge.RLE, 8, 8, 12, "MONOCHROME2").encapsulated(DicomForge.runs(high, low))
        };
        int refused = 0;
        for (int round = 0; round < 6000; round++) {
            byte[] file = files[round % 3].clone();
            for (int change = 0; change <= random.nextInt(3); change++) {
                file[132 + random.nextInt(file.length - 132)] = (byte) random.nextInt(256);
            }
            if (random.nextInt(4) == 0) {
                file = Arrays.copyOf(file, 132 + random.nextInt(file.length - 132));
            }
            try {
                reader.read("a.dcm", file);
            } catch (BrokenImageException e) {
                refused++;
            }
        }
        assertTrue(refused > 500, refused + " refused");
    }
}
