package org.dinobench.torch.mpi;

import java.time.Duration;

/**
 * How ranks talk to each other.
 *
 * @param deadline how long an operation waits without receiving anything before it fails, at least 100 ms. It must be
 *     longer than anything that one rank does alone while the others wait, such as writing a report
 * @param chunkBytes length of one message, from 1 KiB to 1 GiB; the same on all ranks. Large tensors are sent in
 *     chunks; those of a reduce-scatter in chunks of 1 MiB at most, which stay within the caches
 */
public record MpiOptions(Duration deadline, int chunkBytes) {
    /** Five minutes; chunks as measured to be fast between processes of one machine. */
    public static final MpiOptions DEFAULT = new MpiOptions(Duration.ofMinutes(5), 4 << 20);

    /** Checks the parts. */
    public MpiOptions {
        if (deadline.compareTo(Duration.ofMillis(100)) < 0) {
            throw new IllegalArgumentException("deadline must be at least 100 ms: " + deadline);
        }
        if (chunkBytes < 1 << 10 || chunkBytes > 1 << 30) {
            throw new IllegalArgumentException("chunkBytes must be from 1 KiB to 1 GiB: " + chunkBytes);
        }
    }

    /** The same with another deadline. */
    public MpiOptions withDeadline(Duration newDeadline) {
        return new MpiOptions(newDeadline, chunkBytes);
    }

    /** The same with another chunk length. */
    public MpiOptions withChunkBytes(int newChunkBytes) {
        return new MpiOptions(deadline, newChunkBytes);
    }
}
