package org.dinobench.cluster.remote;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dinobench.cluster.site.Site;
import org.dinobench.cluster.site.SiteFile;
import org.dinobench.core.io.AtomicFiles;
import org.dinobench.core.workspace.RunDirectory;

/**
 * Keeps a run's folder here like the one where it is computed: what was added to logs and numbers is fetched from where
 * the local files end, small files are replaced when they changed, and requests to the run go the other way. Everything
 * that is needed to go on later is in the files themselves. Checkpoints stay where they are.
 */
public final class RunMirror {
    private static final int PIECE = 4 << 20;
    /** Bytes before the end that are compared, to notice that a file was begun anew. */
    private static final int OVERLAP = 64;

    private static final long LARGEST_REPLACED = 64L << 20;
    private static final int DEPTH = 2;

    private final Site site;
    private final String folder;
    private final RunDirectory run;
    private final Map<String, SiteFile> fetched = new HashMap<>();

    /**
     * @param folder of the run on the site, absolute
     * @param run its mirror here
     */
    public RunMirror(Site site, String folder, RunDirectory run) {
        this.site = site;
        this.folder = folder;
        this.run = run;
    }

    /** Files that only grow. */
    private static boolean grows(String path) {
        return path.equals("log.txt")
                || path.equals("metrics.jsonl")
                || path.equals("slurm.txt")
                || path.contains("tfevents")
                || path.startsWith("resources/");
    }

    private static boolean isReplaced(String path) {
        return path.equals("provenance.json") || path.equals("spec.yaml") || path.startsWith("teacher/");
    }

    /**
     * Fetches what is new, the status last, so that who sees a run finished finds all of it.
     *
     * @return whether anything was
     */
    public boolean pull() throws IOException {
        boolean any = false;
        SiteFile status = null;
        for (SiteFile file : site.list(folder, DEPTH)) {
            String name = file.path();
            if (name.indexOf('\0') >= 0 || List.of(name.split("/")).contains("..") || name.contains(".part")) {
                continue;
            }
            if (name.equals("status.json")) {
                status = file;
            } else if (grows(name)) {
                any |= append(file);
            } else if (isReplaced(name)) {
                any |= replace(file);
            }
        }
        return status != null && replace(status) || any;
    }

    private boolean append(SiteFile file) throws IOException {
        Path local = run.folder().resolve(file.path());
        long have = Files.isRegularFile(local) ? Files.size(local) : 0;
        if (have == file.size()) {
            return false;
        }
        String remote = folder + "/" + file.path();
        int overlap = (int) Math.min(OVERLAP, have);
        if (have > file.size()
                || overlap > 0
                        && !Arrays.equals(tail(local, have, overlap), site.read(remote, have - overlap, overlap))) {
            // begun anew, as after a restart from an earlier checkpoint
            whole(file, local);
            return true;
        }
        Files.createDirectories(local.getParent());
        while (have < file.size()) {
            byte[] piece = site.read(remote, have, (int) Math.min(PIECE, file.size() - have));
            if (piece.length == 0) {
                break;
            }
            Files.write(local, piece, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            have += piece.length;
        }
        return true;
    }

    private static byte[] tail(Path file, long size, int bytes) throws IOException {
        byte[] tail = new byte[bytes];
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(size - bytes);
            in.readFully(tail);
        }
        return tail;
    }

    private boolean replace(SiteFile file) throws IOException {
        Path local = run.folder().resolve(file.path());
        SiteFile before = fetched.get(file.path());
        boolean same = before == null
                // after a restart of this program: large files are taken to be those of the same size
                ? file.size() > LARGEST_REPLACED && Files.isRegularFile(local) && Files.size(local) == file.size()
                : before.equals(file);
        if (same) {
            return false;
        }
        whole(file, local);
        fetched.put(file.path(), file);
        return true;
    }

    private void whole(SiteFile file, Path local) throws IOException {
        Files.createDirectories(local.getParent());
        String remote = folder + "/" + file.path();
        AtomicFiles.write(local, out -> {
            long offset = 0;
            byte[] piece = site.read(remote, offset, PIECE);
            while (piece.length > 0) {
                out.write(piece);
                offset += piece.length;
                piece = site.read(remote, offset, PIECE);
            }
        });
    }

    /** Hands requests that lie in the control folder here over to the run. */
    public void push() throws IOException {
        if (!Files.isDirectory(run.controlFolder())) {
            return;
        }
        List<Path> requests;
        try (Stream<Path> files = Files.list(run.controlFolder())) {
            requests = files.filter(file -> file.getFileName().toString().endsWith(".request"))
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
        for (Path request : requests) {
            site.write(folder + "/control/" + request.getFileName(), Files.readAllBytes(request));
            Files.deleteIfExists(request);
        }
    }
}
