package org.dinobench.ui.curator.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Images that are like one.
 *
 * @param image the one
 * @param similarity cosine with it by image id, the most alike first; the image itself is among them
 */
public record Likeness(ImageElement image, Map<Long, Double> similarity) {
    /** Copies the map and keeps its order. */
    public Likeness {
        similarity = Collections.unmodifiableMap(new LinkedHashMap<>(similarity));
    }
}
