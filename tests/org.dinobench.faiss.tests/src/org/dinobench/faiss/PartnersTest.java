package org.dinobench.faiss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.dinobench.core.job.JobMonitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** k-means shared by several partners, here threads, against one alone. */
class PartnersTest {
    private static final int D = 20;

    /** Partners in one process, which read each other's buffers while all wait. */
    private static final class Threads {
        private final CyclicBarrier barrier;
        private final ByteBuffer[] distances;
        private final ByteBuffer[] labels;

        Threads(int size) {
            barrier = new CyclicBarrier(size);
            distances = new ByteBuffer[size];
            labels = new ByteBuffer[size];
        }

        Partners partner(int rank) {
            return new Partners() {
                @Override
                public int rank() {
                    return rank;
                }

                @Override
                public int size() {
                    return distances.length;
                }

                @Override
                public void exchange(ByteBuffer own, ByteBuffer ownLabels, int share) {
                    distances[rank] = own;
                    labels[rank] = ownLabels;
                    await();
                    for (int other = 0; other < size(); other++) {
                        if (other != rank) {
                            copy(distances[other], own, other * share, share, Float.BYTES);
                            copy(labels[other], ownLabels, other * share, share, Long.BYTES);
                        }
                    }
                    await();
                }
            };
        }

        private static void copy(ByteBuffer from, ByteBuffer to, int row, int rows, int width) {
            int start = Math.min(from.capacity(), row * width);
            int length = Math.min(from.capacity() - start, rows * width);
            to.put(start, from, start, length);
        }

        private void await() {
            try {
                barrier.await();
            } catch (InterruptedException | BrokenBarrierException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"2, true", "3, true", "2, false", "5, false"})
    void partnersEndInTheClustersOfOne(int size, boolean spherical) throws Exception {
        KMeansOptions options = new KMeansOptions(30, 7, spherical, 3, 1);
        float[] values = Samples.directions(3000, D, 25, 0.4, 8);
        float[] weights = new float[3000];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = 1 + i % 4;
        }
        KMeansResult alone;
        try (Vectors points = Vectors.copyOf(values, D)) {
            alone = KMeans.run(points, weights, options, JobMonitor.NONE);
        }
        Threads threads = new Threads(size);
        ExecutorService workers = Executors.newFixedThreadPool(size);
        try (Vectors points = Vectors.copyOf(values, D)) {
            List<Callable<KMeansResult>> jobs = new ArrayList<>();
            for (int rank = 0; rank < size; rank++) {
                Partners partner = threads.partner(rank);
                jobs.add(() -> KMeans.shared(points, weights, options, null, partner, JobMonitor.NONE));
            }
            for (Future<KMeansResult> future : workers.invokeAll(jobs)) {
                assertArrayEquals(alone.centroids(), future.get().centroids());
                assertArrayEquals(alone.objectives(), future.get().objectives());
            }
        } finally {
            workers.shutdownNow();
        }
    }

    @Test
    void aPartnerThatFailsEndsTheClustering() throws Exception {
        Partners failing = new Partners() {
            @Override
            public int rank() {
                return 1;
            }

            @Override
            public int size() {
                return 2;
            }

            @Override
            public void exchange(ByteBuffer distances, ByteBuffer labels, int share) {
                throw new IllegalStateException("the other one is gone");
            }
        };
        ExecutorService worker = Executors.newSingleThreadExecutor();
        try (Vectors points = Vectors.copyOf(Samples.gaussian(1000, D, 1), D)) {
            Future<KMeansResult> future = worker.submit(
                    () -> KMeans.shared(points, null, KMeansOptions.plain(5, 3, 1), null, failing, JobMonitor.NONE));
            assertThrows(ExecutionException.class, future::get);
        } finally {
            worker.shutdownNow();
        }
    }
}
