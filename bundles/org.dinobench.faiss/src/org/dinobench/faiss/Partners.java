package org.dinobench.faiss;

import java.nio.ByteBuffer;

/**
 * The processes that share a computation, as one of them sees them. All have the same data and do the same, but for the
 * part that each does alone.
 */
public interface Partners {
    /** One process by itself. */
    Partners NONE = new Partners() {
        @Override
        public int rank() {
            return 0;
        }

        @Override
        public int size() {
            return 1;
        }

        @Override
        public void exchange(ByteBuffer distances, ByteBuffer labels, int share) {
            throw new IllegalStateException("There is nobody to exchange with");
        }
    };

    /** This process's number, from 0. */
    int rank();

    /** Number of processes, at least 1. */
    int size();

    /**
     * Fills in what the other processes found. Process i has filled rows {@code i * share} to {@code (i + 1) * share},
     * as far as there are so many.
     *
     * @param distances one float a row, direct, native order; all of it is filled afterwards
     * @param labels one long a row, likewise
     * @param share rows of each process, those at the end excepted
     */
    void exchange(ByteBuffer distances, ByteBuffer labels, int share);
}
