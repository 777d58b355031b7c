package org.dinobench.cluster.site;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.dinobench.core.io.AtomicFiles;

/** This computer. */
public final class LocalSite implements Site {
    /** Most bytes of a command's output that are kept. */
    static final int MOST_OUTPUT = 256 << 20;

    /** The site; instances share nothing. */
    public LocalSite() {}

    @Override
    public String name() {
        return "this computer";
    }

    @Override
    public String home() {
        return System.getProperty("user.home");
    }

    @Override
    public CommandResult run(List<String> arguments, byte[] input, Duration limit) throws IOException {
        Process process;
        try {
            process = new ProcessBuilder(arguments).directory(new File(home())).start();
        } catch (IOException e) {
            // as a shell answers
            return new CommandResult(127, "", arguments.get(0) + ": " + e.getMessage());
        }
        try {
            CompletableFuture<String> out = gathered(process.getInputStream());
            CompletableFuture<String> err = gathered(process.getErrorStream());
            try (OutputStream in = process.getOutputStream()) {
                in.write(input);
            } catch (IOException e) {
                // a program that wants no input may end before it was given any; its exit code tells
                if (process.isAlive() && input.length > 0 && !process.waitFor(1, TimeUnit.SECONDS)) {
                    throw e;
                }
            }
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            return new CommandResult(ended ? process.exitValue() : CommandResult.TOO_LONG, out.get(), err.get());
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while " + arguments.get(0) + " ran", e);
        } catch (ExecutionException e) {
            throw new IOException("The output of " + arguments.get(0) + " could not be read", e.getCause());
        }
    }

    private static CompletableFuture<String> gathered(InputStream stream) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (stream) {
                        String text = new String(stream.readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8);
                        stream.skip(Long.MAX_VALUE);
                        return text;
                    } catch (IOException e) {
                        return ""; // the process was ended
                    }
                },
                work -> {
                    Thread thread = new Thread(work, "command-output");
                    thread.setDaemon(true);
                    thread.start();
                });
    }

    @Override
    public void put(Path from, String to) throws IOException {
        Path target = Path.of(absolute(to));
        Files.createDirectories(target.getParent());
        AtomicFiles.writeFile(target, temporary -> {
            Files.copy(from, temporary);
            long seconds = Files.getLastModifiedTime(from).to(TimeUnit.SECONDS);
            Files.setLastModifiedTime(temporary, FileTime.from(seconds, TimeUnit.SECONDS));
        });
    }

    @Override
    public void write(String to, byte[] content) throws IOException {
        Path target = Path.of(absolute(to));
        Files.createDirectories(target.getParent());
        AtomicFiles.write(target, out -> out.write(content));
    }

    @Override
    public byte[] read(String path, long offset, int most) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(absolute(path), "r")) {
            int length = (int) Math.max(0, Math.min(most, in.length() - offset));
            byte[] bytes = new byte[length];
            in.seek(offset);
            in.readFully(bytes);
            return bytes;
        }
    }

    @Override
    public Optional<Long> size(String path) throws IOException {
        Path file = Path.of(absolute(path));
        return Files.isRegularFile(file) ? Optional.of(Files.size(file)) : Optional.empty();
    }

    @Override
    public void close() {}
}
