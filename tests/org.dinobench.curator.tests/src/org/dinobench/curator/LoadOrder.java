package org.dinobench.curator;

import java.util.Arrays;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.faiss.Faiss;
import org.dinobench.faiss.Index;
import org.dinobench.faiss.KMeans;
import org.dinobench.faiss.KMeansOptions;
import org.dinobench.faiss.Metric;
import org.dinobench.faiss.Vectors;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Tensors;
import org.dinobench.torch.Torch;

/** Faiss and libtorch in one process, loaded in the order of the argument; prints what both computed, twice. */
public final class LoadOrder {
    private static final int D = 32;

    private LoadOrder() {}

    public static void main(String[] arguments) {
        float[] values = new float[3000 * D];
        Random random = new Random(3);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        boolean faissFirst = arguments[0].equals("faiss");
        for (int round = 0; round < 2; round++) {
            String first = faissFirst ? faiss(values) : torch(values);
            String second = faissFirst ? torch(values) : faiss(values);
            System.out.println("RESULT " + (faissFirst ? first + " " + second : second + " " + first));
        }
        int before = Torch.threads();
        Faiss.setThreads(3);
        faiss(values);
        System.out.println("THREADS " + (Torch.threads() == before) + " " + Faiss.threads());
    }

    private static String faiss(float[] values) {
        try (Vectors vectors = Vectors.copyOf(values, D);
                Index index = Index.flatOf(vectors, Metric.L2)) {
            long[] labels = index.search(vectors, 5).labels();
            float[] centroids = KMeans.run(vectors, null, KMeansOptions.plain(20, 5, 1), JobMonitor.NONE)
                    .centroids();
            return Arrays.hashCode(labels) + "/" + Arrays.hashCode(centroids);
        }
    }

    private static String torch(float[] values) {
        Torch.start();
        try (TensorScope scope = TensorScope.open()) {
            Tensor matrix = Tensors.of(values, values.length / D, D);
            double sum = matrix.t().matmul(matrix).sum().item_double();
            return Double.toString(sum);
        }
    }
}
