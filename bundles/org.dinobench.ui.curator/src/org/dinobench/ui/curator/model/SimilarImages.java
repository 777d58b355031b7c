package org.dinobench.ui.curator.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.curator.map.EmbeddingTable;
import org.dinobench.curator.map.NearestImages;
import org.dinobench.ui.curator.Messages;
import org.eclipse.osgi.util.NLS;

/** Finds the images of a dataset that are like one, by the vectors that were made last. */
public final class SimilarImages {
    private final DatasetContent content;

    /** @param content the dataset */
    public SimilarImages(DatasetContent content) {
        this.content = content;
    }

    /**
     * Compares an image with all others; takes a moment for very large datasets, so not to be called on the UI thread.
     *
     * @param image the image
     * @param most number of images found at most, itself not counted
     * @return what was found
     * @throws IOException when vectors cannot be read
     * @throws BadInputException when there are no vectors, none of this image, or damaged ones
     */
    public Likeness to(ImageElement image, int most) throws IOException {
        List<Path> embedders = EmbeddingTable.embedders(content.dataset().folder());
        if (embedders.isEmpty()) {
            throw new BadInputException(
                    content.dataset().name(), Messages.Similar_NoVectors, Messages.Similar_NoVectorsRemedy);
        }
        for (Path embedder : embedders) {
            NearestImages nearest = new NearestImages(embedder);
            Optional<float[]> vector = nearest.vector(image.entry().hash());
            if (vector.isPresent()) {
                return new Likeness(image, joined(nearest.of(vector.get(), most + 1, JobMonitor.NONE), most + 1));
            }
        }
        throw new BadInputException(
                image.name(), Messages.Similar_NoVector, NLS.bind(Messages.Similar_NoVectorRemedy, image.name()));
    }

    private Map<Long, Double> joined(List<NearestImages.Found> found, int most) {
        Map<String, List<Long>> ids = new HashMap<>();
        for (ImageElement image : content.images()) {
            if (image.decodes()) {
                ids.computeIfAbsent(image.entry().hash(), h -> new ArrayList<>())
                        .add(image.entry().id());
            }
        }
        Map<Long, Double> similarity = new LinkedHashMap<>();
        for (NearestImages.Found one : found) {
            for (long id : ids.getOrDefault(one.hash(), List.of())) {
                if (similarity.size() < most) {
                    similarity.put(id, one.similarity());
                }
            }
        }
        return similarity;
    }
}
