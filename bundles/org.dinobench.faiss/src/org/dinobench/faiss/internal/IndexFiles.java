package org.dinobench.faiss.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.function.Consumer;
import org.dinobench.core.io.AtomicFiles;
import org.dinobench.core.problem.BadInputException;

/**
 * Index files with a seal. Faiss believes every number in a file, so a cut-off or damaged one can crash the process;
 * the 48 bytes after its end (a mark, the length, a SHA-256), which Faiss never reads, tell them apart beforehand.
 */
public final class IndexFiles {
    private static final long MARK = 0x44494e4f46414953L; // "DINOFAIS"
    private static final int SEAL = 48;

    private IndexFiles() {}

    /** Writes a file by {@code writer}, seals it and moves it into place. */
    public static void write(Path file, Consumer<Path> writer) throws IOException {
        AtomicFiles.writeFile(file, temporary -> {
            writer.accept(temporary);
            long length = Files.size(temporary);
            ByteBuffer seal = ByteBuffer.allocate(SEAL);
            seal.putLong(MARK).putLong(length).put(hash(temporary, length)).flip();
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.APPEND)) {
                while (seal.hasRemaining()) {
                    channel.write(seal);
                }
            }
        });
    }

    /**
     * Checks the seal.
     *
     * @param content whether the whole content is read and compared, or the length only
     * @throws BadInputException when the file is not whole
     */
    public static void check(Path file, boolean content) throws IOException {
        requireReadable(file);
        long length = Files.size(file) - SEAL;
        ByteBuffer seal = ByteBuffer.allocate(SEAL);
        if (length > 0) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                while (seal.hasRemaining() && channel.read(seal, length + seal.position()) >= 0) {
                    continue;
                }
            }
        }
        seal.flip();
        if (seal.remaining() != SEAL || seal.getLong() != MARK || seal.getLong() != length) {
            throw damaged(file, "is not a whole index file of this program");
        }
        byte[] expected = new byte[32];
        seal.get(expected);
        if (content && !Arrays.equals(expected, hash(file, length))) {
            throw damaged(file, "is damaged: its checksum differs");
        }
    }

    /** @throws BadInputException when there is no such file */
    public static void requireReadable(Path file) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new BadInputException(file.toString(), "there is no such index file", "check the path");
        }
    }

    private static BadInputException damaged(Path file, String problem) {
        return new BadInputException(file.toString(), problem, "build the index again");
    }

    private static byte[] hash(Path file, long length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                InputStream in = Channels.newInputStream(channel)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            long left = length;
            while (left > 0) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    break;
                }
                digest.update(buffer, 0, read);
                left -= read;
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
