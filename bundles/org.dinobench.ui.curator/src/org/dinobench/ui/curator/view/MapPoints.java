package org.dinobench.ui.curator.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dinobench.curator.map.EmbeddingMap;
import org.dinobench.ui.curator.model.DatasetContent;
import org.dinobench.ui.curator.model.ImageElement;

/**
 * The images of a dataset that have a place on a map. Places are scaled to the unit square, its aspect kept.
 *
 * @param content the dataset
 * @param images those with a place
 * @param x from 0 to 1, rightwards
 * @param y from 0 to 1, downwards
 */
record MapPoints(DatasetContent content, List<ImageElement> images, float[] x, float[] y) {
    /**
     * Joins a map with the images it knows by their content.
     *
     * @param content the dataset
     * @param map places by content hash
     * @return the points
     */
    static MapPoints of(DatasetContent content, EmbeddingMap map) {
        Map<String, Integer> rows = new HashMap<>();
        for (int i = 0; i < map.keys().size(); i++) {
            rows.put(map.keys().get(i), i);
        }
        List<ImageElement> images = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (ImageElement image : content.images()) {
            Integer row = rows.get(image.entry().hash());
            if (row != null && image.decodes()) {
                images.add(image);
                places.add(row);
            }
        }
        float[] x = new float[images.size()];
        float[] y = new float[images.size()];
        for (int i = 0; i < x.length; i++) {
            x[i] = map.places()[2 * places.get(i)];
            y[i] = map.places()[2 * places.get(i) + 1];
        }
        scale(x, y);
        return new MapPoints(content, List.copyOf(images), x, y);
    }

    private static void scale(float[] x, float[] y) {
        float minX = Float.POSITIVE_INFINITY;
        float maxX = Float.NEGATIVE_INFINITY;
        float minY = Float.POSITIVE_INFINITY;
        float maxY = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < x.length; i++) {
            minX = Math.min(minX, x[i]);
            maxX = Math.max(maxX, x[i]);
            minY = Math.min(minY, y[i]);
            maxY = Math.max(maxY, y[i]);
        }
        float span = Math.max(Math.max(maxX - minX, maxY - minY), 1e-12f);
        for (int i = 0; i < x.length; i++) {
            x[i] = 0.5f + (x[i] - (minX + maxX) / 2) / span;
            y[i] = 0.5f + (y[i] - (minY + maxY) / 2) / span;
        }
    }

    /** {@return number of points} */
    int size() {
        return images.size();
    }
}
