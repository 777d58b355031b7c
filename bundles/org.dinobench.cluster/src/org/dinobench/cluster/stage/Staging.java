package org.dinobench.cluster.stage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dinobench.cluster.site.CommandResult;
import org.dinobench.cluster.site.Site;
import org.dinobench.cluster.site.SiteFile;
import org.dinobench.core.io.ContentHash;
import org.dinobench.core.io.Json;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;

/**
 * Makes the files of a folder on a site equal to files here, and sends only what differs. A list in that folder tells the
 * hash of each file that was brought, with size and time of change: a file that still has both is taken to be that one;
 * others of the right size are hashed over there; the rest is sent. An interrupted transfer goes on where it was.
 */
public final class Staging {
    /** The list, in the folder itself. */
    public static final String LIST = ".dinobench-staged.json";

    private static final int DEPTH = 64;
    private static final long LIST_EVERY_BYTES = 256L << 20;
    private static final Duration HASHING = Duration.ofHours(6);

    private final Site site;
    private final String root;
    private final JobMonitor monitor;

    /**
     * What a transfer was.
     *
     * @param files files that are wanted
     * @param sent files that were sent
     * @param bytes bytes that were sent
     */
    public record Report(int files, int sent, long bytes) {}

    private record Entry(String hash, long size, long modified) {}

    /** @param root folder on the site; made when it is missing */
    public Staging(Site site, String root, JobMonitor monitor) {
        this.site = site;
        this.root = site.absolute(root);
        this.monitor = monitor;
    }

    /**
     * Brings files.
     *
     * @param wanted files of this computer by their path in the folder, with {@code /} between parts
     * @param hashes their hashes, for the same paths
     * @param exact whether other files in the folder are removed
     * @throws BadInputException when a path would leave the folder, or the site cannot be written
     */
    public Report bring(Map<String, Path> wanted, Map<String, String> hashes, boolean exact) throws IOException {
        wanted.keySet().forEach(Staging::requireInside);
        Map<String, SiteFile> there =
                site.list(root, DEPTH).stream().collect(Collectors.toMap(SiteFile::path, Function.identity()));
        Map<String, Entry> list = list(there);
        Map<String, Entry> now = new LinkedHashMap<>();
        List<String> doubtful = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (Map.Entry<String, Path> file : wanted.entrySet()) {
            String path = file.getKey();
            SiteFile seen = there.get(path);
            Entry known = list.get(path);
            if (seen == null || seen.size() != Files.size(file.getValue())) {
                missing.add(path);
            } else if (known != null && known.size() == seen.size() && known.modified() == seen.modified()) {
                if (known.hash().equals(hashes.get(path))) {
                    now.put(path, known);
                } else {
                    missing.add(path);
                }
            } else {
                doubtful.add(path);
            }
        }
        compare(doubtful, hashes, there, now, missing);
        long bytes = send(missing, wanted, hashes, now);
        if (exact) {
            removeOthers(there, wanted);
        }
        if (!now.equals(list)) {
            writeList(now);
        }
        return new Report(wanted.size(), missing.size(), bytes);
    }

    private static void requireInside(String path) {
        boolean leaves = path.isEmpty()
                || path.startsWith("/")
                || List.of(path.split("/")).contains("..");
        if (leaves || path.indexOf('\0') >= 0) {
            throw new BadInputException("file \"" + path + "\"", "its path would leave the folder", "rename it");
        }
    }

    private Map<String, Entry> list(Map<String, SiteFile> there) throws IOException {
        SiteFile file = there.get(LIST);
        if (file == null || file.size() > Json.MAX_BYTES) {
            return Map.of();
        }
        Map<String, Entry> entries = new HashMap<>();
        try {
            byte[] text = site.read(root + "/" + LIST, 0, (int) file.size());
            JsonNode files = Json.parseObject(LIST, new String(text, StandardCharsets.UTF_8))
                    .path("files");
            files.properties()
                    .forEach(field -> entries.put(
                            field.getKey(),
                            new Entry(
                                    field.getValue().path("sha256").asText(),
                                    field.getValue().path("size").asLong(-1),
                                    field.getValue().path("modified").asLong(-1))));
        } catch (BadInputException damaged) {
            monitor.message(site.name() + ": the list of what was brought is damaged; all is compared");
            return Map.of();
        }
        return entries;
    }

    /** Files that are there without being on the list, as after an interrupted transfer, are hashed where they are. */
    private void compare(
            List<String> doubtful,
            Map<String, String> hashes,
            Map<String, SiteFile> there,
            Map<String, Entry> now,
            List<String> missing)
            throws IOException {
        if (doubtful.isEmpty()) {
            return;
        }
        String names = doubtful.stream().map(path -> root + "/" + path + "\0").collect(Collectors.joining());
        CommandResult hashed = site.run(
                List.of("xargs", "-0", "-r", "sha256sum", "-z", "--"), names.getBytes(StandardCharsets.UTF_8), HASHING);
        Map<String, String> found = new HashMap<>();
        for (String line : hashed.out().split("\0")) {
            int space = line.indexOf(' ');
            if (space > 0) {
                found.put(line.substring(space + 2), line.substring(0, space));
            }
        }
        for (String path : doubtful) {
            String hash = hashes.get(path);
            if (hash.equals(found.get(root + "/" + path))) {
                SiteFile seen = there.get(path);
                now.put(path, new Entry(hash, seen.size(), seen.modified()));
            } else {
                missing.add(path);
            }
        }
    }

    private long send(
            List<String> missing, Map<String, Path> wanted, Map<String, String> hashes, Map<String, Entry> now)
            throws IOException {
        monitor.begin("Bringing files to " + site.name(), missing.size());
        long bytes = 0;
        long listed = 0;
        for (String path : missing) {
            monitor.checkStopped();
            Path file = wanted.get(path);
            site.put(file, root + "/" + path);
            long size = Files.size(file);
            now.put(
                    path,
                    new Entry(
                            hashes.get(path),
                            size,
                            Files.getLastModifiedTime(file).to(TimeUnit.SECONDS)));
            bytes += size;
            if (bytes - listed > LIST_EVERY_BYTES) {
                writeList(now);
                listed = bytes;
            }
            monitor.worked(1);
        }
        return bytes;
    }

    private void removeOthers(Map<String, SiteFile> there, Map<String, Path> wanted) throws IOException {
        String others = there.keySet().stream()
                .filter(path -> !wanted.containsKey(path) && !path.equals(LIST))
                .map(path -> root + "/" + path + "\0")
                .collect(Collectors.joining());
        if (!others.isEmpty()) {
            site.run(
                    List.of("xargs", "-0", "-r", "rm", "-f", "--"),
                    others.getBytes(StandardCharsets.UTF_8),
                    Duration.ofMinutes(10));
        }
    }

    private void writeList(Map<String, Entry> entries) throws IOException {
        ObjectNode node = Json.object();
        ObjectNode files = node.putObject("files");
        entries.forEach((path, entry) -> files.putObject(path)
                .put("sha256", entry.hash())
                .put("size", entry.size())
                .put("modified", entry.modified()));
        site.write(root + "/" + LIST, node.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The hashes of files. */
    public static Map<String, String> hashes(Map<String, Path> files, JobMonitor monitor) throws IOException {
        monitor.begin("Comparing files", files.size());
        Map<String, String> hashes = new HashMap<>();
        for (Map.Entry<String, Path> file : files.entrySet()) {
            monitor.checkStopped();
            hashes.put(file.getKey(), ContentHash.of(file.getValue()));
            monitor.worked(1);
        }
        return hashes;
    }
}
