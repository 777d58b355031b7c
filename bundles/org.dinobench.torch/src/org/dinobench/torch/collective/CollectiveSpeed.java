package org.dinobench.torch.collective;

/**
 * How fast one operation was.
 *
 * @param operation {@code all_gather}, {@code reduce_scatter}, {@code all_reduce} or {@code broadcast}
 * @param type element type, such as {@code float32}
 * @param ranks number of ranks
 * @param bytes bytes of the whole tensor on one rank
 * @param seconds the best round, a round being as long as its slowest rank takes
 * @param gigabytesPerSecond 10^9 bytes per second: {@code (ranks-1)/ranks} of the bytes, for an all-reduce twice that,
 *     by the seconds
 */
public record CollectiveSpeed(
        String operation, String type, int ranks, long bytes, double seconds, double gigabytesPerSecond) {}
