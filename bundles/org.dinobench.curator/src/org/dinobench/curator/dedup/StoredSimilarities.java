package org.dinobench.curator.dedup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dinobench.core.io.Json;
import org.dinobench.core.problem.BadInputException;

/**
 * What {@code similarities.json} of a curation holds: how many images have their nearest other one at which cosine, with
 * pairs to look at.
 *
 * @param threshold least cosine that the curation used
 * @param steps from 0 to 1, rising
 */
public record StoredSimilarities(double threshold, List<Step> steps) {
    private static final int MOST_STEPS = 1000;

    /** Name of the file in the folder of a curation. */
    public static final String FILE = "similarities.json";

    /**
     * A step of the histogram.
     *
     * @param from least cosine
     * @param to the cosine that the next step begins with
     * @param images whose nearest other image is as alike as that
     * @param examples a few pairs
     */
    public record Step(double from, double to, long images, List<Example> examples) {
        /** Copies the list. */
        public Step {
            examples = List.copyOf(examples);
        }
    }

    /**
     * Two images to look at.
     *
     * @param first path of an image
     * @param second path of the other
     * @param similarity their cosine
     */
    public record Example(String first, String second, double similarity) {}

    /** Copies the list. */
    public StoredSimilarities {
        steps = List.copyOf(steps);
    }

    /**
     * Reads the file.
     *
     * @throws BadInputException when it is not there or damaged
     */
    public static StoredSimilarities read(Path file) {
        ObjectNode node = Json.readObject(file);
        List<Step> steps = new ArrayList<>();
        for (JsonNode step : node.path("steps")) {
            List<Example> examples = new ArrayList<>();
            for (JsonNode pair : step.path("examples")) {
                examples.add(new Example(
                        pair.path("first").asText(),
                        pair.path("second").asText(),
                        pair.path("similarity").asDouble()));
            }
            steps.add(new Step(
                    step.path("from").asDouble(),
                    step.path("to").asDouble(),
                    step.path("images").asLong(),
                    examples));
        }
        if (steps.isEmpty()
                || steps.size() > MOST_STEPS
                || !node.path("threshold").isNumber()) {
            throw new BadInputException(file.toString(), "it holds no histogram of similarities", "curate again");
        }
        return new StoredSimilarities(node.path("threshold").asDouble(), steps);
    }

    /** The step that a cosine belongs to. */
    public Step at(double similarity) {
        Step found = steps.get(0);
        for (Step step : steps) {
            if (step.from() <= similarity) {
                found = step;
            }
        }
        return found;
    }
}
