package org.dinobench.curator.embed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.curator.CurationImage;
import org.dinobench.curator.Review;
import org.dinobench.curator.dedup.PairVerifier;
import org.dinobench.faiss.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddingStoreTest {
    @TempDir
    Path folder;

    private final Numbers embedder = new Numbers();

    /** Embeds the number in a file's name; calls itself unable to read "bad" ones. */
    private static final class Numbers implements Embedder {
        private int embedded;
        private int dieAfter = Integer.MAX_VALUE;

        @Override
        public String id() {
            return "numbers-v1";
        }

        @Override
        public int dimension() {
            return 2;
        }

        @Override
        public double duplicateThreshold() {
            return 0.9;
        }

        @Override
        public Optional<PairVerifier> verifier() {
            return Optional.empty();
        }

        @Override
        public void embed(List<Path> files, Sink sink, JobMonitor monitor) {
            for (int i = 0; i < files.size(); i++) {
                if (embedded++ >= dieAfter) {
                    throw new IllegalStateException("died");
                }
                String name = files.get(i).toString();
                if (name.startsWith("bad")) {
                    sink.broken(i, name + ": broken");
                } else {
                    sink.vector(i, new float[] {1, Float.parseFloat(name)});
                }
            }
        }

        @Override
        public void close() {}
    }

    private static List<CurationImage> images(int count) {
        List<CurationImage> images = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = i % 100 == 99 ? "bad" + i : Integer.toString(i);
            images.add(new CurationImage(name, Path.of(name), "hash" + i, 0, "", "", i, Review.NONE));
        }
        return images;
    }

    @Test
    void vectorsComeBackByContent() throws Exception {
        EmbeddingStore store = EmbeddingStore.open(folder, embedder);
        assertEquals(250, store.embed(images(250), JobMonitor.NONE));
        EmbeddingStore again = EmbeddingStore.open(folder, embedder);
        assertEquals(0, again.missing(images(250)));
        assertEquals(10, again.missing(images(260)));
        assertEquals("bad99: broken", again.brokenReason("hash99"));
        assertEquals(248, again.withVector(images(250)).size());
        try (Vectors some = again.gather(List.of("hash30", "hash7"))) {
            assertArrayEquals(new float[] {1, 30}, some.get(0));
            assertArrayEquals(new float[] {1, 7}, some.get(1));
        }
    }

    @Test
    void aJobThatDiedGoesOnAfterItsLastShard() throws Exception {
        int count = EmbeddingStore.SHARD_IMAGES * 2 + 50;
        embedder.dieAfter = EmbeddingStore.SHARD_IMAGES + 100;
        EmbeddingStore store = EmbeddingStore.open(folder, embedder);
        assertThrows(IllegalStateException.class, () -> store.embed(images(count), JobMonitor.NONE));
        // What a kill between the two files of a shard leaves behind is written over.
        Files.write(store.folder().resolve("shard-00001.npy"), new byte[3]);
        embedder.dieAfter = Integer.MAX_VALUE;
        embedder.embedded = 0;
        EmbeddingStore again = EmbeddingStore.open(folder, embedder);
        again.embed(images(count), JobMonitor.NONE);
        assertEquals(count - EmbeddingStore.SHARD_IMAGES, embedder.embedded);
        again.verify(JobMonitor.NONE);
        try (Vectors last = again.gather(List.of("hash" + (count - 1)))) {
            assertEquals(count - 1, last.get(0)[1]);
        }
    }

    @Test
    void damageIsFound() throws Exception {
        EmbeddingStore store = EmbeddingStore.open(folder, embedder);
        store.embed(images(20), JobMonitor.NONE);
        Path shard = store.folder().resolve("shard-00000.npy");
        byte[] bytes = Files.readAllBytes(shard);
        bytes[bytes.length - 1] ^= 1;
        Files.write(shard, bytes);
        assertThrows(BadInputException.class, () -> store.verify(JobMonitor.NONE));
        Files.write(shard, java.util.Arrays.copyOf(bytes, bytes.length - 8));
        assertThrows(BadInputException.class, () -> EmbeddingStore.open(folder, embedder));
    }

    @Test
    void modelsAreFoundByName() throws Exception {
        Embedders embedders = Embedders.standard();
        try (Embedder builtin = embedders.open("builtin")) {
            assertTrue(builtin.verifier().isPresent());
        }
        var refused = assertThrows(BadInputException.class, () -> embedders.open("nothing-of-the-kind"));
        assertTrue(refused.getMessage().contains("builtin"), refused.getMessage());
        Path text = Files.writeString(folder.resolve("model.pt"), "no model");
        assertFalse(new TorchScriptEmbedderProvider().accepts(text.toString()));
        assertThrows(BadInputException.class, () -> embedders.open(text.toString()));
    }
}
