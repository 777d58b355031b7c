package org.dinobench.faiss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dinobench.core.problem.BadInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VectorsTest {
    @TempDir
    Path folder;

    private Path npy(String name, int rows, int dimension, float first) throws Exception {
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            NpyFile.writeHeader(out, rows, dimension);
            float[] values = new float[rows * dimension];
            for (int i = 0; i < values.length; i++) {
                values[i] = first + i;
            }
            NpyFile.writeRows(out, values);
        }
        return file;
    }

    @Test
    void buffersAreSharedNotCopied() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(24).order(ByteOrder.nativeOrder());
        buffer.putFloat(8, 1.5f);
        buffer.position(8);
        try (Vectors vectors = Vectors.wrap(buffer, 2)) {
            assertEquals(2, vectors.rows());
            assertArrayEquals(new float[] {1.5f, 0}, vectors.get(0));
            buffer.putFloat(20, 7);
            assertArrayEquals(new float[] {0, 7}, vectors.get(1));
            vectors.put(0, new float[] {3, 4});
            assertEquals(4, buffer.getFloat(12));
        }
    }

    @Test
    void buffersThatDoNotFitAreRefused() {
        ByteBuffer direct = ByteBuffer.allocateDirect(24).order(ByteOrder.nativeOrder());
        assertThrows(IllegalArgumentException.class, () -> Vectors.wrap(ByteBuffer.allocate(24), 2));
        assertThrows(IllegalArgumentException.class, () -> Vectors.wrap(direct.slice(), 4));
        assertThrows(
                IllegalArgumentException.class,
                () -> Vectors.wrap(ByteBuffer.allocateDirect(24).order(ByteOrder.BIG_ENDIAN), 2));
        ByteBuffer odd = direct.duplicate().order(ByteOrder.nativeOrder());
        odd.position(2).limit(10);
        assertThrows(IllegalArgumentException.class, () -> Vectors.wrap(odd, 2));
        try (Vectors readOnly = Vectors.wrap(direct.asReadOnlyBuffer().order(ByteOrder.nativeOrder()), 2)) {
            assertThrows(IllegalStateException.class, () -> readOnly.put(0, new float[2]));
        }
    }

    @Test
    void mappedShardsAreOneStore() throws Exception {
        Path first = npy("a.npy", 3, 2, 0);
        Path empty = npy("b.npy", 0, 2, 0);
        Path last = npy("c.npy", 2, 2, 100);
        try (VectorStore store = VectorStore.map(List.of(first, empty, last))) {
            assertEquals(5, store.rows());
            assertArrayEquals(new float[] {4, 5}, store.get(2));
            assertArrayEquals(new float[] {100, 101}, store.get(3));
            assertThrows(IndexOutOfBoundsException.class, () -> store.get(5));
            try (Vectors some = store.gather(new long[] {4, 0});
                    Vectors all = store.gatherAll()) {
                assertArrayEquals(new float[] {102, 103}, some.get(0));
                assertArrayEquals(new float[] {0, 1}, some.get(1));
                assertArrayEquals(new float[] {102, 103}, all.get(4));
            }
            assertArrayEquals(store.sample(3, 7), store.sample(3, 7));
            assertEquals(
                    3, java.util.Arrays.stream(store.sample(3, 7)).distinct().count());
            assertEquals(5, store.sample(9, 7).length);
            assertThrows(
                    IllegalStateException.class, () -> store.pieces().get(0).put(0, new float[2]));
        }
        Path narrow = npy("d.npy", 1, 3, 0);
        assertThrows(IllegalArgumentException.class, () -> VectorStore.map(List.of(first, narrow)));
    }

    /** A sparse file: its pages are zeros and take no room on the disk. */
    @Test
    void filesOverTwoGigabytesAreMappedWhole() throws Exception {
        Path file = folder.resolve("large.f32");
        int dimension = 1024;
        long rows = 700_000;
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(rows * dimension * 4);
            ByteBuffer last =
                    ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(0, 2.5f);
            FileChannel channel = large.getChannel();
            channel.write(last, ((rows - 1) * dimension) * 4);
        }
        try (Vectors mapped = Vectors.map(file, 0, rows, dimension)) {
            assertEquals(2.5f, mapped.get(rows - 1)[0]);
            try (Index index = Index.flatOf(mapped.slice(rows - 3, 3), Metric.INNER_PRODUCT)) {
                assertEquals(2, index.assign(mapped.slice(rows - 1, 1))[0]);
            }
        }
        assertThrows(IllegalArgumentException.class, () -> Vectors.map(file, 4, rows, dimension));
    }

    @Test
    void headersThatLieAreRefused() throws Exception {
        Path good = npy("good.npy", 2, 2, 0);
        byte[] bytes = Files.readAllBytes(good);
        assertEquals(2, NpyFile.open(good).rows());
        assertEquals(0, NpyFile.open(good).offset() % 64);
        Path bad = folder.resolve("bad.npy");
        for (int length : new int[] {0, 5, 9, 40, bytes.length - 1}) {
            Files.write(bad, java.util.Arrays.copyOf(bytes, length));
            assertThrows(BadInputException.class, () -> NpyFile.open(bad), "cut to " + length);
        }
        String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
        for (String change : List.of("<f8", ">f4", "|O")) {
            Files.write(bad, text.replace("<f4", change).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
            assertThrows(BadInputException.class, () -> NpyFile.open(bad), change);
        }
        Files.write(
                bad, text.replace("(2, 2)", "(9999999999, 2)").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        assertThrows(BadInputException.class, () -> NpyFile.open(bad));
        assertThrows(BadInputException.class, () -> NpyFile.open(folder.resolve("none.npy")));
    }

    @Test
    void rowsAreBroughtToLengthOne() {
        try (Vectors vectors = Vectors.copyOf(new float[] {3, 4, 0, 0}, 2)) {
            vectors.normalize();
            assertArrayEquals(new float[] {0.6f, 0.8f}, vectors.get(0), 1e-6f);
            assertArrayEquals(new float[] {0, 0}, vectors.get(1));
            assertEquals(-1, vectors.firstNotFinite());
            vectors.put(1, new float[] {0, Float.NEGATIVE_INFINITY});
            assertEquals(1, vectors.firstNotFinite());
        }
    }

    @Test
    void forgottenSlicesKeepTheirMemory() {
        Vectors slice = Vectors.copyOf(new float[] {1, 2, 3, 4}, 2).slice(1, 1);
        for (int i = 0; i < 5; i++) {
            System.gc();
            Vectors.allocate(1000, 10).close();
        }
        assertArrayEquals(new float[] {3, 4}, slice.get(0));
    }

    @Test
    void closedMemoryIsNotTouched() {
        Vectors vectors = Vectors.copyOf(new float[] {1, 2}, 2);
        Vectors slice = vectors.slice(0, 1);
        vectors.close();
        assertThrows(IllegalStateException.class, () -> vectors.get(0));
        assertThrows(IllegalStateException.class, () -> slice.get(0));
        assertThrows(IllegalStateException.class, () -> Index.flatOf(vectors, Metric.L2));
    }

    @Test
    void someRowsAreGathered() {
        try (Vectors all = Vectors.copyOf(new float[] {0, 1, 10, 11, 20, 21}, 2);
                Vectors some = Vectors.allocate(4, 2)) {
            some.put(1, all, new int[] {2, 0, 2});
            float[] values = new float[8];
            some.get(0, values);
            assertArrayEquals(new float[] {0, 0, 20, 21, 0, 1, 20, 21}, values);
            assertThrows(IllegalArgumentException.class, () -> some.put(0, all, new int[] {3}));
            assertThrows(IllegalArgumentException.class, () -> some.put(0, all, new int[] {-1}));
            assertThrows(IndexOutOfBoundsException.class, () -> some.put(2, all, new int[3]));
            assertThrows(IllegalArgumentException.class, () -> some.put(0, some, new int[1]));
        }
    }
}
