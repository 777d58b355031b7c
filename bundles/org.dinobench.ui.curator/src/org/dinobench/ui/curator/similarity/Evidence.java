package org.dinobench.ui.curator.similarity;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.dinobench.core.catalog.CatalogEntry;
import org.dinobench.core.catalog.DecodeStatus;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.workspace.DatasetDirectory;
import org.dinobench.curator.CurationImage;
import org.dinobench.curator.Reviews;
import org.dinobench.curator.dedup.ConfirmedPairs;
import org.dinobench.curator.dedup.DuplicatePreview;
import org.dinobench.curator.dedup.StoredSimilarities;
import org.dinobench.curator.spec.CurationSpec;
import org.dinobench.ui.curator.model.CurationFolder;

/**
 * What the newest curation of a dataset knows of thresholds.
 *
 * @param dataset the dataset
 * @param curation name of the curation
 * @param spec that it was made with
 * @param similarities the histogram
 * @param preview tells the effect of thresholds; empty when the curation kept no pairs
 */
public record Evidence(
        DatasetDirectory dataset,
        String curation,
        CurationSpec spec,
        StoredSimilarities similarities,
        Optional<DuplicatePreview> preview) {
    /**
     * Reads what there is; takes a second for large datasets.
     *
     * @param dataset the dataset
     * @param images its images; those that do not decode are passed over
     * @return empty when no curation looked for near-duplicates
     * @throws IOException when a file cannot be read
     * @throws BadInputException when a file is damaged
     */
    public static Optional<Evidence> of(DatasetDirectory dataset, List<CatalogEntry> images) throws IOException {
        for (CurationFolder curation : CurationFolder.of(dataset)) {
            Optional<StoredSimilarities> similarities = curation.similarities();
            if (similarities.isPresent()) {
                CurationSpec spec = curation.spec();
                Optional<ConfirmedPairs> pairs = curation.pairs();
                Optional<DuplicatePreview> preview = Optional.empty();
                if (pairs.isPresent()) {
                    List<CurationImage> decoded = images.stream()
                            .filter(i -> i.status() == DecodeStatus.OK)
                            .map(CurationImage::of)
                            .toList();
                    preview = Optional.of(new DuplicatePreview(
                            decoded,
                            pairs.get(),
                            Reviews.read(dataset),
                            spec.dedup().conflicts()));
                }
                return Optional.of(new Evidence(dataset, curation.name(), spec, similarities.get(), preview));
            }
        }
        return Optional.empty();
    }

    /** {@return the model that made the vectors of the histogram, as the specification names it} */
    public String model() {
        return spec.dedup().model().isEmpty()
                ? spec.embed().model()
                : spec.dedup().model();
    }
}
