package org.dinobench.core.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writing files so that a reader, or a crash at any moment, sees the old content or the new one and nothing between:
 * written beside, forced to the disk, renamed over.
 */
public final class AtomicFiles {
    private AtomicFiles() {}

    /** Produces the content of a file. */
    @FunctionalInterface
    public interface Content {
        /** @param out receives the bytes; buffering is the callee's choice, closing is not needed */
        void writeTo(OutputStream out) throws IOException;
    }

    /** Fills a file that is still under its temporary name. */
    @FunctionalInterface
    public interface FileContent {
        /** @param temporary a path beside the target that does not exist yet */
        void writeTo(Path temporary) throws IOException;
    }

    /** Replaces {@code target} by the UTF-8 bytes of {@code text}. */
    public static void writeString(Path target, String text) throws IOException {
        write(target, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Replaces {@code target} by what {@code content} writes. Its folder must exist. */
    public static void write(Path target, Content content) throws IOException {
        writeFile(target, temporary -> {
            try (OutputStream out = Files.newOutputStream(temporary)) {
                content.writeTo(out);
            }
        });
    }

    /**
     * Replaces {@code target} by the file that {@code content} makes, for writers that want a path (databases, native
     * code). The temporary file is removed when the writer fails.
     *
     * @throws DiskFullException when the disk is full; the old content stays
     */
    public static void writeFile(Path target, FileContent content) throws IOException {
        Path absolute = target.toAbsolutePath();
        Path temporary = absolute.resolveSibling("." + absolute.getFileName() + "."
                + ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime()) + ".part");
        try {
            content.writeTo(temporary);
            force(temporary);
            Files.move(temporary, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw DiskFullException.explain(e, absolute);
        } finally {
            Files.deleteIfExists(temporary);
        }
        forceFolder(absolute.getParent());
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** A rename lasts through a power cut only once the folder is on the disk; Windows has no such call. */
    private static void forceFolder(Path folder) throws IOException {
        if (java.io.File.separatorChar == '\\') {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
