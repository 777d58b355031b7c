package org.dinobench.imaging.loader;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.imaging.BrokenImageException;
import org.dinobench.imaging.ImageReader;
import org.dinobench.imaging.RgbImage;
import org.dinobench.imaging.TestData;
import org.dinobench.imaging.augment.AugmentationPreset;
import org.dinobench.imaging.augment.AugmentationSpec;
import org.dinobench.imaging.augment.CropRenderer;
import org.dinobench.imaging.augment.CropSampler;
import org.dinobench.imaging.augment.CropSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class CropLoaderTest {
    private static final AugmentationSpec SPEC = AugmentationPreset.NATURAL
            .spec()
            .withGlobal(new CropSpec(2, 16, 0.32, 1))
            .withLocal(new CropSpec(3, 8, 0.05, 0.32));
    private static final List<RgbImage> PICTURES = IntStream.range(0, 23)
            .mapToObj(i -> TestData.picture(20 + i, 30, i))
            .toList();

    /** An image in memory; broken when its number is among the broken ones. */
    private record Memory(int index, Set<Integer> broken, AtomicInteger loads) implements ImageSource {
        @Override
        public String name() {
            return "picture-" + index;
        }

        @Override
        public RgbImage load(ImageReader reader) throws BrokenImageException {
            loads.incrementAndGet();
            if (broken.contains(index)) {
                throw new BrokenImageException(name(), BrokenImageException.Reason.CORRUPT, "made broken");
            }
            return PICTURES.get(index);
        }
    }

    private final AtomicInteger loads = new AtomicInteger();

    private List<ImageSource> sources(Integer... broken) {
        return IntStream.range(0, PICTURES.size())
                .<ImageSource>mapToObj(i -> new Memory(i, Set.of(broken), loads))
                .toList();
    }

    private CropLoader open(CropLoaderConfig config, Integer... broken) {
        return new CropLoader(sources(broken), SPEC, config, JobMonitor.NONE);
    }

    /** Everything that a number of batches hold, flat. */
    private static List<float[]> take(CropLoader loader, int batches) throws InterruptedException {
        List<float[]> out = new ArrayList<>();
        for (int i = 0; i < batches; i++) {
            try (CropBatch batch = loader.next()) {
                out.add(copy(batch.globals()));
                out.add(copy(batch.locals()));
            }
        }
        return out;
    }

    private static float[] copy(FloatBuffer buffer) {
        float[] out = new float[buffer.capacity()];
        buffer.get(0, out);
        return out;
    }

    private static void assertSameStream(List<float[]> a, List<float[]> b) {
        assertEquals(a.size(), b.size());
        for (int i = 0; i < a.size(); i++) {
            assertArrayEquals(a.get(i), b.get(i));
        }
    }

    @Test
    void theStreamIsTheSameAtAnyNumberOfWorkersAndAnyCache() throws Exception {
        CropLoaderConfig config = CropLoaderConfig.of(4, 1, 42);
        try (CropLoader one = open(config, 3);
                CropLoader two = open(CropLoaderConfig.of(4, 2, 42), 3);
                CropLoader many =
                        open(CropLoaderConfig.of(4, 5, 42).withCacheBytes(0).withPrefetch(1), 3);
                CropLoader other = open(CropLoaderConfig.of(4, 1, 43), 3)) {
            List<float[]> wanted = take(one, 14);
            assertSameStream(wanted, take(two, 14));
            assertSameStream(wanted, take(many, 14));
            assertFalse(Arrays.equals(wanted.get(0), take(other, 1).get(0)));
        }
    }

    @ParameterizedTest
    @CsvSource({"0,3", "1,0", "2,4"})
    void continuesAtAnyPosition(long epoch, long batch) throws Exception {
        CropLoaderConfig config = CropLoaderConfig.of(4, 2, 7);
        int skipped = (int) (epoch * 5 + batch);
        try (CropLoader whole = open(config, 5);
                CropLoader rest = open(config.startingAt(new LoaderPosition(epoch, batch)), 5)) {
            for (int i = 0; i < skipped; i++) {
                try (CropBatch passed = whole.next()) {
                    if (i == skipped - 1) {
                        assertEquals(new LoaderPosition(epoch, batch), passed.nextPosition());
                    }
                }
            }
            assertSameStream(take(whole, 6), take(rest, 6));
        }
    }

    @Test
    void cropsLieCropMajorAndAreThoseOfSamplerAndRenderer() throws Exception {
        try (CropLoader loader = open(CropLoaderConfig.of(5, 3, 9));
                CropBatch batch = loader.next()) {
            assertEquals(2 * 5 * 3 * 16 * 16, batch.globals().capacity());
            assertEquals(3 * 5 * 3 * 8 * 8, batch.locals().capacity());
            assertTrue(batch.globals().isDirect() && batch.locals().isDirect());
            CropSampler sampler = new CropSampler(SPEC, 9);
            CropRenderer renderer = new CropRenderer(SPEC);
            for (int sample = 0; sample < 5; sample++) {
                int index = batch.imageIndex(sample);
                RgbImage image = PICTURES.get(index);
                for (int crop = 0; crop < 5; crop++) {
                    boolean isGlobal = crop < 2;
                    int floats = isGlobal ? 768 : 192;
                    FloatBuffer wanted = FloatBuffer.allocate(floats);
                    renderer.render(image, sampler.plan(0, index, crop, image.width(), image.height()), wanted, 0);
                    int row = (isGlobal ? crop : crop - 2) * 5 + sample;
                    float[] seen = new float[floats];
                    (isGlobal ? batch.globals() : batch.locals()).get(row * floats, seen);
                    assertArrayEquals(wanted.array(), seen);
                }
            }
        }
    }

    @Test
    void anEpochShowsEachImageOnceInAnOrderOfItsOwnAndDropsTheRest() throws Exception {
        try (CropLoader loader = open(CropLoaderConfig.of(4, 2, 1))) {
            assertEquals(5, loader.batchesPerEpoch());
            List<List<Integer>> epochs = new ArrayList<>();
            for (int epoch = 0; epoch < 3; epoch++) {
                List<Integer> seen = new ArrayList<>();
                for (int b = 0; b < 5; b++) {
                    try (CropBatch batch = loader.next()) {
                        assertEquals(new LoaderPosition(epoch, b), batch.position());
                        IntStream.range(0, 4).forEach(s -> seen.add(batch.imageIndex(s)));
                    }
                }
                assertEquals(20, new HashSet<>(seen).size());
                epochs.add(seen);
            }
            assertNotEquals(epochs.get(0), epochs.get(1));
            assertNotEquals(epochs.get(1), epochs.get(2));
        }
    }

    @Test
    void ranksTogetherSeeTheGlobalBatch() throws Exception {
        try (CropLoader all = open(CropLoaderConfig.of(6, 1, 3));
                CropLoader first = open(CropLoaderConfig.of(3, 2, 3).onRank(0, 2), 8);
                CropLoader second = open(CropLoaderConfig.of(3, 2, 3).onRank(1, 2), 8)) {
            assertEquals(all.batchesPerEpoch(), first.batchesPerEpoch());
            for (int i = 0; i < 4; i++) {
                try (CropBatch whole = all.next();
                        CropBatch left = first.next();
                        CropBatch right = second.next()) {
                    for (int s = 0; s < 3; s++) {
                        assertSameUnlessBroken(whole.imageIndex(s), left.imageIndex(s));
                        assertSameUnlessBroken(whole.imageIndex(3 + s), right.imageIndex(s));
                    }
                }
            }
        }
    }

    private static void assertSameUnlessBroken(int wanted, int seen) {
        assertTrue(wanted == 8 ? seen != 8 : seen == wanted);
    }

    @Test
    void brokenImagesAreReplacedCountedAndToldOnce() throws Exception {
        List<String> told = new ArrayList<>();
        JobMonitor monitor = new Recording(told);
        CropLoaderConfig config = CropLoaderConfig.of(4, 3, 2).withMaxBrokenShare(0.1);
        try (CropLoader loader = new CropLoader(sources(2, 13), SPEC, config, monitor)) {
            for (int i = 0; i < 25; i++) {
                try (CropBatch batch = loader.next()) {
                    for (int s = 0; s < 4; s++) {
                        assertTrue(batch.imageIndex(s) != 2 && batch.imageIndex(s) != 13);
                    }
                }
            }
            assertEquals(
                    List.of(2, 13),
                    loader.broken().stream().map(BrokenImage::index).toList());
        }
        assertEquals(2, told.size());
        assertTrue(told.stream().anyMatch(t -> t.contains("picture-13") && t.contains("made broken")));
    }

    @Test
    void tooManyBrokenImagesStopTheLoaderWithTheirList() {
        try (CropLoader loader = open(CropLoaderConfig.of(4, 2, 2).withMaxBrokenShare(0.1), 1, 2, 3)) {
            BadInputException e = assertThrows(BadInputException.class, () -> {
                for (int i = 0; i < 50; i++) {
                    loader.next().close();
                }
            });
            assertTrue(e.getMessage().contains("3 of 23") && e.getMessage().contains("picture-2"), e.getMessage());
        }
    }

    @Test
    void aSetWithoutAnyUsableImageEndsEvenWhenAllMayBeBroken() {
        Integer[] all = IntStream.range(0, PICTURES.size()).boxed().toArray(Integer[]::new);
        try (CropLoader loader = open(CropLoaderConfig.of(4, 2, 2).withMaxBrokenShare(1), all)) {
            assertThrows(BadInputException.class, loader::next);
        }
    }

    @Test
    void anotherFaultReachesTheConsumer() {
        ImageSource faulty = new ImageSource() {
            @Override
            public String name() {
                return "faulty";
            }

            @Override
            public RgbImage load(ImageReader reader) {
                throw new IllegalStateException("a fault of ours");
            }
        };
        try (CropLoader loader =
                new CropLoader(List.of(faulty, faulty), SPEC, CropLoaderConfig.of(2, 2, 1), JobMonitor.NONE)) {
            assertEquals(
                    "a fault of ours",
                    assertThrows(IllegalStateException.class, loader::next).getMessage());
        }
    }

    @Test
    void buffersAreRecycledAndImagesDecodedOnce() throws Exception {
        CropLoaderConfig config = CropLoaderConfig.of(4, 2, 2).withPrefetch(2);
        try (CropLoader loader = open(config)) {
            Set<Integer> buffers = new HashSet<>();
            for (int i = 0; i < 40; i++) {
                try (CropBatch batch = loader.next()) {
                    buffers.add(System.identityHashCode(batch.globals()));
                }
            }
            assertTrue(buffers.size() <= 3, buffers.size() + " buffers");
            LoaderStatistics statistics = loader.statistics();
            assertEquals(160, statistics.images());
            assertTrue(statistics.decoded() <= PICTURES.size() + 2, statistics.toString());
            assertTrue(statistics.imagesPerSecond() > 0 && statistics.imagesPerThreadSecond() > 0);
            assertTrue(statistics.cacheBytes() > 0 && statistics.waitSeconds() >= 0);
        }
    }

    @Test
    void aBatchIsNotUsableAfterItIsGivenBackAndTheLoaderRunsOnlySoFarAhead() throws Exception {
        try (CropLoader loader =
                open(CropLoaderConfig.of(4, 2, 2).withPrefetch(2).withCacheBytes(0))) {
            try (CropBatch first = loader.next()) {
                Thread.sleep(150);
                assertTrue(loads.get() <= 3 * 4, loads.get() + " loaded ahead");
                FloatBuffer buffer = first.globals();
                assertSame(buffer, first.globals());
                first.close();
                assertThrows(IllegalStateException.class, first::globals);
            }
            loader.next().close();
        }
    }

    @Test
    void closingEndsTheThreadsWhileTheyWait() throws Exception {
        try (CropLoader loader = open(CropLoaderConfig.of(4, 3, 2))) {
            loader.next().close();
            long from = System.nanoTime();
            loader.close();
            assertTrue((System.nanoTime() - from) < 5_000_000_000L);
            assertTrue(Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(t -> t.getName().startsWith("crop-loader") && t.isAlive()));
            assertThrows(IllegalStateException.class, loader::next);
        }
    }

    @Test
    void aSetSmallerThanABatchIsRefused() {
        BadInputException e = assertThrows(
                BadInputException.class,
                () -> open(CropLoaderConfig.of(12, 1, 1).onRank(0, 2)));
        assertTrue(e.getMessage().contains("23"));
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3", "7", "64", "1000", "4097"})
    void ordersArePermutations(int size) {
        for (long epoch = 0; epoch < 3; epoch++) {
            EpochOrder order = new EpochOrder(5, epoch, size);
            BitSet seen = new BitSet();
            for (int i = 0; i < size; i++) {
                seen.set((int) order.at(i));
            }
            assertEquals(size, seen.cardinality());
            assertEquals(size, seen.length());
        }
    }

    @Test
    void ordersAreEven() {
        int[][] counts = new int[10][10];
        for (long epoch = 0; epoch < 2000; epoch++) {
            EpochOrder order = new EpochOrder(5, epoch, 10);
            for (int i = 0; i < 10; i++) {
                counts[i][(int) order.at(i)]++;
            }
        }
        for (int[] row : counts) {
            for (int count : row) {
                assertEquals(200, count, 75);
            }
        }
    }

    private record Recording(List<String> told) implements JobMonitor {
        @Override
        public void begin(String stage, long total) {}

        @Override
        public void worked(long units) {}

        @Override
        public void message(String text) {
            told.add(text);
        }

        @Override
        public boolean isStopped() {
            return false;
        }
    }
}
