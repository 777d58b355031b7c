package org.dinobench.ui.curator.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.dinobench.core.catalog.CatalogEntry;
import org.dinobench.ui.common.parts.Words;
import org.dinobench.ui.common.theme.Palette;
import org.dinobench.ui.curator.Messages;
import org.dinobench.ui.curator.model.Cluster;
import org.dinobench.ui.curator.model.DatasetContent;
import org.dinobench.ui.curator.model.ImageElement;
import org.dinobench.ui.curator.review.ClusterTitle;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.graphics.Color;

/** By which column of the catalog the points of a map are coloured. */
enum Colouring {
    /** By label. */
    LABEL,
    /** By cluster. */
    CLUSTER,
    /** By whether images are in or out, and who says so. */
    DECISION,
    /** By why images are in or out. */
    REASON,
    /** By near-duplicates: alone, in a group, in a group with conflicting labels. */
    GROUP,
    /** By the split that the dataset names. */
    SPLIT,
    /** By the folder that files are in. */
    FOLDER,
    /** By file format. */
    FORMAT,
    /** By the number of pixels. */
    PIXELS,
    /** By width over height. */
    ASPECT,
    /** By file size. */
    BYTES,
    /** By how near images are to the centre of their cluster. */
    NEARNESS;

    private static final int MOST = 10;
    private static final int STEPS = 5;
    private static final int REASON_WORDS = 4;

    /**
     * The colours of points.
     *
     * @param indices one for each point; negative for none
     * @param names of the colours, by index; at most ten
     * @param scale whether the colours go from little to much
     */
    record Colours(int[] indices, List<String> names, boolean scale) {
        /** The colour of an index. */
        Color color(Palette palette, int index) {
            return scale && index >= 0 ? palette.ramp(index / (double) (STEPS - 1)) : palette.category(index);
        }
    }

    /** {@return its name for people} */
    String title() {
        return switch (this) {
            case LABEL -> Messages.Map_ByLabel;
            case CLUSTER -> Messages.Map_ByCluster;
            case DECISION -> Messages.Map_ByDecision;
            case REASON -> Messages.Map_ByReason;
            case GROUP -> Messages.Map_ByGroup;
            case SPLIT -> Messages.Map_BySplit;
            case FOLDER -> Messages.Map_ByFolder;
            case FORMAT -> Messages.Map_ByFormat;
            case PIXELS -> Messages.Map_ByPixels;
            case ASPECT -> Messages.Map_ByAspect;
            case BYTES -> Messages.Map_ByBytes;
            case NEARNESS -> Messages.Map_ByNearness;
        };
    }

    /** Chooses the colours of all points. */
    Colours of(MapPoints points) {
        DatasetContent content = points.content();
        return switch (this) {
            case LABEL -> named(points, content.labels(), image -> image.entry().label());
            case CLUSTER -> byCluster(points, content);
            case DECISION -> byDecision(points);
            case REASON -> counted(points, image -> kind(image.entry().reason()));
            case GROUP -> byGroup(points, content);
            case SPLIT -> counted(points, image -> image.entry().split());
            case FOLDER -> counted(points, image -> folder(image.entry()));
            case FORMAT -> counted(points, image -> image.entry().format());
            case PIXELS ->
                scaled(
                        points,
                        image -> (double) image.entry().width() * image.entry().height(),
                        v -> Words.count(Math.round(v)));
            case ASPECT ->
                scaled(
                        points,
                        image -> image.entry().width()
                                / Math.max(1.0, image.entry().height()),
                        Colouring::decimal);
            case BYTES -> scaled(points, image -> image.entry().bytes(), v -> Words.bytes(Math.round(v)));
            case NEARNESS ->
                scaled(
                        points,
                        image -> content.nearness().getOrDefault(image.entry().id(), Double.NaN),
                        Colouring::decimal);
        };
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.2f", value); // $NON-NLS-1$
    }

    private static Colours byCluster(MapPoints points, DatasetContent content) {
        Map<Integer, String> titles = new HashMap<>();
        for (Cluster cluster : content.clusters()) {
            titles.put(cluster.number(), ClusterTitle.of(cluster));
        }
        return named(
                points,
                content.clusters().stream().map(ClusterTitle::of).distinct().toList(),
                image -> image.entry().cluster().isPresent()
                        ? titles.getOrDefault(image.entry().cluster().getAsInt(), "") // $NON-NLS-1$
                        : ""); //$NON-NLS-1$
    }

