package org.dinobench.ui.trainer.console;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dinobench.ui.trainer.Messages;
import org.eclipse.core.runtime.ILog;
import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.ui.console.IOConsole;
import org.eclipse.ui.console.IOConsoleOutputStream;

/** The end of a log file, followed as it grows. */
final class LogConsole extends IOConsole {
    private static final int KEPT = 400_000;
    private static final long PERIOD_MILLIS = 500;

    private final Path file;
    private volatile boolean closed;

    LogConsole(String name, Path file, ImageDescriptor icon) {
        super(name, "org.dinobench.log", icon, true); // $NON-NLS-1$
        this.file = file;
        setWaterMarks(KEPT, 2 * KEPT);
    }

    Path file() {
        return file;
    }

    @Override
    protected void init() {
        super.init();
        Thread thread = new Thread(this::follow, "log"); // $NON-NLS-1$
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    protected void dispose() {
        closed = true;
        super.dispose();
    }

    private void follow() {
        try (IOConsoleOutputStream out = newOutputStream()) {
            out.setActivateOnWrite(false);
            if (!Files.exists(file)) {
                out.write(Messages.Console_NoLog + System.lineSeparator());
            }
            long offset = Files.exists(file) ? Math.max(0, Files.size(file) - KEPT) : 0;
            while (!closed) {
                long size = Files.exists(file) ? Files.size(file) : 0;
                if (size < offset) {
                    offset = 0;
                }
                if (size > offset) {
                    offset += copy(out, offset, (int) Math.min(KEPT, size - offset));
                } else {
                    Thread.sleep(PERIOD_MILLIS);
                }
            }
        } catch (IOException e) {
            if (!closed) {
                ILog.of(LogConsole.class)
                        .warn("The log " + file + " could not be read", e); // $NON-NLS-1$ //$NON-NLS-2$
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int copy(IOConsoleOutputStream out, long offset, int length) throws IOException {
        byte[] bytes = new byte[length];
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) { // $NON-NLS-1$
            in.seek(offset);
            in.readFully(bytes);
        }
        out.write(bytes);
        out.flush();
        return length;
    }
}
