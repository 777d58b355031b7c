package org.dinobench.evaluation.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dinobench.core.problem.BadInputException;

/**
 * The labelled images of one evaluation, in a fixed order, with their classes numbered alphabetically. Immutable.
 */
public final class LabelledSet {
    private final String name;
    private final List<EvalImage> images;
    private final List<String> classes;
    private final int[] labels;
    private final int[] units;
    private final int unitCount;
    private final List<int[]> copies;
    private final boolean labelled;

    private LabelledSet(String name, List<EvalImage> images, List<int[]> copies, boolean labelled) {
        this.name = name;
        this.images = List.copyOf(images);
        this.copies = List.copyOf(copies);
        this.labelled = labelled;
        TreeMap<String, Integer> numbers = new TreeMap<>();
        images.forEach(image -> numbers.put(image.label(), 0));
        classes = List.copyOf(numbers.keySet());
        for (int c = 0; c < classes.size(); c++) {
            numbers.put(classes.get(c), c);
        }
        labels = images.stream().mapToInt(image -> numbers.get(image.label())).toArray();
        units = Units.of(images, copies);
        unitCount = Arrays.stream(units).max().orElse(-1) + 1;
    }

    /**
     * A set for classification.
     *
     * @param name how messages call it, such as the manifest's file name
     * @param images at least two classes among them, each with a label
     * @throws BadInputException without images, with an unlabelled image or with one class only
     */
    public static LabelledSet of(String name, List<EvalImage> images) {
        if (images.isEmpty()) {
            throw new BadInputException(
                    name,
                    "no labelled image is left to evaluate on",
                    "label images or check the keep column; segmentation, statistics and pictures need no labels");
        }
        for (EvalImage image : images) {
            if (image.label().isEmpty()) {
                throw new BadInputException(
                        name, image.id() + " has no label", "fill the label column or leave the image out");
            }
        }
        LabelledSet set = new LabelledSet(name, images, List.of(), true);
        if (set.classes.size() < 2) {
            throw new BadInputException(
                    name,
                    "all images are of the one class \"" + set.classes.get(0) + "\"",
                    "an evaluation by classes needs at least two");
        }
        return set;
    }

    /**
     * A set for work that needs no labels, such as segmentation: labels are dropped, groups and given splits stay.
     *
     * @throws BadInputException without images
     */
    public static LabelledSet withoutLabels(String name, List<EvalImage> images) {
        if (images.isEmpty()) {
            throw new BadInputException(name, "no image is left to evaluate on", "check its keep column");
        }
        List<EvalImage> bare = images.stream()
                .map(i -> new EvalImage(i.file(), i.id(), "", i.split(), i.group(), i.hash()))
                .toList();
        return new LabelledSet(name, bare, List.of(), false);
    }

    /**
     * This set with pairs of copies (near-duplicates) joined into units, beside equal groups and hashes.
     *
     * @param pairs each two indices into this set
     */
    public LabelledSet withCopies(List<int[]> pairs) {
        List<int[]> all = new ArrayList<>(copies);
        all.addAll(pairs);
        return new LabelledSet(name, images, all, labelled);
    }

    /** Whether images have classes. */
    public boolean isLabelled() {
        return labelled;
    }

    /** How messages call this set. */
    public String name() {
        return name;
    }

    /** Number of images. */
    public int size() {
        return images.size();
    }

    /** The images in order. */
    public List<EvalImage> images() {
        return images;
    }

    /** Class names in alphabetical order; a label is an index into it. */
    public List<String> classes() {
        return classes;
    }

    /** The class of an image, 0 to {@code classes().size() - 1}. */
    public int label(int image) {
        return labels[image];
    }

    /** A copy of all labels. */
    public int[] labels() {
        return labels.clone();
    }

    /** The labels of the given images. */
    public int[] labels(int[] indices) {
        return Arrays.stream(indices).map(i -> labels[i]).toArray();
    }

    /**
     * The unit an image belongs to, 0 to {@code unitCount() - 1}. Images with an equal group or an equal content hash and
     * copies of each other, directly or through others, are one unit and stay on one side of every split.
     */
    public int unit(int image) {
        return units[image];
    }

