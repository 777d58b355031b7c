package org.dinobench.evaluation;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dinobench.evaluation.data.CopySearch;
import org.dinobench.evaluation.data.LabelledSet;
import org.dinobench.evaluation.data.Split;
import org.dinobench.evaluation.knn.KnnReport;
import org.dinobench.evaluation.linear.FewShot;
import org.dinobench.evaluation.linear.LogisticReport;
import org.dinobench.evaluation.linear.ProbeReport;
import org.dinobench.evaluation.retrieval.RetrievalReport;
import org.dinobench.evaluation.segmentation.SegmentationReport;
import org.dinobench.evaluation.statistics.FeatureStatistics;

/**
 * What one evaluation found; parts that were not asked for are empty.
 *
 * @param model what was measured
 * @param set the images
 * @param split how they were divided
 * @param leftOut classes with too few images
 * @param knn nearest neighbours on the model's features
 * @param baselines the same on raw pixels and on the untrained network
 * @param logistic logistic regression
 * @param probe linear probe
 * @param fewShot few-shot curve
 * @param retrieval retrieval
 * @param segmentation linear head on patch features
 * @param segmentationBaselines the same on raw patches and on the untrained network
 * @param copies near-duplicates that were found before the split; empty when they were not looked for
 * @param statistics label-free measures by the name of the features
 * @param folder where the report lies
 */
public record EvaluationResult(
        String model,
        LabelledSet set,
        Split split,
        List<String> leftOut,
        Optional<KnnReport> knn,
        List<KnnReport> baselines,
        Optional<LogisticReport> logistic,
        Optional<ProbeReport> probe,
        List<FewShot.Point> fewShot,
        Optional<RetrievalReport> retrieval,
        Optional<SegmentationReport> segmentation,
        List<SegmentationReport> segmentationBaselines,
        Optional<CopySearch.Finding> copies,
        Map<String, FeatureStatistics> statistics,
        Path folder) {
    /** Copies lists and the map. */
    public EvaluationResult {
        leftOut = List.copyOf(leftOut);
        baselines = List.copyOf(baselines);
        segmentationBaselines = List.copyOf(segmentationBaselines);
        fewShot = List.copyOf(fewShot);
        statistics = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(statistics));
    }
}
