package org.dinobench.core.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dinobench.core.io.AtomicFiles;

/**
 * The way from people to a worker: one small file for each request in the run's {@code control/} folder. Works over
 * shared file systems and survives either side ending. Each request is taken exactly once, in the order in which they
 * were made (by the clock, and by a counter within one process).
 */
public final class RunControl {
    private static final Pattern NAME = Pattern.compile("\\d{20}-\\d+-\\d{6}-([a-z]+)\\.request");
    private static final AtomicLong COUNTER = new AtomicLong();

    private final Path folder;

    /** @param folder the run's control folder; made when the first request comes */
    public RunControl(Path folder) {
        this.folder = folder;
    }

    /** Leaves a request. It is on the disk when this returns. */
    public void request(RunCommand command) throws IOException {
        Files.createDirectories(folder);
        Instant now = Instant.now();
        long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
        String name = String.format(
                "%020d-%d-%06d-%s.request",
                micros, ProcessHandle.current().pid(), COUNTER.getAndIncrement() % 1_000_000, command.word());
        AtomicFiles.writeString(folder.resolve(name), now + System.lineSeparator());
    }

    /** Takes the oldest request, if any. Cheap enough to be asked after every step. */
    public Optional<RunCommand> take() throws IOException {
        for (Path file : waiting()) {
            Path claimed = folder.resolve("." + file.getFileName() + ".taken-"
                    + ProcessHandle.current().pid() + "-" + System.nanoTime());
            try {
                // of several takers one wins this rename
                Files.move(file, claimed, StandardCopyOption.ATOMIC_MOVE);
            } catch (NoSuchFileException e) {
                continue;
            }
            Files.delete(claimed);
            Matcher name = NAME.matcher(file.getFileName().toString());
            if (name.matches()) {
                return Optional.of(RunCommand.of(name.group(1)));
            }
        }
        return Optional.empty();
    }

    /** Forgets what nobody took, as a worker does when it starts. */
    public void clear() throws IOException {
        for (Path file : waiting()) {
            Files.deleteIfExists(file);
        }
    }

    private List<Path> waiting() throws IOException {
        String[] names = folder.toFile().list();
        if (names == null || names.length == 0) {
            return List.of();
        }
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            all.filter(f -> isRequest(f.getFileName().toString())).forEach(files::add);
        }
        Collections.sort(files);
        return files;
    }

    private static boolean isRequest(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return false;
        }
        for (RunCommand command : RunCommand.values()) {
            if (command.word().equals(matcher.group(1))) {
                return true;
            }
        }
        return false;
    }
}