    /** The units of the given images. */
    public int[] units(int[] indices) {
        return Arrays.stream(indices).map(i -> units[i]).toArray();
    }

    /** Number of units. */
    public int unitCount() {
        return unitCount;
    }

    /** Images per class. */
    public int[] classCounts() {
        int[] counts = new int[classes.size()];
        for (int label : labels) {
            counts[label]++;
        }
        return counts;
    }

    /** How many units hold an image of each class: the number of times the class can be dealt out. */
    public int[] unitsPerClass() {
        boolean[][] seen = new boolean[classes.size()][unitCount];
        int[] counts = new int[classes.size()];
        for (int i = 0; i < labels.length; i++) {
            if (!seen[labels[i]][units[i]]) {
                seen[labels[i]][units[i]] = true;
                counts[labels[i]]++;
            }
        }
        return counts;
    }

    /**
     * Checks that every class has at least {@code minimum} independent units.
     *
     * @param minimum at least 2
     * @throws BadInputException naming the first that has not
     */
    public void requireUnits(int minimum) {
        int[] counts = unitsPerClass();
        for (int c = 0; c < counts.length; c++) {
            if (counts[c] < minimum && labelled) {
                throw new BadInputException(
                        name,
                        "the class \"" + classes.get(c) + "\" has "
                                + (counts[c] < 2
                                        ? "a single image or a single group of near-duplicates and cannot be both"
                                                + " learned and measured"
                                        : "only " + counts[c] + " independent images of the " + minimum + " wanted"),
                        "add images of it, or leave out rare classes");
            }
        }
    }

    /**
     * This set without the classes that have fewer than {@code minimum} independent units, for sets with a long tail.
     *
     * @param minimum at least 2
     */
    public LabelledSet withoutRareClasses(int minimum) {
        int[] counts = unitsPerClass();
        List<EvalImage> kept = new ArrayList<>();
        int[] place = new int[images.size()];
        for (int i = 0; i < images.size(); i++) {
            place[i] = counts[labels[i]] >= minimum ? kept.size() : -1;
            if (place[i] >= 0) {
                kept.add(images.get(i));
            }
        }
        if (kept.size() == images.size()) {
            return this;
        }
        if (kept.stream().map(EvalImage::label).distinct().count() < 2) {
            throw new BadInputException(
                    name,
                    "fewer than two classes have " + minimum + " independent images or groups of images",
                    "add images, so that each class can be both learned and measured");
        }
        List<int[]> still = copies.stream()
                .map(pair -> new int[] {place[pair[0]], place[pair[1]]})
                .filter(pair -> pair[0] >= 0 && pair[1] >= 0)
                .toList();
        return of(name, kept).withCopies(still);
    }

    /** Joins images by equal group, equal hash or as copies (union-find), numbering units by first appearance. */
    private static final class Units {
        static int[] of(List<EvalImage> images, List<int[]> copies) {
            int[] parent = new int[images.size()];
            Arrays.setAll(parent, i -> i);
            Map<String, Integer> first = new HashMap<>();
            for (int i = 0; i < parent.length; i++) {
                EvalImage image = images.get(i);
                join(parent, first, "g:" + image.group(), image.group().isEmpty(), i);
                join(parent, first, "h:" + image.hash(), image.hash().isEmpty(), i);
            }
            for (int[] pair : copies) {
                parent[root(parent, pair[0])] = root(parent, pair[1]);
            }
            int[] unit = new int[parent.length];
            Map<Integer, Integer> number = new HashMap<>();
            for (int i = 0; i < parent.length; i++) {
                int root = root(parent, i);
                Integer known = number.putIfAbsent(root, number.size());
                unit[i] = known != null ? known : number.size() - 1;
            }
            return unit;
        }

        private static void join(int[] parent, Map<String, Integer> first, String key, boolean none, int image) {
            if (none) {
                return;
            }
            Integer other = first.putIfAbsent(key, image);
            if (other != null) {
                parent[root(parent, image)] = root(parent, other);
            }
        }

        private static int root(int[] parent, int i) {
            int at = i;
            while (parent[at] != at) {
                parent[at] = parent[parent[at]];
                at = parent[at];
            }
            return at;
        }
    }
}
