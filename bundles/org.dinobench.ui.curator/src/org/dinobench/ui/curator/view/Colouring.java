package org.dinobench.ui.curator.view;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.dinobench.ui.curator.Messages;
import org.dinobench.ui.curator.model.DatasetContent;
import org.dinobench.ui.curator.model.ImageElement;
import org.eclipse.osgi.util.NLS;

/** By what the points of a map are coloured. */
enum Colouring {
    /** By label. */
    LABEL,
    /** By cluster. */
    CLUSTER,
    /** By what curation or a person decided. */
    DECISION,
    /** By the split that the dataset names. */
    SPLIT;

    private static final int MOST = 10;

    /**
     * The colours of points.
     *
     * @param indices of the palette, one for each point; negative for none
     * @param names of the colours, by index; at most ten
     */
    record Colours(int[] indices, List<String> names) {}

    /** {@return its name for people} */
    String title() {
        return switch (this) {
            case LABEL -> Messages.Map_ByLabel;
            case CLUSTER -> Messages.Map_ByCluster;
            case DECISION -> Messages.Map_ByDecision;
            case SPLIT -> Messages.Map_BySplit;
        };
    }

    /** Chooses the colours of all points. */
    Colours of(MapPoints points) {
        DatasetContent content = points.content();
        return switch (this) {
            case LABEL -> by(points, content.labels(), image -> image.entry().label());
            case CLUSTER ->
                by(
                        points,
                        content.clusters().stream()
                                .map(c -> NLS.bind(Messages.Clusters_Title, c.number()))
                                .toList(),
                        image -> image.entry().cluster().isPresent()
                                ? NLS.bind(
                                        Messages.Clusters_Title,
                                        image.entry().cluster().getAsInt())
                                : ""); // $NON-NLS-1$
            case DECISION ->
                by(
                        points,
                        List.of(Messages.Fact_Kept, Messages.Fact_Dropped),
                        image -> image.entry().keep() ? Messages.Fact_Kept : Messages.Fact_Dropped);
            case SPLIT -> {
                TreeSet<String> splits = new TreeSet<>();
                points.images().forEach(i -> splits.add(i.entry().split()));
                splits.remove(""); // $NON-NLS-1$
                yield by(points, new ArrayList<>(splits), image -> image.entry().split());
            }
        };
    }

    private static Colours by(
            MapPoints points, List<String> names, java.util.function.Function<ImageElement, String> nameOf) {
        java.util.Map<String, Integer> places = new java.util.HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            places.put(names.get(i), i);
        }
        int[] indices = new int[points.size()];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = places.getOrDefault(nameOf.apply(points.images().get(i)), -1);
        }
        return new Colours(indices, List.copyOf(names.subList(0, Math.min(MOST, names.size()))));
    }
}
