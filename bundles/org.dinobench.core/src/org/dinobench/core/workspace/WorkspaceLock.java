package org.dinobench.core.workspace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.dinobench.core.io.Json;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.run.HostName;

/**
 * Keeps a second workbench out of a workspace. The operating system's lock decides, so that nothing stays locked when a
 * workbench dies; the text in the file only tells who has it.
 */
final class WorkspaceLock implements AutoCloseable {
    /** Far behind the text: Windows forbids others to read bytes that are locked. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private final FileChannel channel;
    private final FileLock lock;

    private WorkspaceLock(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Takes the lock and says who has it.
     *
     * @param who a phrase for a person, such as {@code "the workbench"}
     */
    @SuppressWarnings("resource") // channel and lock are closed on every failure, and by the object returned
    static WorkspaceLock acquire(Path file, String who) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock lock = tryLock(channel);
            if (lock == null) {
                throw new BadInputException(
                        file.getParent().toString(),
                        "this workspace is open in another workbench (" + holder(channel) + ")",
                        "close that one, or choose another workspace");
            }
            ObjectNode node = Json.object();
            node.put("who", who);
            node.put("user", System.getProperty("user.name", ""));
            node.put("host", HostName.get());
            node.put("pid", ProcessHandle.current().pid());
            node.put("since", Instant.now().toString());
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(Json.line(node).getBytes(StandardCharsets.UTF_8)), 0);
            return new WorkspaceLock(channel, lock);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(LOCKED_BYTE, 1, false);
        } catch (OverlappingFileLockException e) {
            // held by this same process, which the operating system's lock would not tell
            return null;
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(4096);
        int n = channel.read(bytes, 0);
        String text = n <= 0 ? "" : new String(bytes.array(), 0, n, StandardCharsets.UTF_8);
        try {
            ObjectNode node = Json.parseObject("lock", text);
            return node.path("who").asText() + ", user " + node.path("user").asText() + " on "
                    + node.path("host").asText() + ", process "
                    + node.path("pid").asText() + ", since "
                    + node.path("since").asText();
        } catch (BadInputException e) {
            // caught in the moment before the holder wrote its name
            return "it does not say which";
        }
    }

    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
    }
}
