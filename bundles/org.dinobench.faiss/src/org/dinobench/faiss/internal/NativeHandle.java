package org.dinobench.faiss.internal;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongConsumer;

/**
 * A pointer with an end: freed once, by {@link #close()} or, when forgotten, after the garbage collector found the
 * handle unreachable. Uses hold a lock, so that closing in one thread waits for the calls of the others instead of
 * pulling the memory from under them.
 */
public final class NativeHandle implements AutoCloseable {
    private static final Cleaner CLEANER = Cleaner.create();

    private final String name;
    private final Object attachment;
    private final Freeing freeing;
    private final Cleaner.Cleanable cleanable;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    /**
     * @param name what a person calls it, for messages
     * @param pointer the address, not 0
     * @param free gives the memory back; must not refer to the handle
     * @param attachment an object that the memory belongs to, kept alive as long as the handle; may be null
     */
    public NativeHandle(String name, long pointer, LongConsumer free, Object attachment) {
        this.name = name;
        this.attachment = attachment;
        this.freeing = new Freeing(pointer, free);
        this.cleanable = CLEANER.register(this, freeing);
    }

    /** One use of the pointer; must be closed by the thread that took it. */
    public final class Use implements AutoCloseable {
        private final Lock held;

        private Use(Lock held) {
            this.held = held;
        }

        /** The pointer. */
        public long pointer() {
            return freeing.pointer;
        }

        @Override
        public void close() {
            held.unlock();
            // The cleaner asks no lock: until here the handle, and with it the attachment, must count as reachable.
            Reference.reachabilityFence(NativeHandle.this.attachment);
            Reference.reachabilityFence(NativeHandle.this);
        }
    }

    /**
     * A use beside other readers.
     *
     * @throws IllegalStateException when closed
     */
    public Use read() {
        return use(lock.readLock());
    }

    /**
     * A use with nobody else inside.
     *
     * @throws IllegalStateException when closed
     */
    public Use write() {
        return use(lock.writeLock());
    }

    private Use use(Lock wanted) {
        wanted.lock();
        if (freeing.pointer == 0) {
            wanted.unlock();
            throw new IllegalStateException("The " + name + " is closed");
        }
        return new Use(wanted);
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            cleanable.clean();
        } finally {
            lock.writeLock().unlock();
        }
    }

    private static final class Freeing implements Runnable {
        private volatile long pointer;
        private final LongConsumer free;

        Freeing(long pointer, LongConsumer free) {
            this.pointer = pointer;
            this.free = free;
        }

        @Override
        public void run() {
            long last = pointer;
            pointer = 0;
            free.accept(last);
        }
    }
}
