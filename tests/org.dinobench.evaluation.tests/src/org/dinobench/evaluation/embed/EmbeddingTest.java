package org.dinobench.evaluation.embed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.problem.StoppedException;
import org.dinobench.evaluation.PythonPeer;
import org.dinobench.evaluation.SmallNetwork;
import org.dinobench.evaluation.data.EvalImage;
import org.dinobench.evaluation.features.FeatureKind;
import org.dinobench.evaluation.maps.NetworkInput;
import org.dinobench.imaging.ImageReader;
import org.dinobench.imaging.ImageWriter;
import org.dinobench.imaging.RgbImage;
import org.dinobench.imaging.augment.EvalTransform;
import org.dinobench.imaging.augment.Normalization;
import org.dinobench.model.Ffn;
import org.dinobench.model.ImageEmbedder;
import org.dinobench.model.VitOutput;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Tensors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddingTest {
    private static final int WIDTH = 24;

    @TempDir
    Path folder;

    private final SmallNetwork small = new SmallNetwork(SmallNetwork.config(0, Ffn.MLP), 1);
    private Path images;

    @BeforeEach
    void draw() throws IOException {
        images = Files.createDirectories(folder.resolve("images/sub, with comma"));
        Random random = new Random(3);
        for (int i = 0; i < 11; i++) {
            byte[] rgb = new byte[3 * 16 * 16];
            random.nextBytes(rgb);
            ImageWriter.writePng(new RgbImage(16, 16, rgb), images.resolve(String.format("image%02d.png", i)));
        }
    }

    @AfterEach
    void close() {
        small.close();
    }

    private EmbedSpec spec(FeatureKind kind, boolean patches) {
        return new EmbedSpec(kind, patches, EvalTransform.squash(16), 4, 2);
    }

    private EmbedResult run(EmbedSpec spec, Path out, JobMonitor monitor) throws IOException {
        return Embedding.of(small.network(), "weights", spec)
                .run(EmbedImages.folder(folder.resolve("images")), out, monitor);
    }

    /** A NumPy file read by the text of its format: shape and values. */
    private record Npy(String header, float[] values) {
        static Npy read(Path file) throws IOException {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            int length = bytes.getShort(8);
            byte[] header = new byte[length];
            bytes.position(10).get(header);
            assertEquals(0, (10 + length) % 64);
            float[] values = new float[bytes.remaining() / 4];
            bytes.asFloatBuffer().get(values);
            return new Npy(new String(header, StandardCharsets.US_ASCII), values);
        }
    }

    @Test
    void vectorsAndTokensAreThoseOfTheNetworkImageByImage() throws IOException {
        Path out = folder.resolve("out");
        EmbedResult result = run(spec(FeatureKind.CLS_AND_MEAN_PATCH, true), out, JobMonitor.NONE);
        assertEquals(11, result.rows());
        Npy vectors = Npy.read(out.resolve("features.npy"));
        Npy tokens = Npy.read(out.resolve("patches.npy"));
        assertTrue(vectors.header().contains("'shape': (11, 48)"), vectors.header());
        assertTrue(tokens.header().contains("'shape': (11, 16, 24)"), tokens.header());
        for (int i = 0; i < 11; i++) {
            try (TensorScope scope = TensorScope.open()) {
                RgbImage image = read(images.resolve(String.format("image%02d.png", i)));
                VitOutput alone = small.network()
                        .forward(NetworkInput.of(image, 16, 4, Normalization.IMAGENET)
                                .tensor());
                float[] expected = new float[2 * WIDTH];
                Tensors.copy(alone.classToken(), expected, 0);
                Tensors.copy(alone.patchTokens().mean(1), expected, WIDTH);
                float[] row = Arrays.copyOfRange(vectors.values(), i * 48, (i + 1) * 48);
                assertArrayEquals(expected, row, 1e-5f);
                float[] own = Arrays.copyOfRange(tokens.values(), i * 384, (i + 1) * 384);
                assertArrayEquals(Tensors.floats(alone.patchTokens()), own, 1e-5f);
            }
        }
        List<String> csv = Files.readAllLines(out.resolve("images.csv"));
        assertEquals("0,\"sub, with comma/image00.png\",,,", csv.get(1));
        assertTrue(Files.readString(out.resolve("features.parquet"), StandardCharsets.ISO_8859_1)
                .startsWith("PAR1"));
    }

    private static RgbImage read(Path file) throws IOException {
        try {
            return new ImageReader().read(file);
        } catch (org.dinobench.imaging.BrokenImageException e) {
            throw new IOException(e);
        }
    }

    @Test
    void anInterruptedCallIsTakenUpWhereItStood() throws IOException {
        Path whole = folder.resolve("whole");
        Path out = folder.resolve("interrupted");
        run(spec(FeatureKind.CLS, true), whole, JobMonitor.NONE);
        StopAfter first = new StopAfter(4);
        assertThrows(StoppedException.class, () -> run(spec(FeatureKind.CLS, true), out, first));
        assertFalse(Files.exists(out.resolve("features.npy")));
        EmbedResult result = run(spec(FeatureKind.CLS, true), out, JobMonitor.NONE);
        assertEquals(4, result.resumed());
        assertEquals(11, result.rows());
        assertArrayEquals(
                Files.readAllBytes(whole.resolve("features.npy")), Files.readAllBytes(out.resolve("features.npy")));
        assertArrayEquals(
                Files.readAllBytes(whole.resolve("patches.npy")), Files.readAllBytes(out.resolve("patches.npy")));
        assertFalse(Files.exists(out.resolve("embed.part.json")));
        EmbedResult again = run(spec(FeatureKind.CLS, true), out, new StopAfter(0));
        assertEquals(11, again.resumed(), "nothing is computed again");
    }

    @Test
    void aPartOfOtherWorkIsNotTakenUp() throws IOException {
        Path out = folder.resolve("out");
        assertThrows(StoppedException.class, () -> run(spec(FeatureKind.CLS, false), out, new StopAfter(4)));
        EmbedResult result = run(spec(FeatureKind.MEAN_PATCH, false), out, JobMonitor.NONE);
        assertEquals(0, result.resumed());
        BadInputException problem =
                assertThrows(BadInputException.class, () -> run(spec(FeatureKind.CLS, false), out, JobMonitor.NONE));
        assertTrue(problem.getMessage().contains("another model, other images"), problem.getMessage());
    }

    @Test
    void brokenImagesAreLeftOutAndNamed() throws IOException {
        Files.writeString(images.resolve("image05.png"), "no picture");
        Path out = folder.resolve("out");
        EmbedResult result = run(spec(FeatureKind.CLS, false), out, JobMonitor.NONE);
        assertEquals(10, result.rows());
        assertEquals(5, result.broken().get(0).index());
        List<String> csv = Files.readAllLines(out.resolve("images.csv"));
        assertEquals(11, csv.size());
        assertTrue(csv.stream().noneMatch(line -> line.contains("image05")));
        assertTrue(csv.get(6).startsWith("5,") && csv.get(6).contains("image06"), csv.get(6));
        for (EvalImage image : EmbedImages.folder(folder.resolve("images"))) {
            Files.writeString(image.file(), "no picture");
        }
        BadInputException problem = assertThrows(
                BadInputException.class,
                () -> run(spec(FeatureKind.CLS, false), folder.resolve("none"), JobMonitor.NONE));
        assertTrue(problem.getMessage().contains("no image could be decoded"), problem.getMessage());
    }

    @Test
    void modelsOfUnknownInsideGiveTheirVectors() throws IOException {
        ImageEmbedder brightness = new ImageEmbedder() {
            @Override
            public int dimensions() {
                return 1;
            }

            @Override
            public float[] embed(FloatBuffer pixels, int batch, int height, int width) {
                float[] sums = new float[batch];
                for (int i = 0; i < batch * 3 * height * width; i++) {
                    sums[i / (3 * height * width)] += pixels.get(i);
                }
                return sums;
            }
        };
        Path out = folder.resolve("out");
        List<EvalImage> list = EmbedImages.folder(folder.resolve("images"));
        Embedding.of(brightness, "brightness", spec(FeatureKind.CLS, false)).run(list, out, JobMonitor.NONE);
        float[] values = Npy.read(out.resolve("features.npy")).values();
        assertEquals(11, values.length);
        try (TensorScope scope = TensorScope.open()) {
            RgbImage image = read(images.resolve("image07.png"));
            float[] pixels = Tensors.floats(
                    NetworkInput.of(image, 16, 4, Normalization.IMAGENET).tensor());
            double sum = 0;
            for (float v : pixels) {
                sum += v;
            }
            assertEquals(sum, values[7], 1e-2);
        }
        BadInputException problem = assertThrows(
                BadInputException.class, () -> Embedding.of(brightness, "brightness", spec(FeatureKind.CLS, true)));
        assertTrue(problem.getMessage().contains("no patch tokens"), problem.getMessage());
    }

    @Test
    void sizesThatDoNotFitThePatchAreRefused() {
        EmbedSpec odd = new EmbedSpec(FeatureKind.CLS, false, EvalTransform.squash(18), 4, 1);
        BadInputException problem =
                assertThrows(BadInputException.class, () -> Embedding.of(small.network(), "weights", odd));
        assertTrue(problem.getMessage().contains("no multiple of the model's patch of 4"), problem.getMessage());
    }

    @Test
    void numpyReadsTheFiles() throws IOException, InterruptedException {
        PythonPeer peer = PythonPeer.find("numpy");
        Path out = folder.resolve("out");
        run(spec(FeatureKind.CLS, true), out, JobMonitor.NONE);
        String program = "import sys, numpy\n"
                + "a = numpy.load(sys.argv[1] + '/features.npy'); b = numpy.load(sys.argv[1] + '/patches.npy')\n"
                + "print(a.shape, a.dtype, b.shape, '%.5f' % a.sum())\n";
        double sum = 0;
        for (float v : Npy.read(out.resolve("features.npy")).values()) {
            sum += v;
        }
        String printed = peer.run(folder, program, out.toString());
        assertTrue(printed.startsWith("(11, 24) float32 (11, 16, 24) "), printed);
        assertEquals(sum, Double.parseDouble(printed.strip().split(" ")[6]), 1e-3);
    }

    /** Stops after so many images. */
    private static final class StopAfter implements JobMonitor {
        private final long limit;
        private long done;

        StopAfter(long limit) {
            this.limit = limit;
        }

        @Override
        public void begin(String stage, long total) {}

        @Override
        public void worked(long units) {
            done += units;
        }

        @Override
        public void message(String text) {}

        @Override
        public boolean isStopped() {
            return done >= limit;
        }
    }
}