    private static Colours byDecision(MapPoints points) {
        String keptByHand = NLS.bind(Messages.Fact_ByPerson, Messages.Fact_Kept);
        String droppedByHand = NLS.bind(Messages.Fact_ByPerson, Messages.Fact_Dropped);
        return named(points, List.of(Messages.Fact_Kept, Messages.Fact_Dropped, keptByHand, droppedByHand), image -> {
            CatalogEntry entry = image.entry();
            return entry.keep()
                    ? entry.decidedByPerson() ? keptByHand : Messages.Fact_Kept
                    : entry.decidedByPerson() ? droppedByHand : Messages.Fact_Dropped;
        });
    }

    private static Colours byGroup(MapPoints points, DatasetContent content) {
        Map<Long, Boolean> conflicting = new HashMap<>();
        content.duplicates().forEach(d -> conflicting.put(d.number(), d.conflicting()));
        return named(
                points,
                List.of(Messages.Map_GroupAlone, Messages.Map_GroupCopies, Messages.Map_GroupConflict),
                image -> {
                    Boolean conflict = image.grouped()
                            ? conflicting.get(image.entry().group().getAsLong())
                            : null;
                    return conflict == null
                            ? Messages.Map_GroupAlone
                            : conflict ? Messages.Map_GroupConflict : Messages.Map_GroupCopies;
                });
    }

    /** Reasons name other images: their first words say the kind. */
    private static String kind(String reason) {
        String[] words = reason.split("\\s+"); // $NON-NLS-1$
        int end = 0;
        while (end < Math.min(REASON_WORDS, words.length)
                && words[end].chars().allMatch(c -> Character.isLetter(c) || c == '-' || c == ',')) {
            end++;
        }
        return String.join(" ", Arrays.copyOf(words, end)); // $NON-NLS-1$
    }

    private static String folder(CatalogEntry entry) {
        int slash = entry.path().lastIndexOf('/');
        return slash < 0 ? "/" : entry.path().substring(0, slash); // $NON-NLS-1$
    }

    /** Names by number of images, the most frequent first. */
    private static Colours counted(MapPoints points, Function<ImageElement, String> nameOf) {
        Map<String, Integer> counts = new HashMap<>();
        points.images().forEach(i -> counts.merge(nameOf.apply(i), 1, Integer::sum));
        counts.remove(""); // $NON-NLS-1$
        List<String> names = new ArrayList<>(counts.keySet());
        names.sort(Comparator.comparing((String n) -> -counts.get(n)).thenComparing(n -> n));
        return named(points, names, nameOf);
    }

    private static Colours named(MapPoints points, List<String> names, Function<ImageElement, String> nameOf) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            places.put(names.get(i), i);
        }
        int[] indices = new int[points.size()];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = places.getOrDefault(nameOf.apply(points.images().get(i)), -1);
        }
        return new Colours(indices, List.copyOf(names.subList(0, Math.min(MOST, names.size()))), false);
    }

    /** Five steps with as many images each. */
    private static Colours scaled(
            MapPoints points, ToDoubleFunction<ImageElement> valueOf, Function<Double, String> text) {
        double[] values = points.images().stream().mapToDouble(valueOf).toArray();
        double[] sorted =
                Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
        if (sorted.length == 0) {
            int[] none = new int[values.length];
            Arrays.fill(none, -1);
            return new Colours(none, List.of(), true);
        }
        double[] ends = new double[STEPS];
        List<String> names = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            ends[step] = sorted[(int) Math.min(sorted.length - 1.0, (step + 1.0) * sorted.length / STEPS)];
            names.add(NLS.bind(Messages.Map_UpTo, text.apply(ends[step])));
        }
        int[] indices = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            int step = 0;
            while (step < STEPS - 1 && values[i] > ends[step]) {
                step++;
            }
            indices[i] = Double.isNaN(values[i]) ? -1 : step;
        }
        return new Colours(indices, List.copyOf(names), true);
    }
}
