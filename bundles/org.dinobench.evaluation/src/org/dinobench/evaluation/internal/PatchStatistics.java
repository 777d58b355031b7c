package org.dinobench.evaluation.internal;

import java.util.ArrayList;
import java.util.List;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.evaluation.EvaluationSpec;
import org.dinobench.evaluation.data.EvalImage;
import org.dinobench.evaluation.data.FeatureMatrix;
import org.dinobench.evaluation.data.LabelledSet;
import org.dinobench.evaluation.segmentation.PatchFeatures;
import org.dinobench.evaluation.segmentation.PatchTokens;
import org.dinobench.evaluation.statistics.FeatureStatistics;
import org.dinobench.model.VisionTransformer;

/** Statistics of the patch tokens of some images, evenly picked: their norms tell whether registers are missing. */
public final class PatchStatistics {
    /** What reports call these features. */
    public static final String NAME = "patch tokens";

    private static final int IMAGES = 64;
    private static final int MOST_TOKENS = 20_000;

    private final EvaluationSpec spec;

    /** @param spec size and batches are taken from it */
    public PatchStatistics(EvaluationSpec spec) {
        this.spec = spec;
    }

    /** Measures at most 64 images and 20,000 patches. */
    public FeatureStatistics of(VisionTransformer network, LabelledSet set, JobMonitor monitor) {
        int grid = spec.transform().size() / network.config().patch();
        int count = Math.max(1, Math.min(Math.min(IMAGES, set.size()), MOST_TOKENS / (grid * grid)));
        List<EvalImage> picked = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            picked.add(set.images().get((int) ((long) i * set.size() / count)));
        }
        PatchTokens tokens = new PatchFeatures(
                        network.config().patch(), spec.transform().size(), spec.batchSize(), spec.workers())
                .ofNetwork(network, LabelledSet.withoutLabels(set.name(), picked), monitor);
        int each = tokens.grid() * tokens.grid() * tokens.width();
        float[] all = new float[Math.multiplyExact(each, count)];
        for (int i = 0; i < count; i++) {
            System.arraycopy(tokens.images().get(i), 0, all, i * each, each);
        }
        return FeatureStatistics.of(
                FeatureMatrix.of(set.name(), count * tokens.grid() * tokens.grid(), tokens.width(), all), monitor);
    }
}
