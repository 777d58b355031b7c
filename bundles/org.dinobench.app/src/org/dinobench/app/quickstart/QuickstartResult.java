package org.dinobench.app.quickstart;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.dinobench.core.catalog.ImportReport;
import org.dinobench.core.workspace.DatasetDirectory;
import org.dinobench.core.workspace.RunDirectory;
import org.dinobench.curator.CurationResult;
import org.dinobench.evaluation.export.ExportResult;
import org.dinobench.evaluation.knn.KnnReport;
import org.dinobench.trainer.TrainingResult;

/**
 * Everything that one quickstart computed.
 *
 * @param dataset where the catalog is
 * @param imported what the import found
 * @param identical pairs of equal files
 * @param curation what curation found
 * @param run the training run
 * @param training how it ended
 * @param knn the trained model first, then its baselines; empty without labels
 * @param export what was exported and how it was checked
 * @param report the report, an HTML file
 * @param timings by stage, in their order
 */
public record QuickstartResult(
        DatasetDirectory dataset,
        ImportReport imported,
        IdenticalPairs identical,
        CurationResult curation,
        RunDirectory run,
        TrainingResult training,
        List<KnnReport> knn,
        ExportResult export,
        Path report,
        Map<String, Duration> timings) {
    /** Copies the list. */
    public QuickstartResult {
        knn = List.copyOf(knn);
    }
}
