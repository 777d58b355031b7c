package org.dinobench.curator;

import java.nio.ByteBuffer;
import org.dinobench.faiss.Partners;

/**
 * The processes that do one curation together. All see the same folders and run the same stages; the work of a stage is
 * shared out in items such as shards and blocks, whose files the others read after {@link #barrier()}. The result is
 * that of one process.
 */
public interface Ranks extends Partners {
    /** One process by itself. */
    Ranks ALONE = new Ranks() {
        @Override
        public int rank() {
            return 0;
        }

        @Override
        public int size() {
            return 1;
        }

        @Override
        public void barrier() {
            // Nobody to wait for.
        }

        @Override
        public void exchange(ByteBuffer distances, ByteBuffer labels, int share) {
            throw new IllegalStateException("There is nobody to exchange with");
        }
    };

    /** Returns once all processes have come here; what they wrote before can then be read by all. */
    void barrier();

    /** Whether this process does an item of the work, numbered from 0. */
    default boolean does(long item) {
        return item % size() == rank();
    }

    /** Whether this is the process that writes what exists once only. */
    default boolean first() {
        return rank() == 0;
    }
}
