package org.dinobench.app.workbench.worker;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.eclipse.core.runtime.ILog;

/** Hands on the lines that come at the end of a growing text file. */
final class LogTail {
    private static final int CHUNK = 1 << 16;
    private static final long PERIOD_MILLIS = 200;

    private final Path file;
    private final Consumer<String> onLine;
    private final StringBuilder open = new StringBuilder();
    private long offset;
    private volatile boolean ended;

    private LogTail(Path file, long offset, Consumer<String> onLine) {
        this.file = file;
        this.offset = offset;
        this.onLine = onLine;
    }

    /** A tail that passes over what the file holds already. */
    static LogTail fromEndOf(Path file, Consumer<String> onLine) throws IOException {
        return new LogTail(file, Files.exists(file) ? Files.size(file) : 0, onLine);
    }

    /** Follows on a thread of its own until the writer has ended and everything was read. */
    void follow(BooleanSupplier writerLives) {
        Thread thread = new Thread(() -> run(writerLives), "worker-output"); // $NON-NLS-1$
        thread.setDaemon(true);
        thread.start();
    }

    boolean ended() {
        return ended;
    }

    private void run(BooleanSupplier writerLives) {
        try {
            while (true) {
                boolean lives = writerLives.getAsBoolean();
                boolean read = poll();
                if (!lives && !read) {
                    break;
                }
                if (!read) {
                    TimeUnit.MILLISECONDS.sleep(PERIOD_MILLIS);
                }
            }
            if (open.length() > 0) {
                onLine.accept(open.toString());
            }
        } catch (IOException e) {
            ILog.of(LogTail.class).warn("The output in " + file + " could not be read", e); // $NON-NLS-1$ //$NON-NLS-2$
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended = true;
        }
    }

    private boolean poll() throws IOException {
        if (!Files.exists(file) || Files.size(file) <= offset) {
            return false;
        }
        byte[] bytes;
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) { // $NON-NLS-1$
            in.seek(offset);
            bytes = new byte[(int) Math.min(CHUNK, in.length() - offset)];
            in.readFully(bytes);
        }
        offset += bytes.length;
        // a letter of several bytes may be cut between two reads; only its line shows it, and only in the Progress view
        for (char c : new String(bytes, StandardCharsets.UTF_8).toCharArray()) {
            if (c == '\n' || c == '\r') {
                if (open.length() > 0) {
                    onLine.accept(open.toString());
                    open.setLength(0);
                }
            } else {
                open.append(c);
            }
        }
        return true;
    }
}
