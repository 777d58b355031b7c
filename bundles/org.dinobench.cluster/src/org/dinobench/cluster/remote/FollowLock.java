package org.dinobench.cluster.remote;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.dinobench.core.workspace.RunDirectory;

/** The right to bring a run's files here, which one process at a time has; it ends with the process. */
final class FollowLock implements AutoCloseable {
    private final FileChannel channel;
    private final FileLock lock;

    private FollowLock(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /** The right for a run; empty while somebody else has it. */
    static Optional<FollowLock> tryLock(RunDirectory run) throws IOException {
        Files.createDirectories(run.controlFolder());
        FileChannel channel = FileChannel.open(
                run.controlFolder().resolve("follow.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return Optional.empty(); // another thread of this process has it
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        return lock == null ? Optional.empty() : Optional.of(new FollowLock(channel, lock));
    }

    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
    }
}
