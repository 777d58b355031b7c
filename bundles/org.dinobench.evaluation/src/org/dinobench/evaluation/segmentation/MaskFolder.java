package org.dinobench.evaluation.segmentation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.evaluation.data.EvalImage;
import org.dinobench.evaluation.data.LabelledSet;
import org.dinobench.imaging.BrokenImageException;
import org.dinobench.imaging.ImageFormat;
import org.dinobench.imaging.ImageHeader;
import org.dinobench.imaging.ImageReader;
import org.dinobench.imaging.RgbImage;

/**
 * The masks of a set of images: PNG files of the same size as their images, one flat gray or colour a class. The mask of
 * {@code lesion 7.jpg} is {@code lesion 7.png}, {@code lesion 7_mask.png} or {@code lesion 7_segmentation.png} in the
 * folder or below it. A file {@code classes.csv} with lines {@code value,name} may name the classes.
 */
public final class MaskFolder {
    private static final int MOST_CLASSES = 64;
    private static final List<String> SUFFIXES = List.of("", "_mask", "_segmentation");

    private final List<Path> masks;
    private final List<MaskClass> classes;
    private final Map<Integer, Integer> numbers;
    private final Set<Integer> ignored;
    private final ImageReader reader = new ImageReader();

    private MaskFolder(List<Path> masks, List<MaskClass> classes, Set<Integer> ignored) {
        this.masks = masks;
        this.classes = List.copyOf(classes);
        this.ignored = Set.copyOf(ignored);
        numbers = new HashMap<>();
        for (int c = 0; c < classes.size(); c++) {
            numbers.put(classes.get(c).colour(), c);
        }
    }

    /**
     * Finds the mask of every image and looks at all of them once.
     *
     * @param ignored colours of pixels that do not count
     * @throws BadInputException when an image has no mask or several, a mask is no PNG, has another size than its image
     *     or more than 64 colours, or all masks together show fewer than two classes
     */
    public static MaskFolder of(Path folder, LabelledSet set, Set<Integer> ignored, JobMonitor monitor)
            throws IOException {
        List<Path> masks = paired(folder, set);
        Map<Integer, String> names = names(folder);
        TreeMap<Integer, Path> colours = new TreeMap<>();
        ImageReader reader = new ImageReader();
        monitor.begin("Reading masks", masks.size());
        for (int i = 0; i < masks.size(); i++) {
            monitor.checkStopped();
            checkSize(reader, set.images().get(i), masks.get(i));
            collect(read(reader, masks.get(i)), masks.get(i), ignored, colours);
            monitor.worked(1);
        }
        if (colours.size() < 2) {
            throw new BadInputException(
                    folder.toString(),
                    colours.isEmpty()
                            ? "all pixels of the masks are ignored"
                            : "all masks show the one class \"" + MaskClass.text(colours.firstKey()) + "\"",
                    "a segmentation needs at least two classes, such as background and object");
        }
        List<MaskClass> classes = colours.keySet().stream()
                .map(colour -> new MaskClass(colour, names.getOrDefault(colour, MaskClass.text(colour))))
                .toList();
        return new MaskFolder(masks, classes, ignored);
    }

    /** The classes by rising pixel value. */
    public List<MaskClass> classes() {
        return classes;
    }

    /** The mask of an image of the set as class numbers. */
    public LabelMap read(int image) {
        RgbImage picture = read(reader, masks.get(image));
        byte[] out = new byte[picture.width() * picture.height()];
        for (int p = 0; p < out.length; p++) {
            int colour = colour(picture.rgb(), p);
            out[p] = (byte) (ignored.contains(colour) ? LabelMap.IGNORED : numbers.get(colour));
        }
        return new LabelMap(picture.width(), picture.height(), out);
    }

