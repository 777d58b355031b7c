package org.dinobench.core.catalog;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;

/**
 * Lists the image files below a folder, by their extensions and sorted by path, with labels and splits. Links are
 * followed; a link that leads back to a folder above it is passed over and told.
 */
public final class FolderScan {
    private static final Set<String> EXTENSIONS =
            Set.of("jpg", "jpeg", "png", "webp", "bmp", "tif", "tiff", "dcm", "jfif");
    private static final Map<String, String> SPLITS = Map.of(
            "train", "train",
            "training", "train",
            "val", "val",
            "valid", "val",
            "validation", "val",
            "test", "test",
            "testing", "test");
    private static final int MAX_DEPTH = 64;

    private FolderScan() {}

    /**
     * What was found.
     *
     * @param files candidates, sorted by path
     * @param others number of files whose extension is no image's
     * @param remarks folders and files that were passed over, with the reason
     */
    public record Result(List<ScannedFile> files, long others, List<String> remarks) {}

    /**
     * Scans a folder.
     *
     * @throws BadInputException when it is missing, no folder, or holds no image files
     */
    public static Result scan(Path root, LabelSource labels, JobMonitor monitor) throws IOException {
        if (!Files.isDirectory(root)) {
            throw new BadInputException(
                    root.toString(),
                    Files.exists(root) ? "this is no folder" : "there is no such folder",
                    "name a folder with images");
        }
        monitor.begin("Looking for images", -1);
        Walk walk = new Walk(root, monitor);
        Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), MAX_DEPTH, walk);
        if (walk.found.isEmpty()) {
            throw new BadInputException(
                    root.toString(),
                    "there are no image files in this folder"
                            + (walk.others > 0 ? " (" + walk.others + " files of other kinds)" : ""),
                    "name a folder with .jpg, .png, .webp, .bmp or .tif files");
        }
        walk.found.sort(Comparator.comparing(ScannedFile::path));
        return new Result(labelled(root, walk.found, labels), walk.others, List.copyOf(walk.remarks));
    }

    private static List<ScannedFile> labelled(Path root, List<ScannedFile> files, LabelSource source) {
        if (source instanceof LabelSource.Csv csv) {
            return fromCsv(root, files, csv.file());
        }
        boolean splits = hasSplitFolders(files);
        boolean wanted = source instanceof LabelSource.Folders;
        return files.stream().map(file -> fromFolders(file, splits, wanted)).collect(Collectors.toList());
    }

    /** The top folders are splits when one of them is for training, or when all of them are split-like. */
    private static boolean hasSplitFolders(List<ScannedFile> files) {
        Set<String> tops = files.stream()
                .map(ScannedFile::path)
                .filter(path -> path.indexOf('/') > 0)
                .map(path -> path.substring(0, path.indexOf('/')).toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        return !tops.isEmpty()
                && (tops.stream().anyMatch(top -> "train".equals(SPLITS.get(top)))
                        || SPLITS.keySet().containsAll(tops));
    }

    private static ScannedFile fromFolders(ScannedFile file, boolean splits, boolean labelsWanted) {
        String[] parts = file.path().split("/");
        int at = 0;
        String split = "";
        if (splits && parts.length > 1) {
            split = SPLITS.getOrDefault(parts[0].toLowerCase(Locale.ROOT), "");
            at = split.isEmpty() ? 0 : 1;
        }
        String label = labelsWanted && parts.length > at + 1 ? parts[at] : "";
        return new ScannedFile(file.path(), file.bytes(), file.modified(), label, split);
    }

    private static List<ScannedFile> fromCsv(Path root, List<ScannedFile> files, Path csv) {
        Map<Path, ManifestEntry> rows = new HashMap<>();
        Path absoluteRoot = root.toAbsolutePath().normalize();
        for (ManifestEntry entry : Manifest.read(csv)) {
            rows.put(absoluteRoot.resolve(entry.path()).normalize(), entry);
        }
        List<ScannedFile> labelled = new ArrayList<>();
        int named = 0;
        for (ScannedFile file : files) {
            ManifestEntry row = rows.get(absoluteRoot.resolve(file.path()).normalize());
            named += row == null ? 0 : 1;
            labelled.add(new ScannedFile(
                    file.path(),
                    file.bytes(),
                    file.modified(),
                    row == null ? "" : row.label(),
                    row == null ? "" : row.split()));
        }
        if (named == 0) {
            throw new BadInputException(
                    csv.toString(),
                    "none of its paths is an image in " + root,
                    "write the paths relative to that folder, or absolute");
        }
        return labelled;
    }

    private static final class Walk extends SimpleFileVisitor<Path> {
        private final Path root;
        private final JobMonitor monitor;
        private final List<ScannedFile> found = new ArrayList<>();
        private final List<String> remarks = new ArrayList<>();
        private long others;

        Walk(Path root, JobMonitor monitor) {
            this.root = root;
            this.monitor = monitor;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            monitor.checkStopped();
            boolean hidden =
                    !folder.equals(root) && folder.getFileName().toString().startsWith(".");
            return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = file.getFileName().toString();
            String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
            if (attributes.isDirectory()) {
                remarks.add(file + " lies more than " + MAX_DEPTH + " folders deep and was passed over");
            } else if (!attributes.isRegularFile() || name.startsWith(".") || !EXTENSIONS.contains(extension)) {
                others++;
            } else {
                String path = root.relativize(file).toString().replace(java.io.File.separatorChar, '/');
                found.add(new ScannedFile(
                        path, attributes.size(), attributes.lastModifiedTime().toMillis(), "", ""));
                monitor.worked(1);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            String remark = e instanceof FileSystemLoopException
                    ? file + " is a link back to a folder above it and was passed over"
                    : file + " cannot be read (" + e.getMessage() + ") and was passed over";
            remarks.add(remark);
            monitor.message(remark);
            return FileVisitResult.CONTINUE;
        }
    }
}
