package org.dinobench.app.quickstart;

import java.util.List;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.evaluation.data.FeatureMatrix;
import org.dinobench.evaluation.data.LabelledSet;
import org.dinobench.evaluation.data.LeakCheck;
import org.dinobench.evaluation.data.Split;
import org.dinobench.evaluation.features.FeatureExtractor;
import org.dinobench.evaluation.features.FeatureKind;
import org.dinobench.evaluation.features.PixelFeatures;
import org.dinobench.evaluation.features.UntrainedNetwork;
import org.dinobench.evaluation.knn.KnnEvaluation;
import org.dinobench.evaluation.knn.KnnReport;
import org.dinobench.evaluation.knn.KnnSpec;
import org.dinobench.imaging.augment.EvalTransform;
import org.dinobench.model.VisionTransformer;

/** Nearest neighbours on the trained model's features beside raw pixels and the same network untrained. */
final class BaselineEvaluation {
    private static final double TEST_SHARE = 0.2;
    private static final int PIXEL_SIDE = 16;
    private static final int BATCH = 64;

    private final LabelledSet set;
    private final EvalTransform transform;
    private final long seed;
    private final int workers;

    BaselineEvaluation(LabelledSet set, EvalTransform transform, long seed, int workers) {
        this.set = set;
        this.transform = transform;
        this.seed = seed;
        this.workers = workers;
    }

    /** @return the trained network's report first, then the baselines' */
    List<KnnReport> run(VisionTransformer trained, JobMonitor monitor) {
        KnnEvaluation evaluation = new KnnEvaluation(
                set, Split.grouped(set, TEST_SHARE, seed), KnnSpec.smallSet(), LeakCheck.Policy.REFUSE);
        KnnReport model = evaluation.evaluate("trained model", features(trained, monitor), monitor);
        PixelFeatures pixels = new PixelFeatures(PIXEL_SIDE);
        KnnReport raw = evaluation.evaluate(pixels.words(), pixels.extract(set, monitor), monitor);
        try (UntrainedNetwork untrained = new UntrainedNetwork(trained.config(), seed)) {
            KnnReport start =
                    evaluation.evaluate("the same network, untrained", features(untrained.network(), monitor), monitor);
            return List.of(model, raw, start);
        }
    }

    private FeatureMatrix features(VisionTransformer network, JobMonitor monitor) {
        return new FeatureExtractor(network, transform, BATCH, workers)
                .extract(set, FeatureKind.CLS_AND_MEAN_PATCH, monitor);
    }
}