    private static List<Path> paired(Path folder, LabelledSet set) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new BadInputException(
                    folder.toString(), "there is no such folder of masks", "give --masks a folder of PNG files");
        }
        Map<String, List<Path>> byStem = new HashMap<>();
        try (Stream<Path> tree = Files.walk(folder)) {
            tree.filter(Files::isRegularFile).forEach(file -> byStem.computeIfAbsent(
                            stem(file.getFileName().toString()), s -> new ArrayList<>())
                    .add(file));
        }
        byStem.values().forEach(files -> files.removeIf(MaskFolder::isNoMask));
        List<Path> masks = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        Map<Path, String> owners = new HashMap<>();
        for (EvalImage image : set.images()) {
            String stem = stem(image.file().getFileName().toString());
            List<Path> found = SUFFIXES.stream()
                    .flatMap(suffix -> byStem.getOrDefault(stem + suffix, List.of()).stream())
                    .filter(file -> !file.equals(image.file()))
                    .toList();
            if (found.isEmpty()) {
                missing.add(image.id());
                continue;
            }
            String owner = owners.putIfAbsent(found.get(0), image.id());
            if (found.size() > 1 || owner != null) {
                throw new BadInputException(
                        image.id(),
                        found.size() > 1
                                ? "it has several masks: " + found.get(0) + " and " + found.get(1)
                                : "it shares its name, and so its mask, with " + owner,
                        "give every image one mask of its own name");
            }
            masks.add(found.get(0));
        }
        if (!missing.isEmpty()) {
            throw new BadInputException(
                    folder.toString(),
                    missing.size() + " of " + set.size() + " images have no mask, such as " + missing.get(0),
                    "add a PNG of the same name for each, or leave these images out of the manifest");
        }
        return masks;
    }

    private static boolean isNoMask(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.startsWith(".") || !name.matches(".*\\.(png|jpg|jpeg|bmp|tif|tiff|webp|gif)");
    }

    private static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private static Map<Integer, String> names(Path folder) throws IOException {
        Path file = folder.resolve("classes.csv");
        Map<Integer, String> names = new LinkedHashMap<>();
        if (!Files.isRegularFile(file)) {
            return names;
        }
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            int comma = line.indexOf(',');
            if (line.isEmpty() || i == 0 && line.toLowerCase(Locale.ROOT).startsWith("value")) {
                continue;
            }
            if (comma < 1) {
                throw new BadInputException(file + ":" + (i + 1), "there is no comma", "write value,name");
            }
            names.put(
                    MaskClass.colour(file + ":" + (i + 1), line.substring(0, comma)),
                    line.substring(comma + 1).strip());
        }
        return names;
    }

    private static void checkSize(ImageReader reader, EvalImage image, Path mask) {
        try {
            ImageHeader header = reader.header(mask);
            if (header.format() != ImageFormat.PNG) {
                throw new BadInputException(
                        mask.toString(),
                        "it is a " + header.format() + " file, and masks must keep every pixel as it is",
                        "save masks as PNG");
            }
            if (header.bits() > 8) {
                throw new BadInputException(
                        mask.toString(), "it has " + header.bits() + " bits a channel", "save masks with 8 bits");
            }
            ImageHeader picture = reader.header(image.file());
            if (header.shownWidth() != picture.shownWidth() || header.shownHeight() != picture.shownHeight()) {
                throw new BadInputException(
                        mask.toString(),
                        "it has " + header.shownWidth() + " x " + header.shownHeight() + " pixels and its image "
                                + picture.shownWidth() + " x " + picture.shownHeight(),
                        "a mask has the size of its image");
            }
        } catch (BrokenImageException e) {
            throw new BadInputException(image.id(), e.getMessage(), "leave the image and its mask out", e);
        }
    }

    private static RgbImage read(ImageReader reader, Path mask) {
        try {
            return reader.read(mask);
        } catch (BrokenImageException e) {
            throw new BadInputException(mask.toString(), e.getMessage(), "leave the image and its mask out", e);
        }
    }

    private static void collect(RgbImage mask, Path file, Set<Integer> ignored, TreeMap<Integer, Path> colours) {
        int last = -1;
        for (int p = 0; p < mask.width() * mask.height(); p++) {
            int colour = colour(mask.rgb(), p);
            if (colour == last) {
                continue;
            }
            last = colour;
            if (!ignored.contains(colour)) {
                colours.putIfAbsent(colour, file);
            }
            if (colours.size() > MOST_CLASSES) {
                throw new BadInputException(
                        file.toString(),
                        "with it the masks have more than " + MOST_CLASSES + " different colours",
                        "masks hold one flat gray or colour a class, without smoothed borders");
            }
        }
    }

    private static int colour(byte[] rgb, int pixel) {
        return (rgb[3 * pixel] & 0xff) << 16 | (rgb[3 * pixel + 1] & 0xff) << 8 | rgb[3 * pixel + 2] & 0xff;
    }
}
