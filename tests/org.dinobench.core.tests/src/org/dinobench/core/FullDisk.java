package org.dinobench.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A tiny file system of its own for tests, where the system lets us mount one. */
public final class FullDisk implements AutoCloseable {
    private final Path folder;

    private FullDisk(Path folder) {
        this.folder = folder;
    }

    /** @param options for example {@code size=64k} */
    @SuppressWarnings("resource") // the caller closes it
    public static Optional<FullDisk> mount(Path folder, String options) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        return run("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.toString())
                ? Optional.of(new FullDisk(folder))
                : Optional.empty();
    }

    /** Mounted again with other options, such as {@code ro}. */
    public void remount(String options) throws IOException, InterruptedException {
        if (!run("mount", "-o", "remount," + options, folder.toString())) {
            throw new IOException("remount failed");
        }
    }

    public Path folder() {
        return folder;
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false; // no mount program here
        }
    }

    @Override
    public void close() {
        try {
            run("umount", folder.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
